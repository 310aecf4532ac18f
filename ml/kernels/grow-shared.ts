import type { TreeSpec } from '../growing/engine.ts';
import { type GrowResult, growTree } from '../growing/grow.ts';
import type { GrownTree } from '../growing/grown-tree.ts';
import { sharedEngine, type ThreadContext } from './shared-engine.ts';

/** One tree's order to all threads; plain data. */
export interface GrowCommand {
  readonly spec: TreeSpec;
  /** Number of rows in `sample`; null: all rows. */
  readonly sampled: number | null;
  readonly scaleG: number;
  readonly scaleH: number;
  /** Hash of round and seed. */
  readonly mix: number;
  readonly stochastic: boolean;
  /** Logistic kernel: its sigmoid, and whether the last tree's values are still to be added to the scores. */
  readonly logistic: { readonly sigmoid: number; readonly update: boolean } | null;
  /** Leaf values are outputs times this. */
  readonly shrinkage: number;
}

/** What every thread runs: gradients of its rows, then the tree, then the leaf of each row. */
export function growShared(context: ThreadContext, command: GrowCommand): GrowResult {
  const { kernels, layout, thread, threads, rows, memory } = context;
  const share = Math.ceil(rows / threads / 4) * 4;
  const start = Math.min(rows, thread * share);
  const end = Math.min(rows, start + share);
  const { scaleG, scaleH, mix, logistic, sampled, spec } = command;
  const stochastic = command.stochastic ? 1 : 0;
  if (logistic === null) {
    kernels.packGradients(
      start,
      end,
      layout.gradient,
      layout.hessian,
      layout.gh,
      scaleG,
      scaleH,
      mix,
      stochastic,
    );
  } else {
    kernels.logisticGradients(
      start,
      end,
      layout.score,
      layout.signedFactor,
      layout.leaf,
      layout.leafValue,
      layout.gh,
      logistic.sigmoid,
      scaleG,
      scaleH,
      mix,
      stochastic,
      logistic.update ? 1 : 0,
    );
  }
  context.barrier.wait();
  const grown = growTree(sharedEngine(context, spec, sampled), spec);
  const { tree, ranges } = grown;
  if (thread === 0) {
    const values = new Float64Array(memory.buffer, layout.leafValue, 65536);
    tree.leaves.forEach((leaf, i) => {
      values[i] = leaf.output * command.shrinkage;
    });
  }
  if (sampled === null) {
    ranges.forEach(([from, until], leaf) => {
      if (leaf % threads === thread)
        kernels.markLeaf(layout.order + from * 4, until - from, layout.leaf, leaf);
    });
  } else {
    walkRows(context, tree, start, end);
  }
  context.barrier.wait();
  return grown;
}

/** The leaf of each row of [start, end), found by walking: sampled trees reorder only the rows they learn from. */
function walkRows(
  { layout, memory, rows, used }: ThreadContext,
  tree: GrownTree,
  start: number,
  end: number,
): void {
  const leaf = new Uint16Array(memory.buffer, layout.leaf, rows);
  const steps = tree.nodes.map(({ feature, goesLeft, left, right }) => ({
    column: new Uint8Array(memory.buffer, layout.columnBins + used.indexOf(feature) * rows, rows),
    goesLeft,
    left,
    right,
  }));
  for (let row = start; row < end; row++) {
    let at = steps.length === 0 ? -1 : 0;
    while (at >= 0) {
      const step = steps[at]!;
      at = step.goesLeft[step.column[row]!] === 1 ? step.left : step.right;
    }
    leaf[row] = ~at;
  }
}
