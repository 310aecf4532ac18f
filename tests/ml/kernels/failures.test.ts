import type { Worker } from 'node:worker_threads';
import { afterEach, expect, test, vi } from 'vitest';
import { train, writeModel } from '../../../ml/index.ts';
import { syntheticData } from '../data.ts';

const data = syntheticData(120_000, 4);
const params = { num_iterations: 400, num_leaves: 31, num_threads: 2 };

afterEach(() => {
  vi.restoreAllMocks();
});

test('a worker that is killed in the middle of training ends it with an error, soon', async () => {
  const alive: Worker[] = [];
  const seen = (worker: Worker): void => {
    alive.push(worker);
  };
  process.on('worker', seen);
  const killed = train(data, params, {
    onIteration: ({ iteration }) => {
      if (iteration === 3) void alive[1]!.terminate();
    },
  });
  await expect(killed).rejects.toMatchObject({ code: 'CH815' });
  process.off('worker', seen);
  expect(alive).toHaveLength(2);
}, 20_000);

const small = syntheticData(400, 4);

test('without memory for the kernels the plain trainer gives the same model', async () => {
  const { WebAssembly: wasm } = globalThis as unknown as { WebAssembly: { Memory: unknown } };
  const few = { num_iterations: 5 };
  const expected = writeModel((await train(small, few)).model);
  const memory = vi.spyOn(wasm as { Memory: () => void }, 'Memory').mockImplementation(function refuse() {
    throw new RangeError('WebAssembly.Memory(): could not allocate memory');
  });
  expect(writeModel((await train(small, few)).model)).toBe(expected);
  expect(memory).toHaveBeenCalled();
});

test('no memory at all is an error in words', async () => {
  const customObjective = (): void => {
    new Float64Array(2 ** 46); // as large as a computer has not
  };
  await expect(train(small, {}, { customObjective })).rejects.toMatchObject({
    code: 'CH815',
    message: 'There is not enough memory to train on 400 rows of 6 features.',
  });
});
