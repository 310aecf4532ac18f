import { leafOutput, splitGain } from './gain.ts';
import { hasPlainGains, type ScanResult, type ScanShape, scan as scanPlain, scanTerms } from './scan.ts';
import { countOf, epsilon, type LeafTotals, type Split, type SplitRules } from './split.ts';

/** A numeric feature as the scan sees it. */
export interface NumericScan extends ScanShape {
  readonly feature: number;
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
  if (onlyThreshold < 0 && hasPlainGains(rules)) {
    const found = scanPlain(histogram, at, scan, scanTerms(leaf, toBeat, rules));
    return found === null ? null : numericSplit(found, scan, leaf, rules);
  }
  const bothWays = bins > 2 && missing !== 'none';
  const skip = bothWays && missing === 'zero' ? zeroBin : -1;
  const nanBins = bothWays && missing === 'nan' ? 1 : 0;
  const { gradientUnit, hessianUnit, minData, minHessian } = rules;
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
      if (forward) {
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
    gain: bestGain - toBeat,
    threshold: bestThreshold,
    forward: bestForward,
    gradient: bestGradient,
    hessian: bestHessian,
  };
  return numericSplit(found, scan, leaf, rules);
}

/** The split of a scan's result. */
export function numericSplit(
  found: ScanResult,
  { feature, bins, missing }: { readonly feature: number } & Pick<ScanShape, 'bins' | 'missing'>,
  leaf: LeafTotals,
  rules: SplitRules,
): Split {
  const leftGradient = found.forward ? found.gradient : leaf.gradient - found.gradient;
  const leftHessian = found.forward ? found.hessian : leaf.hessian - found.hessian;
  return {
    gain: found.gain,
    feature,
    threshold: found.threshold,
    defaultLeft: missing === 'nan' && bins <= 2 ? false : !found.forward,
    leftGradient,
    leftHessian,
    ...childOutputs(leftGradient, leftHessian, leaf, rules, rules.l2),
  };
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
