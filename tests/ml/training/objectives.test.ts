import { describe, expect, test } from 'vitest';
import { type Dataset, type MlError, predict, refit, type TrainParams, train } from '../../../ml/index.ts';
import { percentile } from '../../../ml/training/objectives/percentile.ts';
import { syntheticData } from '../data.ts';

const base = syntheticData(700, 9);
const signal = Float64Array.from({ length: base.rows }, (_, row) => {
  const { values } = base.features[0] as { values: Float64Array };
  return values[row]! + 0.5 * base.label[row]!;
});
const weight = Float64Array.from({ length: base.rows }, (_, row) => 1 + (row % 3));
const targets: readonly [TrainParams, (signal: number, row: number) => number][] = [
  [{ objective: 'regression_l1' }, (s) => s],
  [{ objective: 'huber', alpha: 0.5 }, (s, row) => (row % 50 === 0 ? 100 : s)],
  [{ objective: 'fair' }, (s) => s],
  [{ objective: 'quantile', alpha: 0.2 }, (s) => s],
  [{ objective: 'mape' }, (s) => 3 * s],
  [{ objective: 'poisson' }, (s) => Math.floor(Math.exp(s / 2))],
  [{ objective: 'gamma' }, (s) => Math.exp(s)],
  [{ objective: 'tweedie' }, (s) => Math.max(0, s)],
  [{ objective: 'cross_entropy' }, (s) => 1 / (1 + Math.exp(-s))],
  [{ objective: 'multiclassova', num_class: 3 }, (s) => (s < -0.5 ? 0 : s < 0.7 ? 1 : 2)],
];

describe.each(targets)('%o', (params, label) => {
  const data: Dataset = { ...base, label: signal.map(label) };
  const given = { ...params, num_iterations: 8, num_leaves: 6, bagging_fraction: 0.8, bagging_freq: 1 };

  test('kernels and plain trainer give the same model, and its metric falls', async () => {
    const weighted = { ...data, weight };
    const options = { evaluateTraining: true };
    const [kernels, plain] = await Promise.all([
      train(weighted, given, options),
      train(weighted, given, { ...options, engine: 'plain' }),
    ]);
    expect(kernels.model.trees).toEqual(plain.model.trees);
    const values = kernels.history[0]!.values;
    expect(values[7]).toBeLessThan(values[0]!);
  });

  test('a model is refitted under its own objective', async () => {
    const { model } = await train(data, given);
    const again = await refit(model, data, { params: { ...params } });
    expect(again.trees.map(({ numLeaves }) => numLeaves)).toEqual(
      model.trees.map(({ numLeaves }) => numLeaves),
    );
    for (const value of await predict(again, data)) expect(value).toBeTypeOf('number');
  });
});

test.each([
  [{ objective: 'poisson' }, [1, -1]],
  [{ objective: 'poisson' }, [0, 0]],
  [{ objective: 'gamma' }, [0, 1]],
  [{ objective: 'tweedie' }, [-1, 1]],
  [{ objective: 'cross_entropy' }, [0.5, 1.1]],
  [{ objective: 'multiclassova', num_class: 2 }, [0, 2]],
  [{ objective: 'quantile' }, [0, Number.NaN]],
] as [TrainParams, number[]][])('%o refuses labels %o', async (params, label) => {
  const data: Dataset = {
    rows: 2,
    features: [{ kind: 'numeric', name: 'x', values: Float64Array.of(1, 2) }],
    label: Float64Array.from(label),
  };
  const refused = await train(data, params).catch((error: MlError) => error);
  expect(refused).toMatchObject({ code: 'CH806' });
});

describe('percentiles are LightGBM’s', () => {
  const squares = Float64Array.of(4, 0, 25, 1, 16, 9);

  test.each([
    [0.1, 0.5],
    [0.3, 2.5],
    [0.5, 6.5],
    [0.9, 20.5],
    [1, 25],
  ])('without weights: %d is %d', (alpha, value) => {
    expect(percentile(squares, undefined, alpha)).toBeCloseTo(value, 12);
  });

  // Weights by rising value; figures from LightGBM 4.7.
  test.each([
    [[1, 2, 3, 1, 2, 1], 0.3, 1],
    [[1, 2, 3, 1, 2, 1], 0.5, 3],
    [[0.3, 0.2, 0.1, 0.3, 0.2, 0.4], 0.7, 9],
    [[10, 3, 1, 1, 3, 10], 0.5, 4],
    [[2, 2, 2, 2, 2, 2], 0.7, 10.4],
  ])('with weights %j: %d is %d', (weights, alpha, value) => {
    const rising = squares.slice().sort();
    expect(percentile(rising, Float64Array.from(weights), alpha)).toBeCloseTo(value, 12);
  });
});
