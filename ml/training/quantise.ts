import { hash3 } from '../random.ts';

/** One unit of the quantised gradient and hessian in real units. */
export interface Units {
  readonly gradient: number;
  readonly hessian: number;
  /** Every row's gradient fits 16 bits with its sign, every hessian 16 without. */
  readonly narrow: boolean;
}

/** How large gradients are, or can get: sums over the rows in play, and the largest. */
export interface Magnitudes {
  readonly sumGradient: number;
  readonly sumHessian: number;
  readonly maxGradient: number;
  readonly maxHessian: number;
  readonly rows: number;
}

export interface QuantiseOptions {
  readonly seed: number;
  readonly stochastic: boolean;
  /** Steps of the largest gradient (LightGBM's quantised training); 0: as fine as sums allow. */
  readonly levels: number;
}

/**
 * Sums of |gradients| stay below 2^31, sums of hessians below 2^32, so that a kernel can pack both in 64 bits: rounding adds
 * at most 1 a row, and single precision (gradient, scale, product and sum: five roundings) less than 2^-20 of the whole.
 */
const gradientRange = 2 ** 31 - 1;
const hessianRange = 2 ** 32 - 1;
const slack = 1 - 2 ** -20;
/**
 * Largest sizes of a row that fit half a 32-bit word, less 1 for rounding up and 1 for single precision: sizes are below
 * 2^16 and four roundings of 2^-24 each move them by less than one.
 */
const narrowGradient = 2 ** 15 - 1 - 2;
const narrowHessian = 2 ** 16 - 1 - 2;
/** From here on, 15 bits are as good as more... */
const manyRows = 30_000;
/** ...unless the largest gradient is this many times the mean one: small ones would then have hardly a step. */
const mostUneven = 64;
/** A scale is a single-precision number. */
const largestScale = 2 ** 126;

/** Measures given gradients, for objectives that have no bounds of their own. */
export function measure(gradient: Float32Array, hessian: Float32Array, rows: Uint32Array | null): Magnitudes {
  let sumGradient = 0;
  let sumHessian = 0;
  let maxGradient = 0;
  let maxHessian = 0;
  const count = rows?.length ?? gradient.length;
  for (let i = 0; i < count; i++) {
    const row = rows === null ? i : rows[i]!;
    const g = Math.abs(gradient[row]!);
    const h = hessian[row]!;
    sumGradient += g;
    sumHessian += h;
    if (g > maxGradient) maxGradient = g;
    if (h > maxHessian) maxHessian = h;
  }
  return { sumGradient, sumHessian, maxGradient, maxHessian, rows: count };
}

/**
 * How large the gradients in play are: within a loss's bounds where it has any. Few levels are laid over the largest that there
 * are, as LightGBM does: at first a loss can do several times worse.
 */
export function magnitudes(
  bounds: Magnitudes | null,
  gradient: Float32Array,
  hessian: Float32Array,
  rows: Uint32Array | null,
  { levels }: QuantiseOptions,
): Magnitudes {
  if (bounds === null) return measure(gradient, hessian, rows);
  return levels > 0 ? withLargest(bounds, measure(gradient, hessian, null)) : bounds;
}

/** Bounds with the largest gradient and hessian of all rows, in play or not. */
export function withLargest(
  bounds: Magnitudes,
  { maxGradient, maxHessian }: Pick<Magnitudes, 'maxGradient' | 'maxHessian'>,
): Magnitudes {
  return { ...bounds, maxGradient, maxHessian };
}

/** The finest units whose sums fit, or those of `levels` steps. */
export function unitsFor(size: Magnitudes, { levels }: QuantiseOptions): Units {
  const { sumGradient, sumHessian, maxGradient, maxHessian, rows } = size;
  let scaleG = sumGradient > 0 ? ((gradientRange - rows) / sumGradient) * slack : 1;
  let scaleH = sumHessian > 0 ? ((hessianRange - rows) / sumHessian) * slack : 1;
  if (levels > 0 && maxGradient > 0 && maxHessian > 0) {
    scaleG = Math.min(scaleG, levels / 2 / maxGradient);
    scaleH = Math.min(scaleH, levels / maxHessian);
  }
  // Many rows leave each one few steps anyway, and half as many bytes to fetch make trees a tenth faster.
  const coarse = rows >= manyRows && maxGradient * rows <= sumGradient * mostUneven;
  if (coarse) {
    scaleG = Math.min(scaleG, (narrowGradient * slack) / maxGradient);
    scaleH = Math.min(scaleH, (narrowHessian * slack) / maxHessian);
  }
  const [g, h] = [scaleG, scaleH].map((scale) => Math.fround(Math.min(scale, largestScale)));
  const narrow = maxGradient * g! <= narrowGradient && maxHessian * h! <= narrowHessian;
  return { gradient: 1 / g!, hessian: 1 / h!, narrow };
}

/**
 * Gradients and hessians to whole numbers, so that histogram sums are exact and independent of order and threads.
 * Rounding is stochastic, unbiased, decided by (row, round, seed).
 *
 * @param rows the rows in play; others are left alone
 * @param out interleaved gradient and hessian, one pair a row
 */
export function quantise(
  gradient: Float32Array,
  hessian: Float32Array,
  rows: Uint32Array,
  round: number,
  { seed, stochastic }: QuantiseOptions,
  units: Units,
  out: Float64Array,
): void {
  const f = Math.fround;
  const scaleG = f(1 / units.gradient);
  const scaleH = f(1 / units.hessian);
  for (const row of rows) {
    const u = stochastic ? hash3(row, round, seed) : 0x80000000;
    const v = stochastic ? Math.imul(u, 0x27d4eb2f) : 0x80000000;
    out[2 * row] = Math.floor(f(f(gradient[row]! * scaleG) + fraction(u)));
    out[2 * row + 1] = Math.max(0, Math.floor(f(f(hessian[row]! * scaleH) + fraction(v))));
  }
}

/** The upper 24 of 32 random bits as a fraction: exact in single precision. */
function fraction(bits: number): number {
  return (bits >>> 8) * 2 ** -24;
}
