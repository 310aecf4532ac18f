import type { BinnedData } from '../binning/binned.ts';
import type { Tree } from '../format/model.ts';
import type { TreeSpec } from '../growing/engine.ts';
import { type GrowResult, growTree } from '../growing/grow.ts';
import { addScores } from '../growing/grown-tree.ts';
import { plainEngine } from '../growing/plain-engine.ts';
import { histogramLayout, histogramRows } from '../histogram/histogram.ts';
import { sampleWithout } from '../random.ts';
import type { SplitRules } from '../splitting/split.ts';
import type { Params } from './params.ts';
import { quantise, type Units } from './quantise.ts';

/** Grows trees on one data set; buffers are kept between trees. */
export interface Booster {
  /** One tree from the gradients of the given rows (null: all). `round` numbers the tree and decides its randomness. */
  grow(gradient: Float64Array, hessian: Float64Array, rows: Uint32Array | null, round: number): GrowResult;
  /** Adds the tree's outputs times `scale` to the scores of all rows, sampled or not. */
  addScores(
    grown: GrowResult,
    rows: Uint32Array | null,
    scale: number,
    scores: Float64Array,
    stride: number,
    offset: number,
  ): void;
}

/** The trainer in plain TypeScript: the specification of the kernels. */
export function plainBooster(binned: BinnedData, params: Params): Booster {
  const layout = histogramLayout(binned);
  const cells = histogramRows(binned, layout);
  const gh = new Float64Array(2 * binned.rows);
  const order = new Uint32Array(binned.rows);
  const scratch = new Uint32Array(binned.rows);
  const pool: Float64Array[] = [];
  return {
    grow(gradient, hessian, rows, round) {
      const inPlay = order.subarray(0, rows?.length ?? binned.rows);
      if (rows === null) for (let row = 0; row < inPlay.length; row++) inPlay[row] = row;
      else inPlay.set(rows);
      const units = quantise(gradient, hessian, inPlay, round, quantiseOptions(params), gh);
      const spec = treeSpec(params, binned.used.length, round, units);
      return growTree(plainEngine({ binned, layout, cells, gh, rows: inPlay, scratch, pool }, spec), spec);
    },
    addScores({ tree, ranges }, rows, scale, scores, stride, offset) {
      if (rows !== null) {
        addScores(tree, binned, scale, scores, stride, offset);
        return;
      }
      for (let leaf = 0; leaf < ranges.length; leaf++) {
        const [start, end] = ranges[leaf]!;
        const value = tree.leaves[leaf]!.output * scale;
        for (let i = start; i < end; i++) scores[order[i]! * stride + offset]! += value;
      }
    },
  };
}

export function quantiseOptions(params: Params): Parameters<typeof quantise>[4] {
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
