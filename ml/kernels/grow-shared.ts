import type { TreeSpec } from '../growing/engine.ts';
import { growTree } from '../growing/grow.ts';
import type { GrownTree } from '../growing/grown-tree.ts';
import { type Magnitudes, type QuantiseOptions, unitsFor, withLargest } from '../training/quantise.ts';
import { eachOwnBlock, ownedRows } from './owned-rows.ts';
import { sharedEngine, type ThreadContext } from './shared-engine.ts';

/** One tree's order to all threads; plain data. */
export interface GrowCommand {
  readonly spec: TreeSpec;
  /** Number of rows in `sample`; null: all rows. */
  readonly sampled: number | null;
  /** Whether a row's packed gradient takes 32 bits. */
  readonly narrow: boolean;
  readonly scaleG: number;
  readonly scaleH: number;
  /** Hash of round and seed. */
  readonly mix: number;
  readonly stochastic: boolean;
  /** Logistic kernel. */
  readonly logistic: Logistic | null;
  /** Few levels: laid over the largest gradient and hessian that the threads find; the units above are then without meaning. */
  readonly measured: { readonly bounds: Magnitudes; readonly options: QuantiseOptions } | null;
  /** Leaf values are outputs times this. */
  readonly shrinkage: number;
}

interface Logistic {
  readonly sigmoid: number;
  /** Whether the last tree's values are still to be added to the scores. */
  readonly update: boolean;
  /** Whether the rows' probabilities stand where their packed gradients are to stand. */
  readonly known?: boolean;
}

/** What every thread runs: gradients of its rows, then the tree, then the leaf of each row. */
export function growShared(context: ThreadContext, ordered: GrowCommand): GrownTree {
  const command = withUnits(context, ordered);
  const { layout, thread, memory } = context;
  const { sampled, spec } = command;
  const rows = ownedRows(context, command, gradientsOf(context, command));
  const engine = sharedEngine(context, spec, sampled, rows);
  const tree = growTree(engine, spec);
  if (thread === 0) {
    const values = new Float64Array(memory.buffer, layout.leafValue, tree.leaves.length);
    tree.leaves.forEach((leaf, i) => {
      values[i] = leaf.output * command.shrinkage;
    });
  }
  rows.mark(tree.leaves.length);
  context.barrier.wait();
  return tree;
}

/** The order with the units of what its gradients are now; every thread comes to the same. */
function withUnits(context: ThreadContext, command: GrowCommand): GrowCommand {
  const { kernels, layout, thread, threads, memory, barrier } = context;
  const { measured, logistic, spec } = command;
  if (measured === null || logistic === null) return command;
  const largest = new Float32Array(memory.buffer, layout.largest, threads * 16);
  largest.fill(0, thread * 16, thread * 16 + 2);
  eachOwnBlock(context, (start, end) =>
    kernels.logisticLargest(
      start,
      end,
      layout.score,
      layout.signedFactor,
      layout.leaf,
      layout.wideLeaf ? 1 : 0,
      layout.leafValue,
      layout.gh,
      logistic.sigmoid,
      logistic.update ? 1 : 0,
      layout.largest + thread * 64,
    ),
  );
  barrier.wait();
  let [maxGradient, maxHessian] = [0, 0];
  for (let t = 0; t < threads; t++) {
    maxGradient = Math.max(maxGradient, largest[t * 16]!);
    maxHessian = Math.max(maxHessian, largest[t * 16 + 1]!);
  }
  const units = unitsFor(withLargest(measured.bounds, { maxGradient, maxHessian }), measured.options);
  return {
    ...command,
    narrow: units.narrow,
    scaleG: 1 / units.gradient,
    scaleH: 1 / units.hessian,
    // Where a wide word is to be written, the next row's probability may stand.
    logistic: { ...logistic, update: false, known: units.narrow },
    spec: {
      ...spec,
      rules: { ...spec.rules, gradientUnit: units.gradient, hessianUnit: units.hessian },
    },
  };
}

/** Writes the packed gradients of rows [start, end). */
function gradientsOf(
  { kernels, layout }: ThreadContext,
  { logistic, narrow, scaleG, scaleH, mix, stochastic }: GrowCommand,
): (start: number, end: number) => void {
  const random = stochastic ? 1 : 0;
  const short = narrow ? 1 : 0;
  const { gradient, hessian, gh } = layout;
  if (logistic === null) {
    return (start, end) =>
      kernels.packGradients(start, end, gradient, hessian, gh, short, scaleG, scaleH, mix, random);
  }
  const { sigmoid, update, known = false } = logistic;
  return (start, end) =>
    kernels.logisticGradients(
      start,
      end,
      layout.score,
      layout.signedFactor,
      layout.leaf,
      layout.wideLeaf ? 1 : 0,
      layout.leafValue,
      gh,
      short,
      sigmoid,
      scaleG,
      scaleH,
      mix,
      random,
      update ? 1 : 0,
      known ? 1 : 0,
    );
}
