import { describe, expect, test } from 'vitest';
import { exp } from '../../../ml/numeric/exp.ts';
import { magnitudes, measure, quantise, unitsFor } from '../../../ml/training/quantise.ts';

describe('quantised sums fit their half of a word, at the bound', () => {
  const options = { seed: 1, stochastic: true, levels: 0 };
  test.each([
    [1, 1, 0.25],
    [2, 0.3, 1e-9],
    [1000, 1, 0.25],
    [300_000, 1 / 3, 0.1],
    [300_000, 1e20, 1e20],
    [1000, 1e-30, 1e-35],
  ])('%d rows of gradient %d and hessian %d', (rows, g, h) => {
    // All of one sign and size: no sum is larger.
    const gradient = new Float32Array(rows).fill(-g);
    const hessian = new Float32Array(rows).fill(h);
    const all = Uint32Array.from({ length: rows }, (_, i) => i);
    const out = new Float64Array(2 * rows);
    for (const round of [0, 1, 2]) {
      quantise(
        gradient,
        hessian,
        all,
        round,
        options,
        unitsFor(measure(gradient, hessian, null), options),
        out,
      );
      let [sumG, sumH] = [0, 0];
      for (let row = 0; row < rows; row++) {
        sumG += Math.abs(out[2 * row]!);
        sumH += out[2 * row + 1]!;
      }
      expect(sumG).toBeLessThan(2 ** 31);
      expect(sumH).toBeLessThan(2 ** 32);
      // and nothing is given away: the range is used, where single precision can.
      if (g > 1e-20) expect(sumG).toBeGreaterThan(2 ** 31 * (1 - 1e-3));
    }
  });

  test('narrow words hold every row, at the bound', () => {
    const rows = 40_000;
    const gradient = new Float32Array(rows).fill(1);
    const hessian = new Float32Array(rows).fill(0.25);
    gradient[7] = -1;
    const units = unitsFor(measure(gradient, hessian, null), options);
    expect(units.narrow).toBe(true);
    const out = new Float64Array(2 * rows);
    const all = Uint32Array.from({ length: rows }, (_, i) => i);
    quantise(gradient, hessian, all, 0, options, units, out);
    for (let row = 0; row < rows; row++) {
      expect(Math.abs(out[2 * row]!)).toBeLessThan(2 ** 15);
      expect(out[2 * row + 1]!).toBeLessThan(2 ** 16);
    }
    expect(out[14]).toBeLessThan(-32_000);
  });

  test('one row that outweighs all others keeps the wide word', () => {
    const gradient = new Float32Array(40_000).fill(1e-6);
    gradient[7] = -1;
    const hessian = new Float32Array(40_000).fill(0.25);
    expect(unitsFor(measure(gradient, hessian, null), options).narrow).toBe(false);
  });

  test('few levels are laid over the largest there is, many over what the loss could do', () => {
    const gradient = Float32Array.of(0.125, -0.5, 0.25);
    const hessian = Float32Array.of(0.0625, 0.03125, 0.0625);
    const bounds = { sumGradient: 3, sumHessian: 0.75, maxGradient: 1, maxHessian: 0.25, rows: 3 };
    const of = (levels: number) => {
      const few = { ...options, levels };
      return unitsFor(magnitudes(bounds, gradient, hessian, null, few), few);
    };
    expect(of(4)).toMatchObject({ gradient: 0.25, hessian: 0.0625 / 4 });
    expect(of(0).gradient).toBeCloseTo(3 / 2 ** 31, 12);
  });

  test('a negative hessian counts as none', () => {
    const out = new Float64Array(2);
    const units = { gradient: 0.01, hessian: 0.01, narrow: false };
    quantise(Float32Array.of(1), Float32Array.of(-1), Uint32Array.of(0), 0, options, units, out);
    expect(out[1]).toBe(0);
  });
});

test('exp is exact to single precision', () => {
  for (let x = -86; x < 87; x += 0.37) {
    const at = Math.fround(x);
    expect(Math.abs(exp(at) / Math.exp(at) - 1)).toBeLessThan(2e-7);
  }
});
