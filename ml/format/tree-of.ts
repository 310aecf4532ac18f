import type { BinMapper } from '../binning/bin-mapper.ts';
import type { GrownTree } from '../growing/grown-tree.ts';
import type { Tree } from './model.ts';

const missingBits = { none: 0, zero: 1, nan: 2 } as const;

/**
 * A tree over values from a tree over bins: bins become thresholds and category bitsets, outputs are shrunk and
 * `bias` (the starting score, on the first tree) is added.
 */
export function treeOf(
  grown: GrownTree,
  mappers: readonly BinMapper[],
  shrinkage: number,
  bias: number,
): Tree {
  const { nodes, leaves } = grown;
  const catBoundaries = [0];
  const catWords: number[] = [];
  const threshold = doubles(nodes, ({ feature, split }) => {
    const mapper = mappers[feature]!;
    if (mapper.kind === 'numeric') return clampInfinity(mapper.bounds[split.threshold] ?? Infinity);
    const codes = (split.categories ?? []).map((bin) => mapper.codeOfBin[bin]!);
    catWords.push(...bitset(codes));
    catBoundaries.push(catWords.length);
    return catBoundaries.length - 2;
  });
  const value = (output: number): number => output * shrinkage + bias;
  return {
    numLeaves: leaves.length,
    splitFeature: Int32Array.from(nodes, (node) => node.feature),
    splitGain: doubles(nodes, (node) => node.split.gain),
    threshold,
    decisionType: Uint8Array.from(nodes, ({ feature, split }) => {
      const mapper = mappers[feature]!;
      const missing = missingBits[mapper.missing] << 2;
      return mapper.kind === 'categorical' ? 1 | missing : (split.defaultLeft ? 2 : 0) | missing;
    }),
    leftChild: Int32Array.from(nodes, (node) => node.left),
    rightChild: Int32Array.from(nodes, (node) => node.right),
    leafValue: doubles(leaves, (leaf) => value(leaf.output)),
    leafWeight: doubles(leaves, (leaf) => leaf.hessian),
    leafCount: doubles(leaves, (leaf) => leaf.count),
    internalValue: doubles(nodes, (node) => value(node.output)),
    internalWeight: doubles(nodes, (node) => node.hessian),
    internalCount: doubles(nodes, (node) => node.count),
    catBoundaries: Int32Array.from(catBoundaries.length > 1 ? catBoundaries : []),
    catThreshold: Uint32Array.from(catWords),
    // With the starting score folded in, the tree is no longer a multiple of its unshrunk self.
    shrinkage: bias === 0 ? shrinkage : 1,
  };
}

/** Float64Array.from, which takes several times as long. */
function doubles<T>(items: readonly T[], value: (item: T) => number): Float64Array {
  const out = new Float64Array(items.length);
  for (let i = 0; i < out.length; i++) out[i] = value(items[i]!);
  return out;
}

/** Infinities as LightGBM writes them. */
export function clampInfinity(x: number): number {
  if (x >= 1e300) return 1e300;
  if (x <= -1e300) return -1e300;
  return Number.isNaN(x) ? 0 : x;
}

function bitset(codes: readonly number[]): number[] {
  const words = new Uint32Array((Math.max(...codes) >> 5) + 1);
  for (const code of codes) words[code >> 5]! |= 1 << (code & 31);
  return [...words];
}
