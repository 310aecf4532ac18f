import type { LeafTotals, SplitRules } from './split.ts';

/** Soft threshold: what L1 leaves of a sum of gradients. */
export function softThreshold(sum: number, l1: number): number {
  const rest = Math.max(0, Math.abs(sum) - l1);
  return sum >= 0 ? rest : -rest;
}

/** The value a leaf should take: -G/(H + l2), with L1, the cap, smoothing towards the parent and bounds. */
export function leafOutput(
  gradient: number,
  hessian: number,
  count: number,
  leaf: LeafTotals,
  rules: SplitRules,
  l2 = rules.l2,
): number {
  let output = -softThreshold(gradient, rules.l1) / (hessian + l2);
  if (rules.maxDelta > 0 && Math.abs(output) > rules.maxDelta) output = Math.sign(output) * rules.maxDelta;
  if (rules.smooth > 0) {
    const trust = count / rules.smooth / (count / rules.smooth + 1);
    output = output * trust + leaf.output * (1 - trust);
  }
  return Math.min(leaf.high, Math.max(leaf.low, output));
}

/** Twice the loss reduction of a leaf that takes `output`. */
export function gainOfOutput(
  gradient: number,
  hessian: number,
  output: number,
  rules: SplitRules,
  l2 = rules.l2,
): number {
  return -(2 * softThreshold(gradient, rules.l1) * output + (hessian + l2) * output * output);
}

/** Twice the loss reduction of a leaf at its best value. */
export function leafGain(
  gradient: number,
  hessian: number,
  count: number,
  leaf: LeafTotals,
  rules: SplitRules,
  l2 = rules.l2,
): number {
  if (rules.maxDelta <= 0 && rules.smooth <= 0) {
    const rest = softThreshold(gradient, rules.l1);
    return (rest * rest) / (hessian + l2);
  }
  return gainOfOutput(gradient, hessian, leafOutput(gradient, hessian, count, leaf, rules, l2), rules, l2);
}

/** Gain of a pair of children; 0 when their outputs go against the feature's direction. */
export function splitGain(
  leftGradient: number,
  leftHessian: number,
  leftCount: number,
  rightGradient: number,
  rightHessian: number,
  rightCount: number,
  leaf: LeafTotals,
  rules: SplitRules,
  direction: number,
  l2 = rules.l2,
): number {
  if (!rules.monotone) {
    return (
      leafGain(leftGradient, leftHessian, leftCount, leaf, rules, l2) +
      leafGain(rightGradient, rightHessian, rightCount, leaf, rules, l2)
    );
  }
  const left = leafOutput(leftGradient, leftHessian, leftCount, leaf, rules, l2);
  const right = leafOutput(rightGradient, rightHessian, rightCount, leaf, rules, l2);
  if ((direction > 0 && left > right) || (direction < 0 && left < right)) return 0;
  return (
    gainOfOutput(leftGradient, leftHessian, left, rules, l2) +
    gainOfOutput(rightGradient, rightHessian, right, rules, l2)
  );
}

/** Gains below this share of the leaf's own are rounding noise (a pure leaf has nothing to gain). */
const noise = 1e-9;

/** Gain the leaf has without a split. */
export function gainWithoutSplit(leaf: LeafTotals, rules: SplitRules): number {
  const gradient = leaf.gradient * rules.gradientUnit;
  const hessian = leaf.hessian * rules.hessianUnit;
  return leafGain(gradient, hessian, leaf.count, leaf, rules);
}

/** What a split must gain on top of that: min_gain_to_split, and more than noise. */
export function gainToBeat(leaf: LeafTotals, rules: SplitRules): number {
  const own = gainWithoutSplit(leaf, rules);
  return own + Math.max(rules.minGain, noise * Math.abs(own));
}
