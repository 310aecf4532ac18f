import type { Tree } from '../format/model.ts';
import { gaussLegendre } from '../numeric/gauss-legendre.ts';
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
  const bits = above.length + nodes.length;
  const sums = new Map<number, Float64Array>();
  for (const { leaf, below } of leaves) {
    const steps = [...path, ...below];
    const features = [...new Set(steps.map(featureOf))];
    const cases = leafCases(tree, leaf, steps, features);
    // breaks[2 * bit + value]: the features that a row does not satisfy when the bit has this value.
    const breaks = new Int32Array(2 * bits);
    features.forEach((feature, i) => {
      const bit = above.indexOf(feature);
      if (bit >= 0) breaks[2 * bit]! |= 1 << i;
    });
    for (const step of below) {
      breaks[2 * bitOf.get(step.node)! + (step.left ? 0 : 1)]! |= 1 << features.indexOf(featureOf(step));
    }
    const broken = brokenBy(bits, breaks);
    const every = (1 << features.length) - 1;
    features.forEach((feature, i) => {
      const target = sums.get(feature) ?? new Float64Array(broken.length);
      sums.set(feature, target);
      const start = i << features.length;
      for (let pattern = 0; pattern < broken.length; pattern++) {
        target[pattern]! += cases[start + (every & ~broken[pattern]!)]!;
      }
    });
  }
  return {
    conditions: [
      ...above.map((feature) => path.filter((step) => featureOf(step) === feature)),
      ...nodes.map((node) => [{ node, left: true }]),
    ],
    outputs: [...sums].map(([output, values]) => ({ output, values })),
  };
}

/** For each pattern the union of what its bits break. */
function brokenBy(bits: number, breaks: Int32Array): Int32Array {
  const broken = new Int32Array(1 << bits);
  for (let bit = 0; bit < bits; bit++) {
    for (let low = 0; low < 1 << bit; low++) {
      broken[low | (1 << bit)] = broken[low]! | breaks[2 * bit + 1]!;
      broken[low]! |= breaks[2 * bit]!;
    }
  }
  return broken;
}

/**
 * cases[i * 2^d + satisfied]: what a leaf adds to its i-th feature when the row satisfies the features in `satisfied`.
 * With z_j the share of training rows that pass feature j's decisions, the weight of i is the integral over t of
 * the product over the others of (t + (1 - t) z_j) for satisfied and (1 - t) z_j for other features: a polynomial of
 * degree d - 1, which Gauss's quadrature integrates exactly, and without a subtraction.
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
  const value = tree.leafValue[leaf]!;
  const size = 1 << d;
  const cases = new Float64Array(size * d);
  const product = new Float64Array(size);
  for (const { at: t, weight } of gaussLegendre[(d + 1) >> 1]!) {
    product[0] = weight * value;
    for (let j = 0; j < d; j++) {
      const rest = (1 - t) * zero[j]!;
      for (let known = 0; known < 1 << j; known++) {
        product[known | (1 << j)] = product[known]! * (t + rest);
        product[known]! *= rest;
      }
    }
    for (let i = 0; i < d; i++) {
      const bit = 1 << i;
      // Without i's own factor: taken out of the cases where i is satisfied, as there it is never 0.
      const without = 1 / (t + (1 - t) * zero[i]!);
      for (let known = bit; known < size; known = (known + 1) | bit) {
        const share = product[known]! * without;
        cases[i * size + known]! += share * (1 - zero[i]!);
        cases[i * size + (known ^ bit)]! -= share * zero[i]!;
      }
    }
  }
  return cases;
}
