import { describe, expect, test } from 'vitest';
import {
  checkDataset,
  encodeCategories,
  fingerprint,
  predictRaw,
  readModel,
  selectFeatures,
  selectRows,
  train,
  writeModel,
} from '../../../ml/index.ts';
import { syntheticData } from '../data.ts';

const data = syntheticData(50);

describe('data sets', () => {
  test('categories are coded in order of appearance, null is missing', () => {
    const column = encodeCategories('plan', ['pro', 'free', null, 'pro']);
    expect([...column.codes]).toEqual([0, 1, -1, 0]);
    expect(column.dictionary).toEqual(['pro', 'free']);
  });

  test('selected rows take every column along', () => {
    const rows = Uint32Array.of(7, 7, 3);
    const groups = [
      { name: 'g', codes: Int32Array.from({ length: 50 }, (_, i) => i % 2), values: ['even', 'odd'] },
    ];
    const entity = Array.from({ length: 50 }, (_, i) => `customer ${i}`);
    const picked = selectRows(
      { ...data, groups, entity, initScore: Float64Array.from({ length: 100 }, (_, i) => i) },
      rows,
    );
    expect(picked.entity).toEqual(['customer 7', 'customer 7', 'customer 3']);
    expect([...picked.groups![0]!.codes]).toEqual([1, 1, 1]);
    expect([...picked.initScore!]).toEqual([14, 15, 14, 15, 6, 7]);
    expect(picked.label![2]).toBe(data.label[3]);
    expect(() => checkDataset(picked)).not.toThrow();
  });

  test('an unknown feature is named with its nearest', () => {
    expect(() => selectFeatures(data, ['skews'])).toThrow(
      expect.objectContaining({ code: 'CH808', fix: 'Did you mean `skew`?' }),
    );
  });

  test('the fingerprint follows values, names and labels', () => {
    const before = fingerprint(data);
    expect(fingerprint(syntheticData(50))).toBe(before);
    expect(fingerprint({ ...data, label: data.label.map((y) => 1 - y) })).not.toBe(before);
    expect(fingerprint(selectFeatures(data, ['a', 'b']))).not.toBe(before);
  });

  test.each([
    ['two features of one name', { features: [data.features[0]!, data.features[0]!] }],
    ['no rows', { rows: 0 }],
    [
      'a code outside its dictionary',
      { features: [{ ...encodeCategories('c', new Array(50).fill('x')), dictionary: [] }] },
    ],
  ])('%s is refused', (_, change) => {
    expect(() => checkDataset({ ...data, ...change })).toThrow(expect.objectContaining({ code: 'CH805' }));
  });
});

test.each([
  ['the same name', ['a', 'a']],
  ['names that blanks tell apart', ['a b', 'a_b']],
  ['no name', ['', 'b']],
])('%s is refused', (_, names) => {
  const features = names.map((name) => ({ kind: 'numeric' as const, name, values: Float64Array.of(1) }));
  expect(() => checkDataset({ rows: 1, features })).toThrow(expect.objectContaining({ code: 'CH805' }));
});

test('names with any other characters survive a model file', async () => {
  const names = [
    'ü€',
    '{x}',
    'a=b',
    'q"uote',
    'c:d,e',
    '[f]',
    'tab\tname',
    'back\\slash',
    '😀',
    'Tree=0',
    'end of trees',
  ];
  const rows = 120;
  const features = names.map((name, f) => ({
    kind: 'numeric' as const,
    name,
    values: Float64Array.from({ length: rows }, (_, row) => (row * (f + 3)) % 17),
  }));
  const label = Float64Array.from({ length: rows }, (_, row) => (features[4]!.values[row]! > 8 ? 1 : 0));
  const { model } = await train({ rows, features, label }, { num_iterations: 3 });
  const again = readModel(writeModel(model));
  expect(again.featureNames).toEqual(names.map((name) => name.replace(/\s/g, '_')));
  expect(await predictRaw(again, { rows, features })).toEqual(await predictRaw(model, { rows, features }));
});
