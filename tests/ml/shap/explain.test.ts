import { expect, test } from 'vitest';
import { explain, predict, selectRows, train } from '../../../ml/index.ts';
import { syntheticData } from '../data.ts';

const data = syntheticData(900, 5);
const some = selectRows(
  data,
  Uint32Array.from({ length: 80 }, (_, i) => i * 3),
);
const { model } = await train(data, { num_iterations: 20, num_leaves: 8 });

test('an explanation holds the predictions, and contributions that add up to the raw score of every row', async () => {
  const explained = await explain(model, some);
  expect(explained.predictions).toEqual(await predict(model, some));
  for (let row = 0; row < some.rows; row++) {
    const { score, contributions } = explained.row(row);
    expect(score).toBeCloseTo(explained.raw[row]!, 9);
    expect(explained.drivers(row, 2)).toEqual(contributions.slice(0, 2));
  }
  expect(explained.importance.map(({ feature }) => feature).sort()).toEqual(
    some.features.map(({ name }) => name).sort(),
  );
});

test('against a background, contributions add up in probabilities', async () => {
  const background = selectRows(data, Uint32Array.of(1, 2, 3, 5, 8, 13, 21));
  const explained = await explain(model, some, { background, space: 'probability' });
  expect(explained.row(4).space).toBe('probability');
  expect(explained.row(4).score).toBeCloseTo(explained.predictions[4]!, 9);
});
