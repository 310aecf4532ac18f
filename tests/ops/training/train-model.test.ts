import { describe, expect, test } from 'vitest';
import type { TrainingConfig } from '#core';
import type { Dataset } from '#ml';
import { GoldProblem } from '../../../ops/gold/dataset.ts';
import { evaluationDocument } from '../../../ops/training/documents.ts';
import { netValue, trainModel } from '../../../ops/training/train-model.ts';

const day = 86_400_000;

/** A world where risk rises with x, in ten monthly periods. */
function world(rowsPerPeriod: number): Dataset {
  const rows = rowsPerPeriod * 10;
  let state = 1;
  const random = () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
  const x = Float64Array.from({ length: rows }, random);
  const noise = Float64Array.from({ length: rows }, random);
  const predictionTime = Float64Array.from(
    { length: rows },
    (_, row) => Math.floor(row / rowsPerPeriod) * 30 * day,
  );
  return {
    rows,
    features: [
      { kind: 'numeric', name: 'x', values: x },
      { kind: 'numeric', name: 'noise', values: noise },
    ],
    label: x.map((value) => (random() < 0.05 + 0.6 * value ** 3 ? 1 : 0)),
    groups: [
      {
        name: 'half',
        codes: Int32Array.from({ length: rows }, (_, row) => row % 2),
        values: ['even', 'odd'],
      },
    ],
    predictionTime,
    labelKnownAt: predictionTime.map((at) => at + 45 * day),
  };
}

const training: TrainingConfig = {
  folds: { scheme: 'expanding', count: 3, firstTrainPeriods: 3 },
  final: { trainPeriods: 8 },
  params: { num_iterations: 30, num_leaves: 7, min_data_in_leaf: 20, learning_rate: 0.2 },
  earlyStopping: { metric: 'average_precision', rounds: 5 },
  threshold: { valueSaved: 100, interventionCost: 10, saveRate: 0.5 },
  calibration: 'isotonic',
  seed: 7,
};

describe('training over time', () => {
  test('a selection keeps what explains more than noise, fold by fold', async () => {
    const trained = await trainModel(world(300), { ...training, selection: { noiseProbes: 5 } });
    for (const { model } of [...trained.validation.folds, trained.final]) {
      expect(model.featureNames).toContain('x');
    }
    expect(trained.final.model.featureNames).toEqual(['x']);
  });

  test('a selection and constraints by place contradict each other', async () => {
    const params = { ...training.params, monotone_constraints: [1, 0] };
    await expect(trainModel(world(50), { ...training, params, selection: {} })).rejects.toMatchObject({
      code: 'CH804',
    });
  });

  test('validates purged folds, holds the last periods out, calibrates, prices', async () => {
    const names: string[] = [];
    const trained = await trainModel(world(300), training, {
      onFold: ({ fold }, index, of) => names.push(`${fold.name} ${index + 1}/${of}`),
    });
    expect(names).toEqual(['fold 1 1/4', 'fold 2 2/4', 'fold 3 3/4', 'final 4/4']);
    const document = evaluationDocument(trained);
    expect(document.final_fold.test_rows).toBe(600);
    // Labels take 45 days: of the 30-day periods before a test, the newest one is not known yet.
    expect(document.final_fold.purged).toBe(300);
    expect(document.final_fold.train_rows).toBe(2100);
    const { averagePrecision, rocAuc, brier } = document.final.overall;
    expect(rocAuc.value).toBeGreaterThan(0.7);
    expect(averagePrecision.low).toBeLessThan(averagePrecision.value);
    expect(averagePrecision.high).toBeGreaterThan(averagePrecision.value);
    const base = document.final.overall.positives / 600;
    expect(brier.value).toBeLessThan(base * (1 - base));
    expect(document.final.groups.map(({ value }) => value)).toEqual(['even', 'odd']);
    expect(document.decision?.net_value).toBeGreaterThan(0);
    expect(trained.calibration?.method).toBe('isotonic');
  }, 60_000);

  test('says in words when nothing is left to hold out', async () => {
    const all = { ...training, final: { trainPeriods: 10 } };
    await expect(trainModel(world(20), all)).rejects.toThrow(GoldProblem);
  });
});

test('net value counts savings of leavers and the cost of everybody contacted', () => {
  const costs = { valueSaved: 100, interventionCost: 10, saveRate: 0.5 };
  expect(netValue(Float64Array.of(1, 0, 1), Float64Array.of(0.9, 0.8, 0.1), 0.5, costs)).toBe(30);
  expect(netValue(Float64Array.of(1, 0, 1), Float64Array.of(0.9, 0.8, 0.1), 2, costs)).toBe(0);
});
