import type { BinnedData } from '../binning/binned.ts';
import type { Tree } from '../format/model.ts';
import type { TreeSpec } from '../growing/engine.ts';
import { growTree } from '../growing/grow.ts';
import { addScores, type GrownTree, withLeafValues } from '../growing/grown-tree.ts';
import { plainEngine } from '../growing/plain-engine.ts';
import { histogramLayout, histogramRows } from '../histogram/histogram.ts';
import { sampleWithout } from '../random.ts';
import type { SplitRules } from '../splitting/split.ts';
import type { GradientSource } from './gradient-source.ts';
import type { TrainingObjective } from './objective.ts';
import type { Params } from './params.ts';
import {
  type Magnitudes,
  magnitudes,
  type QuantiseOptions,
  quantise,
  type Units,
  unitsFor,
} from './quantise.ts';
import { goss } from './sampling.ts';

/** What a training's trees are grown from. */
export interface BoosterSetup {
  readonly binned: BinnedData;
  readonly params: Params;
  readonly objective: TrainingObjective;
  readonly source: GradientSource;
  /** Starting scores, rows x classes; a booster may go on with a copy. */
  readonly scores: Float64Array;
  /** Gradients come from a loss of the caller's own. */
  readonly custom: boolean;
  /** Scores are read between trees, by other than the source. */
  readonly watched: boolean;
}

/** Grows trees on one data set and keeps its scores; buffers live from tree to tree. */
export interface Booster {
  /** Current scores, rows x classes: up to date for the gradient source, for others after `sync`. */
  readonly scores: Float64Array;
  /** The rows to learn from, from now on; null: all. */
  sample(rows: Uint32Array | null): void;
  /** One tree of one class on the current gradients; its values are added to the scores. */
  grow(classIndex: number, iteration: number): Promise<GrownTree>;
  sync(): void;
  close(): Promise<void>;
}

/** The trainer in plain TypeScript: the specification of the kernels. */
export function plainBooster({ binned, params, objective, source, scores, custom }: BoosterSetup): Booster {
  const layout = histogramLayout(binned);
  const cells = histogramRows(binned, layout);
  const gh = new Float64Array(2 * binned.rows);
  const order = new Uint32Array(binned.rows);
  const scratch = new Uint32Array(binned.rows);
  const pool: Float64Array[] = [];
  const gradient = new Float32Array(binned.rows);
  const hessian = new Float32Array(binned.rows);
  const options = quantiseOptions(params);
  const { classes } = objective;
  let bagged: Uint32Array | null = null;
  let bounds: Magnitudes | null = null;
  return {
    scores,
    sample(rows) {
      bagged = rows;
      bounds = custom ? null : objective.bounds(rows);
    },
    async grow(k, iteration) {
      source.write(k, gradient, hessian);
      const oneSided = goss(params, iteration, gradient, hessian);
      const sampled = oneSided ?? bagged;
      // One-side sampling stretches gradients beyond the loss's bounds.
      const size = magnitudes(oneSided === null ? bounds : null, gradient, hessian, sampled, options);
      const rows = order.subarray(0, sampled?.length ?? binned.rows);
      if (sampled === null) for (let row = 0; row < rows.length; row++) rows[row] = row;
      else rows.set(sampled);
      const round = iteration * classes + k;
      const units = unitsFor(size, options);
      quantise(gradient, hessian, rows, round, options, units, gh);
      const spec = treeSpec(params, binned.used.length, round, units);
      const engine = plainEngine({ binned, layout, cells, gh, rows, scratch, pool }, spec);
      const grown = growTree(engine, spec);
      const { leafValue } = objective;
      const tree =
        leafValue === undefined
          ? grown
          : withLeafValues(grown, (leaf) => leafValue(engine.rowsOf(leaf), scores));
      if (sampled !== null) addScores(tree, binned, params.learning_rate, scores, classes, k);
      else {
        tree.leaves.forEach(({ output }, leaf) => {
          const value = output * params.learning_rate;
          for (const row of engine.rowsOf(leaf)) scores[row * classes + k]! += value;
        });
      }
      return tree;
    },
    sync() {},
    async close() {},
  };
}

export function quantiseOptions(params: Params): QuantiseOptions {
  return {
    seed: params.seed,
    stochastic: params.stochastic_rounding,
    levels: params.use_quantized_grad ? params.num_grad_quant_bins : 0,
  };
}

/** What the parameters say about one tree. */
export function treeSpec(params: Params, used: number, round: number, units: Units): TreeSpec {
  return {
    rules: splitRules(params, units.gradient, units.hessian),
    search: {
      features: treeFeatures(used, params, round),
      fractionByNode: params.feature_fraction_bynode,
      monotone: params.monotone_constraints,
      interaction: params.interaction_constraints,
      extraTrees: params.extra_trees,
      tree: round,
      featureSeed: params.feature_fraction_seed ^ params.seed,
      extraSeed: params.extra_seed ^ params.seed,
    },
    maxLeaves: params.num_leaves,
    maxDepth: params.max_depth,
  };
}

export function splitRules(params: Params, gradientUnit: number, hessianUnit: number): SplitRules {
  return {
    gradientUnit,
    hessianUnit,
    minData: params.min_data_in_leaf,
    minHessian: params.min_sum_hessian_in_leaf,
    l1: params.lambda_l1,
    l2: params.lambda_l2,
    minGain: params.min_gain_to_split,
    maxDelta: params.max_delta_step,
    smooth: params.path_smooth,
    monotone: params.monotone_constraints.some((direction) => direction !== 0),
    maxCatToOnehot: params.max_cat_to_onehot,
    maxCatThreshold: params.max_cat_threshold,
    catSmooth: params.cat_smooth,
    catL2: params.cat_l2,
    minDataPerGroup: params.min_data_per_group,
  };
}

/** Positions of the features a tree may use. */
export function treeFeatures(used: number, params: Params, round: number): Int32Array {
  if (params.feature_fraction >= 1) return Int32Array.from({ length: used }, (_, k) => k);
  const count = Math.max(1, Math.round(used * params.feature_fraction));
  return sampleWithout(used, count, round, params.feature_fraction_seed ^ params.seed);
}

/** A tree of one leaf. */
export function constantTree(value: number, rows: number): Tree {
  const none = new Float64Array(0);
  return {
    numLeaves: 1,
    splitFeature: new Int32Array(0),
    splitGain: none,
    threshold: none,
    decisionType: new Uint8Array(0),
    leftChild: new Int32Array(0),
    rightChild: new Int32Array(0),
    leafValue: Float64Array.of(value),
    leafWeight: Float64Array.of(0),
    leafCount: Float64Array.of(rows),
    internalValue: none,
    internalWeight: none,
    internalCount: none,
    catBoundaries: new Int32Array(0),
    catThreshold: new Uint32Array(0),
    shrinkage: 1,
  };
}
