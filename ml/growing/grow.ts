import type { BinnedData } from '../binning/binned.ts';
import { accumulate, type HistogramLayout, subtract } from '../histogram/histogram.ts';
import { leafOutput } from '../splitting/gain.ts';
import type { LeafTotals, Split, SplitRules } from '../splitting/split.ts';
import { findLeafSplit, type SplitSearch } from './find-leaf-split.ts';
import { type GrownLeaf, type GrownNode, type GrownTree, leftTable } from './grown-tree.ts';
import { partition } from './partition.ts';

/** Everything a tree grows from. */
export interface GrowInput {
  readonly binned: BinnedData;
  readonly layout: HistogramLayout;
  readonly cells: Uint16Array | Uint32Array;
  /** Quantised gradient and hessian of each row, interleaved. */
  readonly gh: Float64Array;
  /** The rows to learn from, reordered in place: each leaf ends up with a contiguous range. */
  readonly rows: Uint32Array;
  readonly scratch: Uint32Array;
  readonly rules: SplitRules;
  readonly search: SplitSearch;
  readonly maxLeaves: number;
  readonly maxDepth: number;
}

/** A grown tree and where its leaves' rows are in `rows`. */
export interface GrowResult {
  readonly tree: GrownTree;
  readonly ranges: readonly (readonly [start: number, end: number])[];
}

interface Leaf {
  readonly start: number;
  readonly end: number;
  readonly depth: number;
  readonly totals: LeafTotals;
  /** Columns decided on above. */
  readonly path: readonly number[];
  histogram: Float64Array | null;
  split: Split | null;
  /** Features its children may be split on. */
  hopeful: Int32Array;
  /** Parent decision and side, to link the child when it becomes a decision itself. */
  readonly parent: number;
  readonly isLeft: boolean;
}

/** Leaf-wise growth: always split the leaf with the largest gain (LightGBM's serial learner). */
export function growTree(input: GrowInput): GrowResult {
  const { layout, rules, maxLeaves } = input;
  const spare: Float64Array[] = [];
  const newHistogram = (): Float64Array => spare.pop()?.fill(0) ?? new Float64Array(2 * layout.totalBins);
  const release = (leaf: Leaf): void => {
    if (leaf.histogram !== null) spare.push(leaf.histogram);
    leaf.histogram = null;
  };
  const nodes: GrownNode[] = [];
  const root = rootLeaf(input);
  root.histogram = newHistogram();
  accumulate(
    input.cells,
    input.binned.used.length,
    input.rows,
    0,
    input.rows.length,
    input.gh,
    root.histogram,
  );
  if (maxLeaves > 1) searchLeaf(root, 0, input);
  const leaves: Leaf[] = [root];

  while (leaves.length < maxLeaves) {
    const best = bestLeaf(leaves);
    if (best < 0) break;
    const leaf = leaves[best]!;
    const split = leaf.split!;
    const feature = input.binned.used[split.feature]!;
    const goesLeft = leftTable(split, input.binned.mappers[feature]!);
    const leftCount = partition(
      input.rows,
      leaf.start,
      leaf.end,
      input.binned.columns[feature]!,
      goesLeft,
      input.scratch,
    );
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
    const [left, right] = childLeaves(leaf, split, leftCount, feature, index, input);
    leaves[best] = left;
    leaves.push(right);
    splitHistograms(leaf, left, right, leaves.length, input, newHistogram);
    if (left.split === null) release(left);
    if (right.split === null) release(right);
  }
  return {
    tree: { nodes, leaves: leaves.map((leaf) => grownLeaf(leaf, rules)) },
    ranges: leaves.map((leaf) => [leaf.start, leaf.end]),
  };
}

function rootLeaf(input: GrowInput): Leaf {
  const { rows, gh, rules } = input;
  let gradient = 0;
  let hessian = 0;
  for (const row of rows) {
    gradient += gh[2 * row]!;
    hessian += gh[2 * row + 1]!;
  }
  const unbound = { gradient, hessian, count: rows.length, output: 0, low: -Infinity, high: Infinity };
  // Nothing is above the root to smooth it towards.
  const output = leafOutput(
    gradient * rules.gradientUnit,
    hessian * rules.hessianUnit,
    rows.length,
    unbound,
    {
      ...rules,
      smooth: 0,
    },
  );
  const totals = { ...unbound, output };
  return {
    start: 0,
    end: rows.length,
    depth: 0,
    totals,
    path: [],
    histogram: null,
    split: null,
    hopeful: input.search.features,
    parent: -1,
    isLeft: true,
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

function childLeaves(
  leaf: Leaf,
  split: Split,
  leftCount: number,
  feature: number,
  parent: number,
  input: GrowInput,
): [Leaf, Leaf] {
  const { totals } = leaf;
  const direction = input.search.monotone[feature] ?? 0;
  const middle = (split.leftOutput + split.rightOutput) / 2;
  const cut = leaf.start + leftCount;
  const common = {
    depth: leaf.depth + 1,
    path: leaf.path.includes(feature) ? leaf.path : [...leaf.path, feature],
    histogram: null,
    split: null,
    hopeful: leaf.hopeful,
    parent,
  };
  const left: Leaf = {
    ...common,
    start: leaf.start,
    end: cut,
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
    ...common,
    start: cut,
    end: leaf.end,
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

/** Histograms and best splits of two new leaves: the smaller one is accumulated, the larger one is the difference. */
function splitHistograms(
  parent: Leaf,
  left: Leaf,
  right: Leaf,
  leafCount: number,
  input: GrowInput,
  newHistogram: () => Float64Array,
): void {
  const { rules, maxDepth, maxLeaves } = input;
  const histogram = parent.histogram!;
  parent.histogram = null;
  left.histogram = histogram; // so that it is released when neither child can be split
  const tooDeep = maxDepth > 0 && left.depth >= maxDepth;
  const tooFew = left.totals.count < 2 * rules.minData && right.totals.count < 2 * rules.minData;
  if (tooDeep || tooFew || leafCount >= maxLeaves) return;
  const [small, large] = left.totals.count < right.totals.count ? [left, right] : [right, left];
  const smallHistogram = newHistogram();
  accumulate(
    input.cells,
    input.binned.used.length,
    input.rows,
    small.start,
    small.end,
    input.gh,
    smallHistogram,
  );
  subtract(histogram, smallHistogram);
  small.histogram = smallHistogram;
  large.histogram = histogram;
  searchLeaf(left, 2 * leafCount, input);
  searchLeaf(right, 2 * leafCount + 1, input);
}

function searchLeaf(leaf: Leaf, node: number, input: GrowInput): void {
  const { best, hopeful } = findLeafSplit(input, leaf.histogram!, leaf.totals, leaf.path, leaf.hopeful, node);
  leaf.split = best;
  leaf.hopeful = hopeful;
}

function grownLeaf(leaf: Leaf, rules: SplitRules): GrownLeaf {
  return {
    output: leaf.totals.output,
    hessian: leaf.totals.hessian * rules.hessianUnit,
    count: leaf.totals.count,
  };
}
