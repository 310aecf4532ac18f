import { hash3 } from '../random.ts';

/** One unit of the quantised gradient and hessian in real units. */
export interface Units {
  readonly gradient: number;
  readonly hessian: number;
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

/** Sums of |gradients| stay below 2^31, sums of hessians below 2^32, so that a kernel can pack both in 64 bits. */
const gradientRange = 2 ** 31 - 1;
const hessianRange = 2 ** 32 - 1;

/** Measures given gradients, for objectives that have no bounds of their own. */
export function measure(gradient: Float64Array, hessian: Float64Array, rows: Uint32Array | null): Magnitudes {
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

/** The finest units whose sums fit, or those of `levels` steps. */
export function unitsFor(size: Magnitudes, { levels }: QuantiseOptions): Units {
  const { sumGradient, sumHessian, maxGradient, maxHessian, rows } = size;
  let scaleG = sumGradient > 0 ? (gradientRange - rows) / sumGradient : 1;
  let scaleH = sumHessian > 0 ? (hessianRange - rows) / sumHessian : 1;
  if (levels > 0 && maxGradient > 0 && maxHessian > 0) {
    scaleG = Math.min(scaleG, levels / 2 / maxGradient);
    scaleH = Math.min(scaleH, levels / maxHessian);
  }
  return { gradient: 1 / scaleG, hessian: 1 / scaleH };
}

/**
 * Gradients and hessians to whole numbers, so that histogram sums are exact and independent of order and threads.
 * Rounding is stochastic, unbiased, decided by (row, round, seed).
 *
 * @param rows the rows in play; others are left alone
 * @param out interleaved gradient and hessian, one pair a row
 */
export function quantise(
  gradient: Float64Array,
  hessian: Float64Array,
  rows: Uint32Array,
  round: number,
  { seed, stochastic }: QuantiseOptions,
  units: Units,
  out: Float64Array,
): void {
  const scaleG = 1 / units.gradient;
  const scaleH = 1 / units.hessian;
  for (const row of rows) {
    const u = stochastic ? hash3(row, round, seed) : 0x80000000;
    const v = stochastic ? Math.imul(u, 0x27d4eb2f) >>> 0 : 0x80000000;
    out[2 * row] = Math.floor(gradient[row]! * scaleG + u * 2 ** -32);
    out[2 * row + 1] = Math.floor(hessian[row]! * scaleH + v * 2 ** -32);
  }
}
