import { splitGain } from './gain.ts';
import { childOutputs } from './numeric.ts';
import { countOf, epsilon, type LeafTotals, type Split, type SplitRules } from './split.ts';

/**
 * The best set of categories to send left, or null. As LightGBM: one against the rest for few categories, else
 * a prefix or suffix of the categories sorted by gradient / (hessian + cat_smooth). Bin 0 (missing, rare) stays right.
 */
export function findCategoricalSplit(
  histogram: Float64Array,
  at: number,
  bins: number,
  feature: number,
  leaf: LeafTotals,
  toBeat: number,
  rules: SplitRules,
): Split | null {
  const sumHessian = leaf.hessian * rules.hessianUnit + 2 * epsilon;
  const totals: Totals = {
    gradient: leaf.gradient * rules.gradientUnit,
    hessian: sumHessian,
    perHessian: leaf.count / sumHessian,
  };
  const oneHot = bins <= rules.maxCatToOnehot;
  const found = oneHot
    ? oneAgainstRest(histogram, at, bins, leaf, totals, toBeat, rules)
    : sortedSubset(histogram, at, bins, leaf, totals, toBeat, rules);
  if (found === null) return null;
  let leftGradient = 0;
  let leftHessian = 0;
  for (const bin of found.categories) {
    leftGradient += histogram[2 * (at + bin)]!;
    leftHessian += histogram[2 * (at + bin) + 1]!;
  }
  return {
    gain: found.gain - toBeat,
    feature,
    threshold: 0,
    defaultLeft: false,
    leftGradient,
    leftHessian,
    categories: found.categories,
    ...childOutputs(leftGradient, leftHessian, leaf, rules, oneHot ? rules.l2 : rules.l2 + rules.catL2),
  };
}

interface Totals {
  readonly gradient: number;
  readonly hessian: number;
  readonly perHessian: number;
}

interface Found {
  readonly gain: number;
  readonly categories: readonly number[];
}

function oneAgainstRest(
  histogram: Float64Array,
  at: number,
  bins: number,
  leaf: LeafTotals,
  totals: Totals,
  toBeat: number,
  rules: SplitRules,
): Found | null {
  let best: Found | null = null;
  for (let bin = 1; bin < bins; bin++) {
    const gradient = histogram[2 * (at + bin)]! * rules.gradientUnit;
    const hessian = histogram[2 * (at + bin) + 1]! * rules.hessianUnit;
    const count = countOf(hessian, totals.perHessian);
    const otherCount = leaf.count - count;
    const otherHessian = totals.hessian - hessian - epsilon;
    if (count < rules.minData || hessian < rules.minHessian) continue;
    if (otherCount < rules.minData || otherHessian < rules.minHessian) continue;
    const other = totals.gradient - gradient;
    const gain = splitGain(
      gradient,
      hessian + epsilon,
      count,
      other,
      otherHessian,
      otherCount,
      leaf,
      rules,
      0,
    );
    if (gain > (best?.gain ?? toBeat)) best = { gain, categories: [bin] };
  }
  return best;
}

function sortedSubset(
  histogram: Float64Array,
  at: number,
  bins: number,
  leaf: LeafTotals,
  totals: Totals,
  toBeat: number,
  rules: SplitRules,
): Found | null {
  const order: number[] = [];
  const key = new Float64Array(bins);
  for (let bin = 1; bin < bins; bin++) {
    const gradient = histogram[2 * (at + bin)]! * rules.gradientUnit;
    const hessian = histogram[2 * (at + bin) + 1]! * rules.hessianUnit;
    key[bin] = gradient / (hessian + rules.catSmooth);
    if (countOf(hessian, totals.perHessian) >= rules.catSmooth) order.push(bin);
  }
  order.sort((a, b) => key[a]! - key[b]! || a - b);
  const l2 = rules.l2 + rules.catL2;
  const most = Math.min(rules.maxCatThreshold, (order.length + 1) >> 1);
  let best: { gain: number; direction: number; size: number } | null = null;
  for (const direction of [1, -1]) {
    let gradient = 0;
    let hessian = epsilon;
    let count = 0;
    let inGroup = 0;
    for (let i = 0; i < order.length && i < most; i++) {
      const bin = order[direction === 1 ? i : order.length - 1 - i]!;
      const binHessian = histogram[2 * (at + bin) + 1]! * rules.hessianUnit;
      gradient += histogram[2 * (at + bin)]! * rules.gradientUnit;
      hessian += binHessian;
      const binCount = countOf(binHessian, totals.perHessian);
      count += binCount;
      inGroup += binCount;
      if (count < rules.minData || hessian < rules.minHessian) continue;
      const otherCount = leaf.count - count;
      const otherHessian = totals.hessian - hessian;
      if (otherCount < rules.minData || otherCount < rules.minDataPerGroup) break;
      if (otherHessian < rules.minHessian) break;
      if (inGroup < rules.minDataPerGroup) continue;
      inGroup = 0;
      const other = totals.gradient - gradient;
      const gain = splitGain(gradient, hessian, count, other, otherHessian, otherCount, leaf, rules, 0, l2);
      if (gain > (best?.gain ?? toBeat)) best = { gain, direction, size: i + 1 };
    }
  }
  if (best === null) return null;
  const { gain, direction, size } = best;
  return {
    gain,
    categories: direction === 1 ? order.slice(0, size) : order.slice(order.length - size).reverse(),
  };
}
