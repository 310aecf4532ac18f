import type { Tree } from '../format/model.ts';
import { childCount } from '../shap/expected.ts';
import { cutTree, type Step, type Subtree } from './subtrees.ts';

/**
 * One table of a subtree: for each pattern of its bits what is added to each output. Bit b of a pattern is set when all
 * its conditions hold: a decision goes the given way.
 */
export interface PatternTable {
  readonly conditions: readonly (readonly Step[])[];
  readonly outputs: readonly { readonly output: number; readonly values: Float64Array }[];
}

/**
 * A tree's SHAP values as pattern tables. A leaf's contribution to a feature depends on which of the features on its
 * path this row satisfies, and on nothing else: 2^d cases for d features. The leaves of a subtree share their path
 * from above (one bit a feature) and the subtree's decisions (one bit each), so that their cases add up to one table.
 *
 * Null when a path holds more features than `bits`.
 */
export function shapTables(tree: Tree, bits: number): PatternTable[] | null {
  if (tree.numLeaves === 1) return [];
  const featuresOf = (path: readonly Step[]): number[] => [
    ...new Set(path.map((step) => tree.splitFeature[step.node]!)),
  ];
  const tables: PatternTable[] = [];
  for (const subtree of cutTree(tree, bits, (path) => featuresOf(path).length)) {
    const above = featuresOf(subtree.path);
    if (above.length + subtree.nodes.length > bits) return null;
    tables.push(tableOf(tree, subtree, above));
  }
  return tables;
}

function tableOf(tree: Tree, { path, nodes, leaves }: Subtree, above: readonly number[]): PatternTable {
  const featureOf = (step: Step): number => tree.splitFeature[step.node]!;
  const bitOf = new Map(nodes.map((node, i) => [node, above.length + i]));
  const patterns = 1 << (above.length + nodes.length);
  const sums = new Map<number, Float64Array>();
  for (const { leaf, below } of leaves) {
    const steps = [...path, ...below];
    const features = [...new Set(steps.map(featureOf))];
    const cases = leafCases(tree, leaf, steps, features);
    // The row satisfies a feature when the bits in `mask` read `value`.
    const mask = new Int32Array(features.length);
    const value = new Int32Array(features.length);
    features.forEach((feature, i) => {
      const bit = above.indexOf(feature);
      if (bit >= 0) {
        mask[i]! |= 1 << bit;
        value[i]! |= 1 << bit;
      }
      for (const step of below) {
        if (featureOf(step) !== feature) continue;
        const own = 1 << bitOf.get(step.node)!;
        mask[i]! |= own;
        if (step.left) value[i]! |= own;
      }
    });
    const targets = features.map((feature) => {
      let target = sums.get(feature);
      if (target === undefined) {
        target = new Float64Array(patterns);
        sums.set(feature, target);
      }
      return target;
    });
    const count = features.length;
    for (let pattern = 0; pattern < patterns; pattern++) {
      let satisfied = 0;
      for (let i = 0; i < count; i++) if ((pattern & mask[i]!) === value[i]!) satisfied |= 1 << i;
      for (let i = 0; i < count; i++) targets[i]![pattern]! += cases[satisfied * count + i]!;
    }
  }
  return {
    conditions: [
      ...above.map((feature) => path.filter((step) => featureOf(step) === feature)),
      ...nodes.map((node) => [{ node, left: true }]),
    ],
    outputs: [...sums].map(([output, values]) => ({ output, values })),
  };
}

/**
 * cases[satisfied * d + i]: what a leaf adds to its i-th feature when the row satisfies the features in `satisfied`.
 * With z_j the share of training rows that pass feature j's decisions, the weight of i is the integral over t of
 * the product over the others of (t + (1 - t) z_j) for satisfied and (1 - t) z_j for other features.
 */
function leafCases(
  tree: Tree,
  leaf: number,
  steps: readonly Step[],
  features: readonly number[],
): Float64Array {
  const d = features.length;
  const zero = new Float64Array(d).fill(1);
  for (const { node, left } of steps) {
    const child = left ? tree.leftChild[node]! : tree.rightChild[node]!;
    const total = tree.internalCount[node]!;
    zero[features.indexOf(tree.splitFeature[node]!)]! *= total > 0 ? childCount(tree, child) / total : 0;
  }
  const weights = subsetWeights(d);
  const cases = new Float64Array((1 << d) * d);
  // by size: coefficient k is the sum over subsets of k known features of the product of the others' z.
  const bySize = new Float64Array(d + 1);
  const value = tree.leafValue[leaf]!;
  for (let satisfied = 0; satisfied < 1 << d; satisfied++) {
    for (let i = 0; i < d; i++) {
      bySize.fill(0);
      bySize[0] = 1;
      let degree = 0;
      for (let j = 0; j < d; j++) {
        if (j === i) continue;
        const z = zero[j]!;
        if ((satisfied >> j) & 1) {
          for (let k = degree; k >= 0; k--) {
            bySize[k + 1]! += bySize[k]!;
            bySize[k]! *= z;
          }
          degree++;
        } else for (let k = 0; k <= degree; k++) bySize[k]! *= z;
      }
      let weight = 0;
      for (let k = 0; k <= degree; k++) weight += bySize[k]! * weights[k]!;
      cases[satisfied * d + i] = weight * (((satisfied >> i) & 1) - zero[i]!) * value;
    }
  }
  return cases;
}

/** k! (d - 1 - k)! / d! for k = 0..d-1. */
function subsetWeights(d: number): Float64Array {
  const weights = new Float64Array(d + 1);
  weights[0] = 1 / d;
  for (let k = 1; k < d; k++) weights[k] = (weights[k - 1]! * k) / (d - k);
  return weights;
}
