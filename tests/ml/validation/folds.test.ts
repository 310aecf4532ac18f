import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { crossValidate, type Dataset, purgedFolds, trainFold } from '../../../ml/index.ts';
import { innerFold } from '../../../ml/validation/folds.ts';
import { syntheticData } from '../data.ts';

const day = 86_400_000;
const month = (m: number): number => Date.UTC(2024, m, 1);

/** Monthly predictions over a year, label known `horizon` days later. */
function monthly(rows: number, horizon: number): Dataset {
  const data = syntheticData(rows);
  const predictionTime = Float64Array.from({ length: rows }, (_, i) => month(i % 12));
  return { ...data, predictionTime, labelKnownAt: predictionTime.map((time) => time + horizon * day) };
}

describe('purged folds', () => {
  const data = monthly(1200, 30);
  const plan = purgedFolds(data);

  test('are the reference plan: train 1-3 test 4 ... train 1-8 test 9, final 10-12', () => {
    expect(plan.folds.map((fold) => fold.testFrom)).toEqual([3, 4, 5, 6, 7, 8].map(month));
    expect([plan.final.testFrom, plan.final.testUntil]).toEqual([month(9), month(11)]);
    expect(plan.final.test.length).toBe(300);
  });

  test('no training row learns from a label that was not known', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 1, max: 6 }), (horizon, folds) => {
        const table = monthly(240, horizon);
        const { folds: cut, final } = purgedFolds(table, { folds });
        for (const fold of [...cut, final]) {
          expect(Array.from(fold.train).every((row) => table.labelKnownAt![row]! <= fold.testFrom)).toBe(
            true,
          );
          const earlier = Array.from(table.predictionTime!).filter((time) => time < fold.testFrom).length;
          expect(fold.train.length + fold.purged).toBe(earlier);
          expect(Array.from(fold.test).every((row) => table.predictionTime![row]! >= fold.testFrom)).toBe(
            true,
          );
        }
      }),
      { numRuns: 25 },
    );
  });

  test('the validation rows inside a fold are purged against each other too', () => {
    const inner = innerFold(data, plan.final)!;
    const first = Math.min(...Array.from(inner.valid, (row) => data.predictionTime![row]!));
    expect(Array.from(inner.train).every((row) => data.labelKnownAt![row]! <= first)).toBe(true);
    expect(Array.from(inner.valid).every((row) => plan.final.train.includes(row))).toBe(true);
  });

  test('too few periods, or nothing left after the purge, is an error', () => {
    expect(() => purgedFolds(data, { folds: 10 })).toThrow(expect.objectContaining({ code: 'CH811' }));
    expect(() => purgedFolds(monthly(240, 400))).toThrow(expect.objectContaining({ code: 'CH811' }));
    expect(() => purgedFolds(syntheticData(50))).toThrow(expect.objectContaining({ code: 'CH805' }));
  });
});

describe('cross-validation', () => {
  const data = monthly(1800, 30);
  const plan = purgedFolds(data, { folds: 2, finalPeriods: 2 });
  const params = {
    num_leaves: 7,
    num_iterations: 60,
    metric: ['average_precision' as const],
    early_stopping_round: 5,
  };

  test('evaluates each fold on its test rows and sums up', async () => {
    const seen: string[] = [];
    const result = await crossValidate(data, params, plan.folds, {
      bootstrap: 10,
      onFold: ({ fold }) => seen.push(fold.name),
    });
    expect(seen).toEqual(['fold 1', 'fold 2']);
    const values = result.folds.map(({ evaluation }) => evaluation.overall.rocAuc.value);
    const auc = result.summary.find(({ metric }) => metric === 'rocAuc')!;
    expect(auc.mean).toBeCloseTo((values[0]! + values[1]!) / 2, 12);
    expect(auc.mean).toBeGreaterThan(0.65);
    result.folds.forEach(({ scores, fold, bestIteration, model }) => {
      expect(scores.length).toBe(fold.test.length);
      expect(model.trees.length).toBe(bestIteration);
      expect(bestIteration).toBeLessThan(60);
    });
  });

  test('the test rows’ labels change nothing of the model', async () => {
    const before = await trainFold(data, params, plan.final, { bootstrap: 0 });
    const label = data.label!.slice();
    for (const row of plan.final.test) label[row] = 1 - label[row]!;
    const after = await trainFold({ ...data, label }, params, plan.final, { bootstrap: 0 });
    expect(after.scores).toEqual(before.scores);
    expect(after.bestIteration).toBe(before.bestIteration);
  });
});
