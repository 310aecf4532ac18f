import { leafOutput } from '../splitting/gain.ts';
import type { LeafTotals, Split, SplitRules } from '../splitting/split.ts';
import type { LeafSearch, TreeEngine, TreeSpec } from './engine.ts';
import { type GrownLeaf, type GrownNode, type GrownTree, leftTable } from './grown-tree.ts';

interface Leaf {
  readonly depth: number;
  readonly totals: LeafTotals;
  readonly path: readonly number[];
  /** Number of the leaf within its tree. */
  readonly node: number;
  /** Parent decision and side, to link the child when it becomes a decision itself. */
  readonly parent: number;
  readonly isLeft: boolean;
  slot: number;
  split: Split | null;
  hopeful: Int32Array;
}

/**
 * Leaf-wise growth: always split the leaf with the largest gain (LightGBM's serial learner). On a shared engine every
 * thread runs this and comes to the same decisions.
 */
export function growTree(engine: TreeEngine, spec: TreeSpec): GrownTree {
  const { rules, maxLeaves } = spec;
  const slots = slotPool();
  const nodes: GrownNode[] = [];
  const root = rootLeaf(engine, spec, slots.take());
  settle(root, engine.search(root, null)[0]);
  const leaves: Leaf[] = [root];
  while (leaves.length < maxLeaves) {
    const best = bestLeaf(leaves);
    if (best < 0) break;
    const leaf = leaves[best]!;
    const split = leaf.split!;
    const feature = engine.binned.used[split.feature]!;
    const goesLeft = leftTable(split, engine.binned.mappers[feature]!);
    const smallIsLeft = split.leftHessian <= leaf.totals.hessian - split.leftHessian;
    const side = smallIsLeft ? 'left' : 'right';
    const goesOn = maySplitChildren(leaf, leaves.length + 1, spec);
    const accumulate = goesOn ? side : null;
    const leftCount = engine.split({ leaf: best, into: leaves.length, feature, goesLeft, accumulate });
    const index = nodes.length;
    if (leaf.parent >= 0) {
      if (leaf.isLeft) nodes[leaf.parent]!.left = index;
      else nodes[leaf.parent]!.right = index;
    }
    nodes.push({
      feature,
      split,
      goesLeft,
      left: ~best,
      right: ~leaves.length,
      output: leaf.totals.output,
      hessian: leaf.totals.hessian * rules.hessianUnit,
      count: leaf.totals.count,
    });
    const [left, right] = childLeaves(leaf, split, leftCount, feature, index, spec);
    leaves[best] = left;
    leaves.push(right);
    if (goesOn) {
      const [small, large] = smallIsLeft ? [left, right] : [right, left];
      large.slot = leaf.slot;
      small.slot = slots.take();
      const [smallFound, largeFound] = engine.search(small, large);
      settle(small, smallFound);
      settle(large, largeFound!);
      if (small.split === null) slots.give(small.slot);
      if (large.split === null) slots.give(large.slot);
    } else {
      slots.give(leaf.slot);
    }
  }
  return { nodes, leaves: leaves.map((leaf) => grownLeaf(leaf, rules)) };
}

/** Histogram slots, lowest first, so that few are ever in use. */
function slotPool(): { take(): number; give(slot: number): void } {
  const free: number[] = [];
  let made = 0;
  return {
    take: () => free.pop() ?? made++,
    give: (slot) => free.push(slot),
  };
}

function settle(leaf: Leaf, { best, hopeful }: LeafSearch): void {
  leaf.split = best;
  leaf.hopeful = hopeful;
}

function rootLeaf(engine: TreeEngine, { rules, search }: TreeSpec, slot: number): Leaf {
  const sums = engine.start();
  const unbound = { ...sums, output: 0, low: -Infinity, high: Infinity };
  const gradient = sums.gradient * rules.gradientUnit;
  const hessian = sums.hessian * rules.hessianUnit;
  // Nothing is above the root to smooth it towards.
  const output = leafOutput(gradient, hessian, sums.count, unbound, { ...rules, smooth: 0 });
  return {
    depth: 0,
    totals: { ...unbound, output },
    path: [],
    node: 0,
    parent: -1,
    isLeft: true,
    slot,
    split: null,
    hopeful: search.features,
  };
}

/** The leaf with the largest gain, the first of equals; -1 when no leaf gains anything. */
function bestLeaf(leaves: readonly Leaf[]): number {
  let best = -1;
  let bestGain = 0;
  for (let i = 0; i < leaves.length; i++) {
    const gain = leaves[i]!.split?.gain ?? 0;
    if (gain > bestGain) {
      best = i;
      bestGain = gain;
    }
  }
  return best;
}

function maySplitChildren(leaf: Leaf, leafCount: number, { rules, maxDepth, maxLeaves }: TreeSpec): boolean {
  const tooDeep = maxDepth > 0 && leaf.depth + 1 >= maxDepth;
  return !tooDeep && leafCount < maxLeaves && leaf.totals.count >= 3 * rules.minData;
}

function childLeaves(
  leaf: Leaf,
  split: Split,
  leftCount: number,
  feature: number,
  parent: number,
  { search }: TreeSpec,
): [Leaf, Leaf] {
  const { totals } = leaf;
  const direction = search.monotone[feature] ?? 0;
  const middle = (split.leftOutput + split.rightOutput) / 2;
  // Thousands of leaves a second: written out, as copying objects by spreading takes as long as a small leaf's histogram.
  const depth = leaf.depth + 1;
  const constrained = search.interaction.length > 0 && !leaf.path.includes(feature);
  const path = constrained ? [...leaf.path, feature] : leaf.path;
  const { hopeful } = leaf;
  const left: Leaf = {
    depth,
    path,
    parent,
    slot: -1,
    split: null,
    hopeful,
    node: 2 * parent + 1,
    isLeft: true,
    totals: {
      gradient: split.leftGradient,
      hessian: split.leftHessian,
      count: leftCount,
      output: split.leftOutput,
      low: direction < 0 ? Math.max(totals.low, middle) : totals.low,
      high: direction > 0 ? Math.min(totals.high, middle) : totals.high,
    },
  };
  const right: Leaf = {
    depth,
    path,
    parent,
    slot: -1,
    split: null,
    hopeful,
    node: 2 * parent + 2,
    isLeft: false,
    totals: {
      gradient: totals.gradient - split.leftGradient,
      hessian: totals.hessian - split.leftHessian,
      count: totals.count - leftCount,
      output: split.rightOutput,
      low: direction > 0 ? Math.max(totals.low, middle) : totals.low,
      high: direction < 0 ? Math.min(totals.high, middle) : totals.high,
    },
  };
  return [left, right];
}

function grownLeaf(leaf: Leaf, rules: SplitRules): GrownLeaf {
  return {
    output: leaf.totals.output,
    hessian: leaf.totals.hessian * rules.hessianUnit,
    count: leaf.totals.count,
  };
}
