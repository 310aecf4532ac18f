import { describe, expect, test } from 'vitest';
import {
  type Dataset,
  MlError,
  predict,
  predictRaw,
  rocAuc,
  selectRows,
  train,
  writeModel,
} from '../../../ml/index.ts';
import { numericData, syntheticData } from '../data.ts';

const data = syntheticData(3000);
const half = (from: number, until: number): Dataset =>
  selectRows(
    data,
    Uint32Array.from({ length: until - from }, (_, i) => from + i),
  );
const learn = half(0, 2000);
const held = half(2000, 3000);
const small = { num_iterations: 20, num_leaves: 15 };

async function codeOf(promise: Promise<unknown>): Promise<string> {
  return promise.then(
    () => 'none',
    (error: unknown) => (error instanceof MlError ? error.code : String(error)),
  );
}

describe('train', () => {
  test('learns what the labels depend on', async () => {
    const { model } = await train(learn, { ...small, num_iterations: 60 });
    expect(rocAuc(held.label!, await predict(model, held))).toBeGreaterThan(0.72);
  });

  test('is deterministic by seed, also when it samples', async () => {
    const params = { ...small, bagging_fraction: 0.6, bagging_freq: 1, feature_fraction: 0.7, seed: 5 };
    const once = writeModel((await train(learn, params)).model);
    expect(writeModel((await train(learn, params)).model)).toBe(once);
    expect(writeModel((await train(learn, { ...params, seed: 6 })).model)).not.toBe(once);
  });

  test('stops early on average precision and cuts the model at its best iteration', async () => {
    const result = await train(
      learn,
      { num_iterations: 400, learning_rate: 0.3, metric: ['average_precision'], early_stopping_round: 10 },
      { validation: [{ name: 'valid', data: held }] },
    );
    const { values } = result.history[0]!;
    expect(values.length).toBe(result.bestIteration + 10);
    expect(Math.max(...values)).toBe(values[result.bestIteration - 1]);
    expect(result.model.trees.length).toBe(result.bestIteration);
  });

  test('watches what the finished model scores', async () => {
    const result = await train(
      learn,
      { ...small, metric: ['auc'] },
      {
        validation: [{ name: 'valid', data: held }],
        evaluateTraining: true,
      },
    );
    const last = (set: string) => result.history.find((series) => series.set === set)!.values.at(-1)!;
    expect(last('valid')).toBeCloseTo(rocAuc(held.label!, await predict(result.model, held)), 10);
    expect(last('training')).toBeCloseTo(rocAuc(learn.label!, await predict(result.model, learn)), 10);
  });

  test('a weight of 2 is the row twice', async () => {
    const rows = Uint32Array.from({ length: 2000 }, (_, i) => i);
    const weight = Float64Array.from(rows, (row) => (row < 500 ? 2 : 1));
    const twice = selectRows(learn, Uint32Array.from([...rows.slice(0, 500), ...rows]));
    const params = {
      ...small,
      num_iterations: 1,
      num_leaves: 4,
      min_data_in_leaf: 0,
      min_data_per_group: 1,
      cat_smooth: 1,
      min_data_in_bin: 1,
      max_bin: 4000,
    };
    const weighted = (await train({ ...learn, weight }, params)).model.trees[0]!;
    const repeated = (await train(twice, params)).model.trees[0]!;
    expect([...weighted.splitFeature]).toEqual([...repeated.splitFeature]);
    weighted.leafValue.forEach((value, leaf) => {
      expect(value).toBeCloseTo(repeated.leafValue[leaf]!, 4);
    });
  });

  test.each([
    ['is_unbalance', { is_unbalance: true }],
    ['class_weight', { class_weight: 'balanced' as const }],
    ['scale_pos_weight', { scale_pos_weight: 5 }],
  ])('%s raises the scores of a rare class', async (_, extra) => {
    const rare = selectRows(
      learn,
      Uint32Array.from({ length: 2000 }, (_v, i) => i).filter((i) => learn.label![i] === 0 || i % 4 === 0),
    );
    const mean = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0) / values.length;
    const plain = await predict((await train(rare, small)).model, rare);
    const heavier = await predict((await train(rare, { ...small, ...extra })).model, rare);
    expect(mean(heavier)).toBeGreaterThan(mean(plain) + 0.05);
  });

  test('monotone constraints hold on probes along the feature', async () => {
    const params = { ...small, num_iterations: 40, monotone_constraints: [1, -1, 0, 0, 0, 0] };
    const { model } = await train(learn, params);
    const grid = Float64Array.from({ length: 41 }, (_, i) => -3 + i * 0.15);
    for (const [feature, direction] of [
      [0, 1],
      [1, -1],
    ] as const) {
      for (let probe = 0; probe < 30; probe++) {
        const rows = selectRows(held, new Uint32Array(grid.length).fill(probe));
        const features = rows.features.map((column, f) =>
          f === feature && column.kind === 'numeric' ? { ...column, values: grid } : column,
        );
        const scores = await predictRaw(model, { ...rows, features });
        for (let i = 1; i < grid.length; i++)
          expect((scores[i]! - scores[i - 1]!) * direction).toBeGreaterThanOrEqual(0);
      }
    }
  });

  test('interaction constraints keep groups apart on every path', async () => {
    const groups = [
      [0, 2],
      [1, 3, 4, 5],
    ];
    const { model } = await train(learn, { ...small, interaction_constraints: groups });
    for (const tree of model.trees) {
      const walk = (node: number, path: readonly number[]): void => {
        if (node < 0) {
          expect(groups.some((group) => path.every((feature) => group.includes(feature)))).toBe(true);
          return;
        }
        const next = [...path, tree.splitFeature[node]!];
        walk(tree.leftChild[node]!, next);
        walk(tree.rightChild[node]!, next);
      };
      if (tree.numLeaves > 1) walk(0, []);
    }
  });

  test('leaves respect min_data_in_leaf, max_depth and num_leaves', async () => {
    const { model } = await train(learn, {
      num_iterations: 5,
      num_leaves: 12,
      max_depth: 4,
      min_data_in_leaf: 60,
    });
    for (const tree of model.trees) {
      expect(tree.numLeaves).toBeLessThanOrEqual(12);
      const depth = (node: number): number =>
        node < 0 ? 0 : 1 + Math.max(depth(tree.leftChild[node]!), depth(tree.rightChild[node]!));
      expect(depth(0)).toBeLessThanOrEqual(4);
      // Counts are estimated from hessians while splitting, as in LightGBM: they may be off by a little.
      expect(Math.min(...tree.leafCount)).toBeGreaterThan(40);
      expect(tree.leafCount.reduce((sum, count) => sum + count, 0)).toBe(2000);
    }
  });

  test.each(['goss', 'gbdt'] as const)('%s learns with sampled rows', async (boosting) => {
    const sampled = boosting === 'goss' ? {} : { bagging_fraction: 0.5, bagging_freq: 1 };
    const { model } = await train(learn, { ...small, num_iterations: 60, boosting, ...sampled });
    expect(rocAuc(held.label!, await predict(model, held))).toBeGreaterThan(0.73);
  });

  test('quantised gradients to a few levels still learn', async () => {
    const { model } = await train(learn, { ...small, num_iterations: 60, use_quantized_grad: true });
    expect(rocAuc(held.label!, await predict(model, held))).toBeGreaterThan(0.73);
  });

  test('multiclass gives probabilities that sum to one', async () => {
    const label =
      learn.features[3]!.kind === 'numeric'
        ? Float64Array.from(learn.features[3]!.values, (v) => Math.min(2, Math.floor(v / 2)))
        : undefined;
    const { model } = await train({ ...learn, label }, { ...small, objective: 'multiclass', num_class: 3 });
    const probabilities = await predict(model, learn);
    expect(probabilities.length).toBe(6000);
    for (let row = 0; row < 50; row++) {
      const own = probabilities.subarray(3 * row, 3 * row + 3);
      expect(own[0]! + own[1]! + own[2]!).toBeCloseTo(1, 12);
      expect(own.indexOf(Math.max(...own))).toBe(label![row]);
    }
  });

  test('regression follows a step', async () => {
    const x = Float64Array.from({ length: 400 }, (_, i) => i);
    const y = x.map((v) => (v < 150 ? 2 : 7));
    const { model } = await train(numericData({ x }, y), { objective: 'regression', num_iterations: 100 });
    const scores = await predict(model, numericData({ x }));
    expect(scores[20]).toBeCloseTo(2, 3);
    expect(scores[300]).toBeCloseTo(7, 3);
  });

  test('continues from an earlier model', async () => {
    const first = await train(learn, { ...small, num_iterations: 10 });
    const rest = await train(learn, { ...small, num_iterations: 10 }, { initModel: first.model });
    expect(rest.model.trees.length).toBe(20);
    const whole = await train(learn, { ...small, num_iterations: 20 });
    const apart =
      rocAuc(learn.label!, await predict(rest.model, learn)) -
      rocAuc(learn.label!, await predict(whole.model, learn));
    expect(Math.abs(apart)).toBeLessThan(0.01);
  });

  test('a custom objective equal to the built-in one gives the same splits', async () => {
    const own = await train(
      learn,
      { ...small, num_iterations: 3 },
      {
        customObjective(scores, { label }, gradient, hessian) {
          scores.forEach((score, row) => {
            const p = 1 / (1 + Math.exp(-score));
            gradient[row] = p - label![row]!;
            hessian[row] = p * (1 - p);
          });
        },
      },
    );
    const builtIn = await train(learn, { ...small, num_iterations: 3, boost_from_average: false });
    expect([...own.model.trees[2]!.splitFeature]).toEqual([...builtIn.model.trees[2]!.splitFeature]);
  });
});

describe('edge cases, as LightGBM', () => {
  test.each([
    ['one row', numericData({ x: [1] }, [1])],
    ['one class', numericData({ x: [1, 2, 3, 4] }, [0, 0, 0, 0])],
    ['a constant column', numericData({ x: [5, 5, 5, 5] }, [0, 1, 0, 1])],
    ['nothing but missing values', numericData({ x: [Number.NaN, Number.NaN] }, [0, 1])],
    ['tiny data', numericData({ x: [1, 2, 3, 4, 5] }, [0, 0, 1, 1, 1])],
  ])('%s gives a constant model', async (_, tiny) => {
    const { model } = await train(tiny);
    expect(model.trees.map((tree) => tree.numLeaves)).toEqual([1]);
    const [score] = await predict(model, tiny);
    const mean = tiny.label!.reduce((sum, y) => sum + y, 0) / tiny.rows;
    expect(score).toBeCloseTo(mean, 6);
  });

  test('infinite values split like very large ones', async () => {
    const x = Float64Array.from({ length: 200 }, (_, i) => (i < 50 ? -Infinity : i < 100 ? i : Infinity));
    const { model } = await train(
      numericData(
        { x },
        x.map((v) => (v === Infinity ? 1 : 0)),
      ),
      { num_iterations: 30 },
    );
    const scores = await predict(model, numericData({ x: [-Infinity, 60, Infinity] }));
    expect(scores[0]).toBeLessThan(0.1);
    expect(scores[2]).toBeGreaterThan(0.9);
  });

  test('extreme weights do not break the sums', async () => {
    const weight = Float64Array.from({ length: 2000 }, (_, i) => (i % 10 === 0 ? 1e6 : 1e-3));
    const { model } = await train({ ...learn, weight }, small);
    const scores = await predict(model, held);
    expect(scores.every((score) => Number.isFinite(score))).toBe(true);
  });
});

describe('mistakes have codes', () => {
  test.each([
    ['CH801', { num_leafs: 3 }],
    ['CH802', { drop_rate: 0.2 }],
    ['CH803', { learning_rate: -1 }],
    ['CH804', { monotone_constraints: [1] }],
    ['CH804', { is_unbalance: true, scale_pos_weight: 2 }],
    ['CH812', { early_stopping_round: 5 }],
  ])('%s for %o', async (code, params) => {
    expect(await codeOf(train(learn, params))).toBe(code);
  });

  test('labels, weights and lengths', async () => {
    expect(await codeOf(train({ ...learn, label: learn.label!.map((y) => y + 1) }))).toBe('CH806');
    expect(await codeOf(train({ ...learn, label: undefined }))).toBe('CH806');
    expect(await codeOf(train({ ...learn, weight: learn.label!.map(() => 0) }))).toBe('CH807');
    expect(await codeOf(train({ ...learn, label: new Float64Array(3) }))).toBe('CH805');
  });

  test('an aborted signal stops training', async () => {
    const abort = new AbortController();
    const running = train(
      learn,
      { num_iterations: 5000 },
      {
        signal: abort.signal,
        onIteration: ({ iteration }) => {
          if (iteration === 3) abort.abort();
        },
      },
    );
    expect(await codeOf(running)).toBe('CH814');
  });

  test('scoring without a column names the nearest one', async () => {
    const { model } = await train(learn, small);
    const features = learn.features.map((column) =>
      column.name === 'count' ? { ...column, name: 'counts' } : column,
    );
    await expect(predict(model, { ...learn, features })).rejects.toMatchObject({
      code: 'CH808',
      fix: 'Did you mean `counts`?',
    });
  });
});
