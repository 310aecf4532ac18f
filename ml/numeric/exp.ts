/**
 * exp in single precision by a polynomial (Cephes' expf), relative error below 2e-7, from additions and multiplications
 * only, so that the WebAssembly kernel (four lanes at a time) gives the same bits. Cody and Waite's reduction: x = k ln 2 + r.
 */

const f = Math.fround;
const log2e = f(Math.LOG2E);
const ln2High = f(0.693359375);
const ln2Low = f(-2.1219444e-4);
/** Adding and subtracting it rounds to the nearest whole number, halves to even. */
const rounder = 12582912;
const limit = 87;
const coefficients = [
  1.98756915e-4, 1.3981999507e-3, 8.3334519073e-3, 4.1665795894e-2, 1.6666665459e-1, 5.0000001201e-1,
].map(f);

const powersOfTwo = Float32Array.from({ length: 254 }, (_, i) => 2 ** (i - 126));

/** @param x0 a single-precision number */
export function exp(x0: number): number {
  const x = Math.max(-limit, Math.min(limit, x0));
  const k = f(f(f(x * log2e) + rounder) - rounder);
  let r = f(x - f(k * ln2High));
  r = f(r - f(k * ln2Low));
  let p = coefficients[0]!;
  for (let i = 1; i < coefficients.length; i++) p = f(f(p * r) + coefficients[i]!);
  p = f(f(f(p * f(r * r)) + r) + 1);
  return f(p * powersOfTwo[k + 126]!);
}
