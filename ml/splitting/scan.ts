import { countOf, epsilon, type LeafTotals, type SplitRules } from './split.ts';

/**
 * What a plain scan needs of a leaf. Sums, gains and bounds are in quantised units: sums are whole numbers below 2^33,
 * so that the gain's products neither overflow nor vanish, whatever the weights.
 */
export interface ScanTerms {
  readonly gradient: number;
  readonly hessian: number;
  readonly count: number;
  /** Rows per unit of hessian. */
  readonly perUnit: number;
  readonly toBeat: number;
  readonly minHessian: number;
  readonly minData: number;
  /** L2 and the guard against division by zero, added to hessians. */
  readonly pad: number;
  /** A gain's unit in real units. */
  readonly unit: number;
  /** Real gain that a split's is counted from. */
  readonly base: number;
}

/** Whether gains are plain G^2 / (H + l2): what the scan, and its kernel, compute. */
export function hasPlainGains(rules: SplitRules): boolean {
  return rules.l1 === 0 && !rules.monotone && rules.maxDelta <= 0 && rules.smooth <= 0;
}

/** @param toBeat gain the leaf has without a split, plus min_gain_to_split, in real units */
export function scanTerms(leaf: LeafTotals, toBeat: number, rules: SplitRules): ScanTerms {
  const { gradientUnit, hessianUnit } = rules;
  const unit = (gradientUnit / hessianUnit) * gradientUnit;
  return {
    gradient: leaf.gradient,
    hessian: leaf.hessian,
    count: leaf.count,
    perUnit: (leaf.count / (leaf.hessian * hessianUnit + 2 * epsilon)) * hessianUnit,
    toBeat: toBeat / unit,
    minHessian: (rules.minHessian - epsilon) / hessianUnit,
    minData: rules.minData,
    pad: (rules.l2 + epsilon) / hessianUnit,
    unit,
    base: toBeat,
  };
}

/** The terms as the scan kernel reads them, in this order. */
export function writeTerms(terms: ScanTerms, out: Float64Array, at: number): void {
  out[at] = terms.gradient;
  out[at + 1] = terms.hessian;
  out[at + 2] = terms.count;
  out[at + 3] = terms.perUnit;
  out[at + 4] = terms.toBeat;
  out[at + 5] = terms.minHessian;
  out[at + 6] = terms.minData;
  out[at + 7] = terms.pad;
  out[at + 8] = terms.unit;
  out[at + 9] = terms.base;
}

/** What a scan found; gradient and hessian are the scanned side's: the left one's when scanned forward. */
export interface ScanResult {
  /** Real gain over `base`. */
  readonly gain: number;
  readonly threshold: number;
  readonly forward: boolean;
  readonly gradient: number;
  readonly hessian: number;
}

/** A numeric histogram's shape. */
export interface ScanShape {
  readonly bins: number;
  readonly missing: 'none' | 'zero' | 'nan';
  readonly zeroBin: number;
}

/**
 * The best threshold by plain gains, or null; the specification of the scan kernel. As LightGBM: scanned from the right with
 * missing values left, then, where there can be missing values, from the left with missing values right; the first of
 * equals wins. A gain is the quotient of two products; most thresholds are dismissed without the division.
 *
 * @param at the feature's first bin in the histogram (interleaved gradient and hessian)
 */
export function scan(
  histogram: Float64Array,
  at: number,
  { bins, missing, zeroBin }: ScanShape,
  terms: ScanTerms,
): ScanResult | null {
  const { count, perUnit, minData, minHessian, pad } = terms;
  const bothWays = bins > 2 && missing !== 'none';
  const skip = bothWays && missing === 'zero' ? zeroBin : -1;
  const nanBins = bothWays && missing === 'nan' ? 1 : 0;
  let best = terms.toBeat;
  let bestThreshold = -1;
  let bestForward = false;
  let bestGradient = 0;
  let bestHessian = 0;
  for (let pass = 0; pass < (bothWays ? 2 : 1); pass++) {
    const forward = pass === 1;
    const step = forward ? 1 : -1;
    const stop = forward ? bins - 1 : 0;
    let gradient = 0;
    let hessian = 0;
    let rows = 0;
    for (let t = forward ? 0 : bins - 1 - nanBins; t !== stop; t += step) {
      if (t === skip) continue;
      const cell = 2 * (at + t);
      gradient += histogram[cell]!;
      hessian += histogram[cell + 1]!;
      rows += countOf(histogram[cell + 1]!, perUnit);
      if (rows < minData || hessian < minHessian) continue;
      if (count - rows < minData || terms.hessian - hessian < minHessian) break;
      const h = hessian + pad;
      const otherGradient = terms.gradient - gradient;
      const otherH = terms.hessian - hessian + pad;
      const numerator = gradient * gradient * otherH + otherGradient * otherGradient * h;
      const denominator = h * otherH;
      if (!(numerator > best * denominator)) continue;
      const gain = numerator / denominator;
      if (!(gain > best)) continue;
      best = gain;
      bestThreshold = forward ? t : t - 1;
      bestForward = forward;
      bestGradient = gradient;
      bestHessian = hessian;
    }
  }
  if (bestThreshold < 0) return null;
  return {
    gain: best * terms.unit - terms.base,
    threshold: bestThreshold,
    forward: bestForward,
    gradient: bestGradient,
    hessian: bestHessian,
  };
}
