import type { Tree } from '../format/model.ts';
import { goesLeft } from '../predicting/decide.ts';
import type { ModelColumns } from '../predicting/model-columns.ts';
import { childCount } from './expected.ts';

/**
 * Path-dependent TreeSHAP: Algorithm 2 of Lundberg et al., Consistent Individualized Feature Attribution for Tree
 * Ensembles (arXiv 1802.03888). The specification of the pattern tables; O(leaves x depth^2) a row.
 *
 * A path element is a feature, the share of training rows that would follow it were it unknown (zero), whether
 * this row follows it (one), and the weight of the subsets so far.
 */
export interface PathArena {
  readonly feature: Int32Array;
  readonly zero: Float64Array;
  readonly one: Float64Array;
  readonly weight: Float64Array;
}

/** Room for every path of a tree of the given depth: each level copies its parent's path. */
export function pathArena(depth: number): PathArena {
  const size = ((depth + 2) * (depth + 3)) / 2 + depth + 2;
  return {
    feature: new Int32Array(size),
    zero: new Float64Array(size),
    one: new Float64Array(size),
    weight: new Float64Array(size),
  };
}

/** Largest number of decisions to a leaf. */
export function treeDepth(tree: Tree): number {
  if (tree.numLeaves <= 1) return 0;
  const depth = (node: number): number =>
    node < 0 ? 0 : 1 + Math.max(depth(tree.leftChild[node]!), depth(tree.rightChild[node]!));
  return depth(0);
}

/**
 * Adds the tree's SHAP values of one row to phi[offset + feature]. The expected value is not part of it.
 *
 * @param condition 0: none; 1 or -1: `conditionFeature` is known to be present or absent (for interactions)
 */
export function addTreeShap(
  tree: Tree,
  columns: ModelColumns,
  row: number,
  arena: PathArena,
  phi: Float64Array,
  offset: number,
  condition = 0,
  conditionFeature = -1,
): void {
  if (tree.numLeaves <= 1) return;
  const { feature, zero, one, weight } = arena;

  const recurse = (
    node: number,
    start: number,
    parentStart: number,
    parentDepth: number,
    zeroShare: number,
    oneShare: number,
    splitOn: number,
    fraction: number,
  ): void => {
    if (fraction === 0) return;
    let depth = parentDepth;
    for (let i = 0; i < depth; i++) {
      feature[start + i] = feature[parentStart + i]!;
      zero[start + i] = zero[parentStart + i]!;
      one[start + i] = one[parentStart + i]!;
      weight[start + i] = weight[parentStart + i]!;
    }
    if (condition === 0 || splitOn !== conditionFeature) {
      extend(arena, start, depth, zeroShare, oneShare, splitOn);
      depth++;
    }
    if (node < 0) {
      const value = tree.leafValue[~node]! * fraction;
      for (let i = 1; i < depth; i++) {
        const share = unwoundSum(arena, start, depth, i);
        phi[offset + feature[start + i]!]! += share * (one[start + i]! - zero[start + i]!) * value;
      }
      return;
    }
    const own = tree.splitFeature[node]!;
    const left = goesLeft(tree, node, columns[own]![row]!);
    const hot = left ? tree.leftChild[node]! : tree.rightChild[node]!;
    const cold = left ? tree.rightChild[node]! : tree.leftChild[node]!;
    const total = tree.internalCount[node]!;
    const hotShare = total > 0 ? childCount(tree, hot) / total : 0;
    const coldShare = total > 0 ? childCount(tree, cold) / total : 0;
    let incomingZero = 1;
    let incomingOne = 1;
    for (let i = 1; i < depth; i++) {
      if (feature[start + i] !== own) continue;
      incomingZero = zero[start + i]!;
      incomingOne = one[start + i]!;
      unwind(arena, start, depth, i);
      depth--;
      break;
    }
    let hotFraction = fraction;
    let coldFraction = fraction;
    if (condition > 0 && own === conditionFeature) coldFraction = 0;
    else if (condition < 0 && own === conditionFeature) {
      hotFraction *= hotShare;
      coldFraction *= coldShare;
    }
    const next = start + depth;
    recurse(hot, next, start, depth, hotShare * incomingZero, incomingOne, own, hotFraction);
    recurse(cold, next, start, depth, coldShare * incomingZero, 0, own, coldFraction);
  };
  recurse(0, 0, 0, 0, 1, 1, -1, 1);
}

/** Appends an element to the path of `depth` elements and updates the subset weights. */
function extend(
  arena: PathArena,
  start: number,
  depth: number,
  zeroShare: number,
  oneShare: number,
  on: number,
): void {
  const { feature, zero, one, weight } = arena;
  feature[start + depth] = on;
  zero[start + depth] = zeroShare;
  one[start + depth] = oneShare;
  weight[start + depth] = depth === 0 ? 1 : 0;
  for (let i = depth - 1; i >= 0; i--) {
    weight[start + i + 1]! += (oneShare * weight[start + i]! * (i + 1)) / (depth + 1);
    weight[start + i] = (zeroShare * weight[start + i]! * (depth - i)) / (depth + 1);
  }
}

/** Takes element `at` out of the path of `depth` elements. */
function unwind(arena: PathArena, start: number, depth: number, at: number): void {
  const { feature, zero, one, weight } = arena;
  const last = depth - 1;
  const oneShare = one[start + at]!;
  const zeroShare = zero[start + at]!;
  let next = weight[start + last]!;
  for (let i = last - 1; i >= 0; i--) {
    if (oneShare !== 0) {
      const old = weight[start + i]!;
      weight[start + i] = (next * depth) / ((i + 1) * oneShare);
      next = old - (weight[start + i]! * zeroShare * (last - i)) / depth;
    } else {
      weight[start + i] = (weight[start + i]! * depth) / (zeroShare * (last - i));
    }
  }
  for (let i = at; i < last; i++) {
    feature[start + i] = feature[start + i + 1]!;
    zero[start + i] = zero[start + i + 1]!;
    one[start + i] = one[start + i + 1]!;
  }
}

/** Total weight of the path without element `at`. */
function unwoundSum(arena: PathArena, start: number, depth: number, at: number): number {
  const { zero, one, weight } = arena;
  const last = depth - 1;
  const oneShare = one[start + at]!;
  const zeroShare = zero[start + at]!;
  let next = weight[start + last]!;
  let total = 0;
  for (let i = last - 1; i >= 0; i--) {
    if (oneShare !== 0) {
      const part = (next * depth) / ((i + 1) * oneShare);
      total += part;
      next = weight[start + i]! - (part * zeroShare * (last - i)) / depth;
    } else if (zeroShare !== 0) {
      total += weight[start + i]! / ((zeroShare * (last - i)) / depth);
    }
  }
  return total;
}
