import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  averagePrecision,
  brierScore,
  calibrationCurve,
  evaluate,
  gainCurve,
  leadTimeDays,
  liftAt,
  liftCurve,
  logLoss,
  precisionAt,
  precisionRecallCurve,
  recallAt,
  rocAuc,
  rocCurve,
} from '../../../ml/index.ts';
import { rankDescending } from '../../../ml/metrics/rank.ts';
import { rankedMetrics } from '../../../ml/metrics/ranked-metrics.ts';

/** Labels of both classes with scores that often tie. */
const sample = fc
  .array(fc.record({ y: fc.integer({ min: 0, max: 1 }), s: fc.integer({ min: 0, max: 12 }) }), {
    minLength: 2,
    maxLength: 60,
  })
  .filter((rows) => new Set(rows.map(({ y }) => y)).size === 2)
  .map((rows) => ({
    labels: Float64Array.from(rows, ({ y }) => y),
    scores: Float64Array.from(rows, ({ s }) => s / 12),
  }));

const of = (values: readonly number[]): Float64Array => Float64Array.from(values);

describe('ranking metrics', () => {
  test('AUC is the share of pairs in the right order', () => {
    fc.assert(
      fc.property(sample, ({ labels, scores }) => {
        let right = 0;
        let pairs = 0;
        labels.forEach((a, i) => {
          labels.forEach((b, j) => {
            if (a !== 1 || b !== 0) return;
            pairs++;
            right += scores[i]! > scores[j]! ? 1 : scores[i] === scores[j] ? 0.5 : 0;
          });
        });
        expect(rocAuc(labels, scores)).toBeCloseTo(right / pairs, 12);
      }),
    );
  });

  test('average precision is the sum over thresholds of precision times the recall gained', () => {
    fc.assert(
      fc.property(sample, ({ labels, scores }) => {
        const all = labels.reduce((sum, y) => sum + y, 0);
        let before = 0;
        let sum = 0;
        for (const threshold of [...new Set(scores)].sort((a, b) => b - a)) {
          const flagged = [...labels.keys()].filter((i) => scores[i]! >= threshold);
          const hits = flagged.filter((i) => labels[i] === 1).length;
          sum += (hits / flagged.length) * ((hits - before) / all);
          before = hits;
        }
        expect(averagePrecision(labels, scores)).toBeCloseTo(sum, 12);
      }),
    );
  });

  test('weights count rows', () => {
    fc.assert(
      fc.property(sample, fc.infiniteStream(fc.integer({ min: 1, max: 3 })), ({ labels, scores }, stream) => {
        const weights = Float64Array.from(labels, () => Number(stream.next().value));
        const repeat = (values: Float64Array): Float64Array =>
          of([...values].flatMap((value, i) => new Array<number>(weights[i]!).fill(value)));
        for (const metric of [averagePrecision, rocAuc, logLoss, brierScore]) {
          expect(metric(labels, scores, weights)).toBeCloseTo(metric(repeat(labels), repeat(scores)), 10);
        }
      }),
    );
  });

  test('one pass over sorted rows gives the same metrics', () => {
    fc.assert(
      fc.property(sample, ({ labels, scores }) => {
        const order = [...rankDescending(scores)];
        const sorted = (values: Float64Array): Float64Array => of(order.map((row) => values[row]!));
        const ranked = rankedMetrics(sorted(labels), sorted(scores), 0.1);
        expect(ranked.averagePrecision).toBeCloseTo(averagePrecision(labels, scores), 10);
        expect(ranked.rocAuc).toBeCloseTo(rocAuc(labels, scores), 10);
        expect(ranked.precisionAt).toBeCloseTo(precisionAt(labels, scores, 0.1), 10);
        expect(ranked.recallAt).toBeCloseTo(recallAt(labels, scores, 0.1), 10);
        expect(ranked.liftAt).toBeCloseTo(liftAt(labels, scores, 0.1), 10);
      }),
    );
  });

  test('many rows are ranked as few are', () => {
    const score = fc.oneof(fc.double({ noNaN: true }), fc.constantFrom(0, -0, 1, -1));
    fc.assert(
      fc.property(fc.array(score, { minLength: 520, maxLength: 600 }), (values) => {
        const scores = of(values);
        const plain = [...scores.keys()].sort((a, b) => scores[b]! - scores[a]! || a - b);
        expect([...rankDescending(scores)]).toEqual(plain);
      }),
      { numRuns: 30 },
    );
  });

  test('the top tenth', () => {
    const labels = of([1, 1, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1]);
    const scores = of(Array.from({ length: 20 }, (_, i) => -i));
    expect(precisionAt(labels, scores, 0.1)).toBe(1);
    expect(recallAt(labels, scores, 0.1)).toBe(0.5);
    expect(liftAt(labels, scores, 0.1)).toBe(5);
  });

  test('ties at the border are shared', () => {
    expect(precisionAt(of([1, 0, 0, 0, 0, 0, 0, 0, 0, 0]), of(new Array(10).fill(0.5)), 0.1)).toBeCloseTo(
      0.1,
      12,
    );
  });

  test('one class leaves ranking metrics undefined', () => {
    expect(rocAuc(of([0, 0]), of([0.1, 0.2]))).toBeNaN();
    expect(averagePrecision(of([0, 0]), of([0.1, 0.2]))).toBeNaN();
  });

  test('lead time is the median over caught events', () => {
    const labels = of([1, 1, 1, 0, 1]);
    const days = of([30, 10, Number.NaN, Number.NaN, 90]);
    expect(leadTimeDays(labels, of([5, 4, 3, 2, 1]), days, 0.6)).toBe(20);
  });
});

describe('curves', () => {
  test('end where they must and rise', () => {
    fc.assert(
      fc.property(sample, ({ labels, scores }) => {
        for (const curve of [rocCurve(labels, scores), gainCurve(labels, scores)]) {
          expect(curve[0]).toEqual({ x: 0, y: 0 });
          expect(curve.at(-1)).toEqual({ x: 1, y: 1 });
          for (let i = 1; i < curve.length; i++) expect(curve[i]!.y).toBeGreaterThanOrEqual(curve[i - 1]!.y);
        }
        expect(liftCurve(labels, scores).at(-1)!.y).toBeCloseTo(1, 12);
        expect(precisionRecallCurve(labels, scores).at(-1)!.x).toBe(1);
      }),
    );
  });

  test('the area under the ROC curve is the AUC', () => {
    fc.assert(
      fc.property(sample, ({ labels, scores }) => {
        const points = rocCurve(labels, scores);
        let area = 0;
        for (let i = 1; i < points.length; i++) {
          area += ((points[i]!.x - points[i - 1]!.x) * (points[i]!.y + points[i - 1]!.y)) / 2;
        }
        expect(area).toBeCloseTo(rocAuc(labels, scores), 10);
      }),
    );
  });

  test('calibration bins hold every row once', () => {
    fc.assert(
      fc.property(sample, ({ labels, scores }) => {
        const bins = calibrationCurve(labels, scores, 5);
        expect(bins.reduce((sum, bin) => sum + bin.rows, 0)).toBe(labels.length);
      }),
    );
  });
});

describe('evaluate', () => {
  const label = of(Array.from({ length: 400 }, (_, i) => (i % 3 === 0 ? 1 : 0)));
  const scores = label.map((y, i) => 0.3 + 0.2 * y + ((i * 37) % 50) / 100);
  const groups = [
    { name: 'cohort', codes: Int32Array.from(label, (_, i) => i % 2), values: ['new', 'old', 'none'] },
  ];
  const time = label.map(() => Date.UTC(2024, 0, 1));
  const eventTime = label.map((y, i) => (y === 1 ? Date.UTC(2024, 0, 1 + (i % 28)) : Number.NaN));
  const report = evaluate(
    { rows: 400, features: [], label, groups, predictionTime: time, eventTime },
    scores,
  );

  test('intervals hold their value, and groups with rows are listed', () => {
    expect(report.groups.map(({ value }) => value)).toEqual(['new', 'old']);
    for (const metrics of [report.overall, ...report.groups.map((group) => group.metrics)]) {
      const { low, value, high } = metrics.averagePrecision;
      expect(low).toBeLessThan(value);
      expect(high).toBeGreaterThan(value);
    }
    expect(report.overall.leadTimeDays!.value).toBeGreaterThan(0);
  });

  test('the whole is evaluated as by the single metrics', () => {
    expect(report.overall.averagePrecision.value).toBeCloseTo(averagePrecision(label, scores), 12);
    expect(report.overall.logLoss.value).toBeCloseTo(logLoss(label, scores), 12);
    expect(report.overall.brier.value).toBeCloseTo(brierScore(label, scores), 12);
  });

  test('a group is evaluated on its own rows', () => {
    const own = (values: Float64Array): Float64Array => values.filter((_, i) => i % 2 === 0);
    expect(report.groups[0]!.metrics.rocAuc.value).toBeCloseTo(rocAuc(own(label), own(scores)), 12);
  });

  test('larger groups have narrower intervals', () => {
    const width = ({ low, high }: { low: number; high: number }): number => high - low;
    expect(width(report.overall.rocAuc)).toBeLessThan(width(report.groups[0]!.metrics.rocAuc));
  });
});
