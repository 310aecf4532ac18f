import { type BinMapper, missingBin } from '../binning/bin-mapper.ts';
import type { BinnedData } from '../binning/binned.ts';
import type { Split } from '../splitting/split.ts';

/** A decision of a tree over bins. Children as in Tree: >= 0 a decision, ~leaf otherwise. */
export interface GrownNode {
  /** Index of the feature's column. */
  readonly feature: number;
  readonly split: Split;
  /** goesLeft[bin] is 1 where the bin's rows go left. */
  readonly goesLeft: Uint8Array;
  left: number;
  right: number;
  /** The node's own output, hessian and rows before the split. */
  readonly output: number;
  readonly hessian: number;
  readonly count: number;
}

export interface GrownLeaf {
  /** Before shrinkage. */
  readonly output: number;
  readonly hessian: number;
  readonly count: number;
}

/** A tree over bins, as grown; `treeOf` turns it into a Tree over values. */
export interface GrownTree {
  readonly nodes: readonly GrownNode[];
  readonly leaves: readonly GrownLeaf[];
}

/** The tree with new values in its leaves; one leaf is none that grew. */
export function withLeafValues(tree: GrownTree, value: (leaf: number) => number): GrownTree {
  if (tree.nodes.length === 0) return tree;
  return { ...tree, leaves: tree.leaves.map((leaf, i) => ({ ...leaf, output: value(i) })) };
}

/** goesLeft of a split: one entry a bin, so that partitioning is one lookup for every kind of feature. */
export function leftTable(split: Split, mapper: BinMapper): Uint8Array {
  const table = new Uint8Array(mapper.bins);
  if (split.categories !== undefined) {
    for (const bin of split.categories) table[bin] = 1;
    return table;
  }
  table.fill(1, 0, split.threshold + 1);
  const missing = missingBin(mapper);
  // With two bins there is one direction only and the missing bin is an ordinary one.
  if (missing >= 0 && mapper.bins > 2) table[missing] = split.defaultLeft ? 1 : 0;
  return table;
}

/** The leaf of a row. */
export function leafOf(tree: GrownTree, binned: BinnedData, row: number): number {
  if (tree.nodes.length === 0) return 0;
  let at = 0;
  while (at >= 0) {
    const node = tree.nodes[at]!;
    at = node.goesLeft[binned.columns[node.feature]![row]!] === 1 ? node.left : node.right;
  }
  return ~at;
}

/** Adds each row's leaf value, times `scale`, to scores[row * stride + offset]. */
export function addScores(
  tree: GrownTree,
  binned: BinnedData,
  scale: number,
  scores: Float64Array,
  stride: number,
  offset: number,
  rows?: Uint32Array,
): void {
  const total = rows?.length ?? binned.rows;
  for (let i = 0; i < total; i++) {
    const row = rows === undefined ? i : rows[i]!;
    scores[row * stride + offset]! += tree.leaves[leafOf(tree, binned, row)]!.output * scale;
  }
}
