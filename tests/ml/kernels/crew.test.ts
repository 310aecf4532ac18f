import { describe, expect, test } from 'vitest';
import { binDataset, fitMappers } from '../../../ml/binning/binned.ts';
import { type Dataset, resolveParams, train, writeModel } from '../../../ml/index.ts';
import { crew } from '../../../ml/kernels/crew.ts';
import type { GrowCommand } from '../../../ml/kernels/grow-shared.ts';
import { cellsOf, layoutOf } from '../../../ml/kernels/layout.ts';
import { loadModule, sharedMemory } from '../../../ml/kernels/wasm.ts';
import { randomSequence } from '../../../ml/random.ts';
import { treeSpec } from '../../../ml/training/booster.ts';
import { syntheticData } from '../data.ts';

describe('a crew of workers', () => {
  const data = syntheticData(5000);
  const params = resolveParams({});
  const mappers = fitMappers(data, params);
  const { used } = binDataset(data, mappers);
  const cells = cellsOf(mappers, used);
  const layout = layoutOf({ rows: 5000, cells, threads: 2, slots: 32, leaves: 31, given: false });
  const command: GrowCommand = {
    spec: treeSpec(params, used.length, 0, { gradient: 1, hessian: 1, narrow: false }),
    sampled: null,
    narrow: false,
    scaleG: 1,
    scaleH: 1,
    mix: 0,
    stochastic: false,
    logistic: { sigmoid: 1, update: false },
    measured: null,
    shrinkage: 1,
  };
  const setup = {
    module: loadModule()!,
    memory: sharedMemory(layout.bytes)!,
    layout,
    rows: 5000,
    used,
    threads: 2,
  };

  test('a worker that dies ends the training with an error, and so do later calls', async () => {
    // Without mappers the workers break in the middle of a tree, one of them waiting for the other.
    const broken = crew({ ...setup, mappers: [] });
    // Two orders at once, as a training gives them, and one after the death.
    const [first, second] = [broken.grow(command), broken.grow(command)];
    await expect(first).rejects.toMatchObject({ code: 'CH815' });
    await expect(second).rejects.toMatchObject({ code: 'CH815' });
    await expect(broken.grow(command)).rejects.toMatchObject({ code: 'CH815' });
    await broken.close();
  });

  test('a closed crew does nothing any more', async () => {
    const closed = crew({ ...setup, mappers });
    await closed.close();
    await expect(closed.grow(command)).rejects.toMatchObject({ code: 'CH815' });
  });
});

describe('rows of any width', () => {
  test.each([1, 7, 8, 9, 16, 17, 31, 33, 48, 50, 64, 65, 80])('%d columns', async (width) => {
    const random = randomSequence(width);
    const rows = 6000;
    const features = Array.from({ length: width }, (_, f) => ({
      kind: 'numeric' as const,
      name: `f${f}`,
      values: Float64Array.from({ length: rows }, () => Math.floor(random() * (f % 3 === 0 ? 400 : 9))),
    }));
    const first = features[0]!.values;
    const label = first.map((x) => (random() < 0.2 + x / 700 ? 1 : 0));
    const data: Dataset = { rows, features, label };
    const params = { num_iterations: 2, bagging_fraction: 0.8, bagging_freq: 1, num_threads: 1 };
    const [fast, plain] = await Promise.all([train(data, params), train(data, params, { engine: 'plain' })]);
    expect(writeModel(fast.model)).toBe(writeModel(plain.model));
  });
});
