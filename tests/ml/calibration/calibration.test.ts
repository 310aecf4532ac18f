import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { applyCalibration, brierScore, calibrate, thresholdByCost } from '../../../ml/index.ts';
import { randomSequence } from '../../../ml/random.ts';

/** Outcomes with known probabilities, and a model that is too sure of itself. */
function overconfident(rows: number): {
  probabilities: Float64Array;
  labels: Float64Array;
  truth: Float64Array;
} {
  const random = randomSequence(11);
  const truth = Float64Array.from({ length: rows }, () => random());
  const labels = truth.map((p) => (random() < p ? 1 : 0));
  const probabilities = truth.map((p) => 1 / (1 + Math.exp(-3 * Math.log(p / (1 - p)))));
  return { probabilities, labels, truth };
}

describe('calibration', () => {
  const { probabilities, labels, truth } = overconfident(4000);
  const away = (scores: Float64Array): number =>
    scores.reduce((sum, p, i) => sum + Math.abs(p - truth[i]!), 0) / scores.length;

  test.each(['platt', 'isotonic'] as const)('%s brings probabilities back to the truth', (method) => {
    const better = applyCalibration(calibrate(method, probabilities, labels), probabilities);
    expect(away(better)).toBeLessThan(0.25 * away(probabilities));
    expect(brierScore(labels, better)).toBeLessThan(brierScore(labels, probabilities));
  });

  test('Platt recovers the slope it must undo', () => {
    const calibration = calibrate('platt', probabilities, labels);
    if (calibration.method !== 'platt') throw new Error('platt was asked for');
    expect(calibration.a).toBeCloseTo(1 / 3, 1);
  });

  test('isotonic maps keep the order and survive JSON', () => {
    const rows = fc.array(fc.tuple(fc.integer({ min: 0, max: 20 }), fc.boolean()), {
      minLength: 2,
      maxLength: 50,
    });
    fc.assert(
      fc.property(
        rows.filter((all) => new Set(all.map(([, y]) => y)).size === 2),
        (all) => {
          const p = Float64Array.from(all, ([x]) => x / 20);
          const y = Float64Array.from(all, ([, positive]) => (positive ? 1 : 0));
          const calibration = calibrate('isotonic', p, y);
          const grid = Float64Array.from({ length: 41 }, (_, i) => i / 40);
          const mapped = applyCalibration(calibration, grid);
          for (let i = 1; i < 41; i++) expect(mapped[i]).toBeGreaterThanOrEqual(mapped[i - 1]!);
          expect(applyCalibration(JSON.parse(JSON.stringify(calibration)), grid)).toEqual(mapped);
          // The fit keeps the mean: a property of least squares.
          const mean = (values: Float64Array): number =>
            values.reduce((sum, v) => sum + v, 0) / values.length;
          expect(mean(applyCalibration(calibration, p))).toBeCloseTo(mean(y), 8);
        },
      ),
    );
  });

  test('needs both classes', () => {
    expect(() => calibrate('platt', Float64Array.of(0.1), Float64Array.of(0))).toThrow(
      expect.objectContaining({ code: 'CH813' }),
    );
  });
});

describe('threshold by cost', () => {
  test('earns at least as much as every other threshold', () => {
    const { probabilities, labels } = overconfident(200);
    const costs = { valueSaved: 100, interventionCost: 12, saveRate: 0.4 };
    const best = thresholdByCost(labels, probabilities, costs);
    const net = (threshold: number): number =>
      labels.reduce((sum, y, i) => sum + (probabilities[i]! >= threshold ? y * 40 - 12 : 0), 0);
    expect(net(best.threshold)).toBeCloseTo(best.netValue, 8);
    for (const threshold of probabilities) expect(net(threshold)).toBeLessThanOrEqual(best.netValue + 1e-9);
    expect(best.contacted).toBe(probabilities.filter((p) => p >= best.threshold).length);
  });

  test('contacts nobody when it cannot pay, and more when customers are worth more', () => {
    const { probabilities, labels } = overconfident(200);
    const costs = { valueSaved: 100, interventionCost: 50, saveRate: 0.3 };
    expect(thresholdByCost(labels, probabilities, costs).threshold).toBe(Infinity);
    const values = labels.map(() => 1000);
    expect(thresholdByCost(labels, probabilities, costs, values).contacted).toBeGreaterThan(50);
  });
});
