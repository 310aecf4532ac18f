import { hash3 } from '../random.ts';

/** One unit of the quantised gradient and hessian in real units. */
export interface Units {
  readonly gradient: number;
  readonly hessian: number;
}

/** Sums of |gradients| stay below 2^31, sums of hessians below 2^32, so that a kernel can pack both in 64 bits. */
const gradientRange = 2 ** 31 - 1;
const hessianRange = 2 ** 32 - 1;

/**
 * Gradients and hessians to whole numbers, so that histogram sums are exact and independent of order and threads.
 * The units follow from the data: as fine as 31 and 32 bits of sum allow, or `levels` steps of the largest
 * gradient (LightGBM's quantised training). Rounding is stochastic, unbiased, decided by (row, round, seed).
 *
 * @param rows the rows in play; others are left alone
 * @param out interleaved gradient and hessian, one pair a row
 */
export function quantise(
  gradient: Float64Array,
  hessian: Float64Array,
  rows: Uint32Array,
  round: number,
  options: { readonly seed: number; readonly stochastic: boolean; readonly levels: number },
  out: Float64Array,
): Units {
  let sumG = 0;
  let sumH = 0;
  let maxG = 0;
  let maxH = 0;
  for (const row of rows) {
    const g = Math.abs(gradient[row]!);
    const h = hessian[row]!;
    sumG += g;
    sumH += h;
    if (g > maxG) maxG = g;
    if (h > maxH) maxH = h;
  }
  const slack = rows.length;
  let scaleG = sumG > 0 ? (gradientRange - slack) / sumG : 1;
  let scaleH = sumH > 0 ? (hessianRange - slack) / sumH : 1;
  if (options.levels > 0 && maxG > 0 && maxH > 0) {
    scaleG = Math.min(scaleG, options.levels / 2 / maxG);
    scaleH = Math.min(scaleH, options.levels / maxH);
  }
  const { seed, stochastic } = options;
  for (const row of rows) {
    const u = stochastic ? hash3(row, round, seed) : 0x80000000;
    const v = stochastic ? Math.imul(u, 0x27d4eb2f) >>> 0 : 0x80000000;
    out[2 * row] = Math.floor(gradient[row]! * scaleG + u / 4294967296);
    out[2 * row + 1] = Math.floor(hessian[row]! * scaleH + v / 4294967296);
  }
  return { gradient: 1 / scaleG, hessian: 1 / scaleH };
}
