/**
 * exp by a polynomial, relative error below 1e-9, from additions and multiplications only, so that the WebAssembly
 * kernel (two lanes at a time) gives the same bits. Cody and Waite's reduction: x = k ln 2 + r, |r| <= ln 2 / 2.
 */

const log2e = Math.LOG2E;
const ln2High = 0.6931471803691238;
const ln2Low = 1.9082149292705877e-10;
/** Adding and subtracting it rounds to the nearest whole number, halves to even. */
const rounder = 6755399441055744;
const limit = 700;

const powersOfTwo = Float64Array.from({ length: 2047 }, (_, i) => 2 ** (i - 1023));

export function exp(x0: number): number {
  const x = Math.max(-limit, Math.min(limit, x0));
  const k = x * log2e + rounder - rounder;
  const r = x - k * ln2High - k * ln2Low;
  let p = 1 / 40320;
  p = p * r + 1 / 5040;
  p = p * r + 1 / 720;
  p = p * r + 1 / 120;
  p = p * r + 1 / 24;
  p = p * r + 1 / 6;
  p = p * r + 0.5;
  p = p * r + 1;
  p = p * r + 1;
  return p * powersOfTwo[k + 1023]!;
}
