/** What a leaf knows before it is split. Sums are in quantised units. */
export interface LeafTotals {
  readonly gradient: number;
  readonly hessian: number;
  readonly count: number;
  /** The leaf's own output; smoothing pulls children towards it. */
  readonly output: number;
  /** Bounds from monotone constraints above. */
  readonly low: number;
  readonly high: number;
}

/** The rules of the game, fixed for a tree. */
export interface SplitRules {
  /** One quantised unit of gradient and of hessian, in real units. */
  readonly gradientUnit: number;
  readonly hessianUnit: number;
  readonly minData: number;
  readonly minHessian: number;
  readonly l1: number;
  readonly l2: number;
  readonly minGain: number;
  readonly maxDelta: number;
  readonly smooth: number;
  /** Any feature is monotone: outputs are bounded and gains follow from outputs. */
  readonly monotone: boolean;
  readonly maxCatToOnehot: number;
  readonly maxCatThreshold: number;
  readonly catSmooth: number;
  readonly catL2: number;
  readonly minDataPerGroup: number;
}

/** The best split of a leaf so far; sums are the left child's, in quantised units. */
export interface Split {
  readonly gain: number;
  /** Index into the used features. */
  readonly feature: number;
  /** Numeric: bins up to this go left. */
  readonly threshold: number;
  readonly defaultLeft: boolean;
  readonly leftGradient: number;
  readonly leftHessian: number;
  /** Categorical: the bins that go left. */
  readonly categories?: readonly number[];
  readonly leftOutput: number;
  readonly rightOutput: number;
}

/** LightGBM's guard against division by zero. */
export const epsilon = 1e-15;

/** Rows of a bin, estimated from its hessian as LightGBM does. */
export function countOf(hessian: number, countPerHessian: number): number {
  return Math.floor(hessian * countPerHessian + 0.5);
}
