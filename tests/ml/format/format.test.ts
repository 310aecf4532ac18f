import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatG } from '../../../ml/format/numbers.ts';
import {
  type Dataset,
  encodeCategories,
  MlError,
  predictRaw,
  readModel,
  shapValues,
  train,
  writeModel,
} from '../../../ml/index.ts';
import { syntheticData } from '../data.ts';

/** Models written by LightGBM 4.7, with its own scores and contributions for a few rows. */
const fixtures = join(import.meta.dirname, '../fixtures');
const textOf = (name: string): string => readFileSync(join(fixtures, `${name}.txt`), 'utf8');

interface Expected {
  readonly columns: Readonly<Record<string, readonly (number | string | null)[]>>;
  readonly raw: readonly number[];
  readonly contrib?: readonly number[];
}

function load(name: string): { data: Dataset; expected: Expected } {
  const expected = JSON.parse(readFileSync(join(fixtures, `${name}.json`), 'utf8')) as Expected;
  const features = Object.entries(expected.columns).map(([column, values]) =>
    typeof values[0] === 'string'
      ? encodeCategories(column, values as string[])
      : {
          kind: 'numeric' as const,
          name: column,
          values: Float64Array.from(values, (v) => (v === null ? Number.NaN : Number(v))),
        },
  );
  return { data: { rows: Object.values(expected.columns)[0]!.length, features }, expected };
}

describe('models written by LightGBM', () => {
  test.each(['binary', 'multiclass', 'linear', 'zero'])('%s is rewritten byte for byte', (name) => {
    expect(writeModel(readModel(textOf(name)))).toBe(textOf(name));
  });

  test.each(['binary', 'multiclass', 'linear', 'zero'])('%s scores the same here', async (name) => {
    const { data, expected } = load(name);
    const raw = await predictRaw(readModel(textOf(name)), data);
    expected.raw.forEach((score, i) => {
      expect(raw[i]).toBeCloseTo(score, 12);
    });
  });

  test.each(['binary', 'multiclass', 'zero'])('%s is explained the same here', async (name) => {
    const { data, expected } = load(name);
    const { values, expected: base, classes } = await shapValues(readModel(textOf(name)), data);
    const width = data.features.length + 1;
    expected.contrib!.forEach((contribution, i) => {
      const cell = Math.floor(i / width);
      const f = i % width;
      const ours = f === width - 1 ? base[cell % classes]! : values[cell * (width - 1) + f]!;
      expect(ours).toBeCloseTo(contribution, 12);
    });
  });

  test('Windows line ends and missing optional fields are read', async () => {
    const { data, expected } = load('binary');
    const text = textOf('binary')
      .replace(/^(internal_|split_gain|leaf_weight).*\n/gm, '')
      .replace(/\n/g, '\r\n');
    const raw = await predictRaw(readModel(text), data);
    expect(raw[3]).toBeCloseTo(expected.raw[3]!, 12);
  });

  test('linear trees are scored and not explained', async () => {
    const { data } = load('linear');
    await expect(shapValues(readModel(textOf('linear')), data)).rejects.toMatchObject({ code: 'CH810' });
  });
});

describe('our models', () => {
  test.each([
    {},
    { objective: 'regression' as const },
    { zero_as_missing: true },
    { use_missing: false },
    { monotone_constraints: [1, 0, 0, -1, 0, 0] },
  ])('survive write-read-write and keep their scores: %o', async (params) => {
    const data = syntheticData(800);
    const { model } = await train(data, { num_iterations: 8, num_leaves: 9, ...params });
    const text = writeModel(model);
    expect(writeModel(readModel(text))).toBe(text);
    expect(await predictRaw(readModel(text), data)).toEqual(await predictRaw(model, data));
  });

  test('keep their dictionary: codes of another order score the same', async () => {
    const data = syntheticData(800);
    const { model } = await train(data, { num_iterations: 8, min_data_per_group: 5, cat_smooth: 1 });
    const plan = data.features[5]!;
    if (plan.kind !== 'categorical') throw new Error('plan is categorical');
    const words = Array.from(plan.codes, (code) => plan.dictionary[code] ?? null).reverse();
    const reversed = encodeCategories('plan', words);
    const shuffled = { ...reversed, codes: reversed.codes.slice().reverse() };
    const other = { ...data, features: [...data.features.slice(0, 5), shuffled] };
    expect(await predictRaw(readModel(writeModel(model)), other)).toEqual(await predictRaw(model, data));
  });
});

describe('a damaged model text', () => {
  const text = textOf('binary');
  test.each([
    ['is no model', 'hello'],
    ['is cut off', text.slice(0, 900)],
    ['has a tree with too few thresholds', text.replace(/^threshold=\S+ /m, 'threshold=')],
    ['has a child out of place', text.replace(/^left_child=\S+/m, 'left_child=0')],
    ['splits on a feature it has not', text.replace(/^split_feature=\S+/m, 'split_feature=77')],
  ])('that %s is refused', (_, damaged) => {
    expect(() => readModel(damaged)).toThrowError(MlError);
    expect(() => readModel(damaged)).toThrow(/cannot be read/);
  });
});

describe('numbers', () => {
  test.each([
    [0.1, '0.10000000000000001'],
    [1e-35, '1e-35'],
    [868.2, '868.20000000000005'],
    [12433978515625 / 64e9, '194.28091430664062'],
    [-0.5, '-0.5'],
    [123456789, '123456789'],
    [1e300, '1.0000000000000001e+300'],
    [Number.POSITIVE_INFINITY, 'inf'],
  ])('%d is written as C writes it', (x, text) => {
    expect(formatG(x, 17)).toBe(text);
  });

  test('17 digits bring every double back', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (x) =>
        Object.is(Number(formatG(x, 17)), x),
      ),
    );
  });
});
