import { leafOutput, splitGain } from './gain.ts';
import { countOf, epsilon, type LeafTotals, type Split, type SplitRules } from './split.ts';

/** A numeric feature as the scan sees it. */
export interface NumericScan {
  readonly feature: number;
  readonly bins: number;
  readonly missing: 'none' | 'zero' | 'nan';
  readonly zeroBin: number;
  /** Monotone direction: -1, 0, 1. */
  readonly direction: number;
  /** The only threshold to consider (extra_trees), or -1. */
  readonly onlyThreshold: number;
}

/**
 * The best threshold of a numeric feature, or null. As LightGBM: scanned from the right with missing values left,
 * then, where there can be missing values, from the left with missing values right; the first of equals wins. Both
 * sides come from whole numbers, so that a split has the same gain from either direction, to the last bit.
 *
 * @param at the feature's first bin in the histogram (see HistogramLayout)
 * @param toBeat gain the leaf has without a split, plus min_gain_to_split
 */
export function findNumericSplit(
  histogram: Float64Array,
  at: number,
  scan: NumericScan,
  leaf: LeafTotals,
  toBeat: number,
  rules: SplitRules,
): Split | null {
  const { bins, missing, zeroBin, onlyThreshold } = scan;
  const bothWays = bins > 2 && missing !== 'none';
  const skip = bothWays && missing === 'zero' ? zeroBin : -1;
  const nanBins = bothWays && missing === 'nan' ? 1 : 0;
  const { gradientUnit, hessianUnit, minData, minHessian, l2 } = rules;
  const simple = hasPlainGains(rules);
  const sumHessian = leaf.hessian * hessianUnit + 2 * epsilon;
  const perHessian = leaf.count / sumHessian;

  let bestGain = toBeat;
  let bestThreshold = -1;
  let bestForward = false;
  let bestGradient = 0;
  let bestHessian = 0;
  for (let pass = 0; pass < (bothWays ? 2 : 1); pass++) {
    const forward = pass === 1;
    const step = forward ? 1 : -1;
    const stop = forward ? bins - 1 : 0;
    let gradientUnits = 0;
    let hessianUnits = 0;
    let count = 0;
    for (let t = forward ? 0 : bins - 1 - nanBins; t !== stop; t += step) {
      if (t === skip) continue;
      const cell = 2 * (at + t);
      const units = histogram[cell + 1]!;
      gradientUnits += histogram[cell]!;
      hessianUnits += units;
      count += countOf(units * hessianUnit, perHessian);
      const hessian = hessianUnits * hessianUnit + epsilon;
      if (count < minData || hessian < minHessian) continue;
      const otherCount = leaf.count - count;
      if (otherCount < minData) break;
      const otherHessian = (leaf.hessian - hessianUnits) * hessianUnit + epsilon;
      if (otherHessian < minHessian) break;
      const threshold = forward ? t : t - 1;
      if (onlyThreshold >= 0 && threshold !== onlyThreshold) continue;
      const gradient = gradientUnits * gradientUnit;
      const otherGradient = (leaf.gradient - gradientUnits) * gradientUnit;
      let gain: number;
      if (simple) {
        gain = (gradient * gradient) / (hessian + l2) + (otherGradient * otherGradient) / (otherHessian + l2);
      } else if (forward) {
        gain = splitGain(
          gradient,
          hessian,
          count,
          otherGradient,
          otherHessian,
          otherCount,
          leaf,
          rules,
          scan.direction,
        );
      } else {
        gain = splitGain(
          otherGradient,
          otherHessian,
          otherCount,
          gradient,
          hessian,
          count,
          leaf,
          rules,
          scan.direction,
        );
      }
      if (gain > bestGain) {
        bestGain = gain;
        bestThreshold = threshold;
        bestForward = forward;
        bestGradient = gradientUnits;
        bestHessian = hessianUnits;
      }
    }
  }
  if (bestThreshold < 0) return null;
  const found = {
    gain: bestGain,
    threshold: bestThreshold,
    forward: bestForward,
    gradient: bestGradient,
    hessian: bestHessian,
  };
  return numericSplit(found, scan, leaf, toBeat, rules);
}

/** What a scan found; gradient and hessian are the scanned side's: the left one's when scanned forward. */
export interface ScanResult {
  readonly gain: number;
  readonly threshold: number;
  readonly forward: boolean;
  readonly gradient: number;
  readonly hessian: number;
}

/** The split of a scan's result. */
export function numericSplit(
  found: ScanResult,
  { feature, bins, missing }: Pick<NumericScan, 'feature' | 'bins' | 'missing'>,
  leaf: LeafTotals,
  toBeat: number,
  rules: SplitRules,
): Split {
  const leftGradient = found.forward ? found.gradient : leaf.gradient - found.gradient;
  const leftHessian = found.forward ? found.hessian : leaf.hessian - found.hessian;
  return {
    gain: found.gain - toBeat,
    feature,
    threshold: found.threshold,
    defaultLeft: missing === 'nan' && bins <= 2 ? false : !found.forward,
    leftGradient,
    leftHessian,
    ...childOutputs(leftGradient, leftHessian, leaf, rules, rules.l2),
  };
}

/** Whether gains are plain G^2 / (H + l2): what the scan kernel computes. */
export function hasPlainGains(rules: SplitRules): boolean {
  return rules.l1 === 0 && !rules.monotone && rules.maxDelta <= 0 && rules.smooth <= 0;
}

/** Outputs of both children from the left child's sums. */
export function childOutputs(
  leftGradient: number,
  leftHessian: number,
  leaf: LeafTotals,
  rules: SplitRules,
  l2: number,
): { readonly leftOutput: number; readonly rightOutput: number } {
  const share = leaf.hessian > 0 ? leftHessian / leaf.hessian : 0;
  const output = (gradient: number, hessian: number, count: number): number =>
    leafOutput(gradient * rules.gradientUnit, hessian * rules.hessianUnit, count, leaf, rules, l2);
  return {
    leftOutput: output(leftGradient, leftHessian, leaf.count * share),
    rightOutput: output(leaf.gradient - leftGradient, leaf.hessian - leftHessian, leaf.count * (1 - share)),
  };
}
