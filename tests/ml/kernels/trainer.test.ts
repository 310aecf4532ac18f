import { availableParallelism } from 'node:os';
import { beforeAll, describe, expect, test } from 'vitest';
import { type Dataset, type TrainParams, train, writeModel } from '../../../ml/index.ts';
import { builtFile } from '../../../ml/kernels/wasm.ts';
import { syntheticData } from '../data.ts';

const small = syntheticData(3001, 2);
const large = syntheticData(150_000, 4);

/** The model text without its parameters, which name the number of threads nowhere but the engine somewhere. */
async function textOf(data: Dataset, params: TrainParams, engine: 'kernels' | 'plain'): Promise<string> {
  const { model } = await train(data, params, { engine });
  return writeModel(model);
}

beforeAll(() => {
  // `npm test` builds first; without the kernels this file would compare the plain trainer with itself.
  expect(builtFile('kernels.wasm')).not.toBeNull();
  expect(builtFile('worker.js')).not.toBeNull();
});

describe('the kernels give the plain trainer’s model, to the last bit', () => {
  const weight = Float64Array.from({ length: 3001 }, (_, i) => [1, 3, 10][i % 3]!);
  test.each<[string, TrainParams, Partial<Dataset>]>([
    ['plain binary', {}, {}],
    ['weights and classes', { is_unbalance: true }, { weight }],
    ['another sigmoid, L1 and L2', { sigmoid: 1.7, lambda_l1: 0.4, lambda_l2: 3 }, {}],
    ['bagging and sampled features', { bagging_fraction: 0.5, bagging_freq: 2, feature_fraction: 0.6 }, {}],
    ['one-side sampling', { boosting: 'goss', learning_rate: 0.5 }, {}],
    ['monotone constraints', { monotone_constraints: [1, -1, 0, 0, 0, 0] }, {}],
    [
      'interaction constraints, features by node',
      {
        interaction_constraints: [
          [0, 1, 2],
          [3, 4, 5],
        ],
        feature_fraction_bynode: 0.5,
      },
      {},
    ],
    ['smoothing, capped outputs', { path_smooth: 3, max_delta_step: 0.3 }, {}],
    ['extremely random trees', { extra_trees: true }, {}],
    ['zero as missing', { zero_as_missing: true }, {}],
    ['no missing values', { use_missing: false }, {}],
    ['few gradient levels', { use_quantized_grad: true, num_grad_quant_bins: 8 }, {}],
    [
      'so few that most rows are all zero',
      { use_quantized_grad: true, num_grad_quant_bins: 2, num_iterations: 20 },
      {},
    ],
    ['more than short words can hold', { use_quantized_grad: true, num_grad_quant_bins: 200_000 }, {}],
    ['nearest rounding', { stochastic_rounding: false }, {}],
    ['shallow trees', { max_depth: 3 }, {}],
    ['many leaves', { num_leaves: 300, min_data_in_leaf: 2 }, {}],
    ['categories one against the rest', { max_cat_to_onehot: 10, min_data_per_group: 5 }, {}],
    ['regression', { objective: 'regression' }, {}],
    ['multiclass', { objective: 'multiclass', num_class: 2 }, {}],
  ])('%s', async (_, params, change) => {
    const data = { ...small, ...change };
    const whole = { num_iterations: 6, num_leaves: 20, cat_smooth: 1, ...params };
    expect(await textOf(data, whole, 'kernels')).toBe(await textOf(data, whole, 'plain'));
  });
});

describe('threads', () => {
  test.each([
    ['plain', {}],
    [
      'few gradient levels of sampled rows',
      { use_quantized_grad: true, bagging_fraction: 0.6, bagging_freq: 1 },
    ],
  ])('one, two and four give the plain trainer’s model: %s', async (_, more) => {
    const params = { num_iterations: 4, num_leaves: 31, max_depth: 7, ...more };
    const plain = await textOf(large, params, 'plain');
    for (const num_threads of [1, 2, 4]) {
      expect(await textOf(large, { ...params, num_threads }, 'kernels')).toBe(plain);
    }
  });

  test('also with sampled rows and a custom loss', async () => {
    const params = { num_iterations: 2, bagging_fraction: 0.4, bagging_freq: 1 };
    const custom = (
      scores: Float64Array,
      data: Dataset,
      gradient: Float64Array,
      hessian: Float64Array,
    ): void => {
      for (let row = 0; row < data.rows; row++) {
        gradient[row] = scores[row]! - data.label![row]!;
        hessian[row] = 1;
      }
    };
    const texts = await Promise.all(
      [1, 2, 4].map(async (num_threads) =>
        writeModel((await train(large, { ...params, num_threads }, { customObjective: custom })).model),
      ),
    );
    const plain = await train(large, params, { customObjective: custom, engine: 'plain' });
    expect(new Set([...texts, writeModel(plain.model)]).size).toBe(1);
  });

  test('early stopping sees the same scores', async () => {
    const held = syntheticData(4000, 9);
    const params: TrainParams = {
      num_iterations: 12,
      metric: ['average_precision', 'binary_logloss'],
      num_threads: 2,
    };
    const options = { validation: [{ name: 'held', data: held }], evaluateTraining: true };
    const fast = await train(large, params, options);
    const plain = await train(large, params, { ...options, engine: 'plain' });
    expect(fast.history).toEqual(plain.history);
  });

  test('stopping early throws away the tree that was ordered ahead', async () => {
    const held = syntheticData(300, 9);
    const params: TrainParams = {
      num_iterations: 40,
      learning_rate: 0.8,
      early_stopping_round: 2,
      num_threads: 2,
    };
    const options = { validation: [{ name: 'held', data: held }] };
    const fast = await train(large, params, options);
    const plain = await train(
      large,
      { ...params, num_iterations: fast.history[0]!.values.length },
      { ...options, engine: 'plain' },
    );
    expect(fast.bestIteration).toBeLessThan(20);
    expect(plain.history).toEqual(fast.history);
  });

  test('the main thread stays free while workers grow trees', async () => {
    if (availableParallelism() < 2) return;
    let turns = 0;
    const timer = setInterval(() => turns++, 1);
    await train(large, { num_iterations: 10, num_threads: 2 });
    clearInterval(timer);
    expect(turns).toBeGreaterThan(3);
  });
});
