import { describe, expect, test } from 'vitest';
import type { ColumnTable, Located, PredictionConfig, TypedColumn } from '#core';
import { GoldProblem, goldDataset, labelledRows } from '../../../ops/gold/dataset.ts';
import { instantText, textAt } from '../../../ops/gold/gold-table.ts';

const at = { offset: 0, line: 1, column: 1 };
const span = { file: 'churn_project.yml', start: at, end: at };
const located = (value: string): Located<string> => ({ value, span });

const prediction: PredictionConfig = {
  model: located('customer_360'),
  entity: 'customer_id',
  predictionTime: 'prediction_time',
  label: 'churned',
  horizon: '30 days',
  cohort: 'cohort',
  exclude: ['secret'],
  actions: [],
  span,
};

const day = 86_400_000;
const january = Date.UTC(2024, 0, 1);
const number = (name: string, values: readonly number[]): TypedColumn => ({
  kind: 'number',
  name,
  type: 'DOUBLE',
  values: Float64Array.from(values),
});
const text = (name: string, codes: readonly number[], dictionary: readonly string[]): TypedColumn => ({
  kind: 'text',
  name,
  type: 'VARCHAR',
  codes: Int32Array.from(codes),
  dictionary,
});
const instant = (name: string, milliseconds: readonly number[]): TypedColumn => ({
  kind: 'timestamp',
  name,
  type: 'TIMESTAMP',
  values: BigInt64Array.from(milliseconds, (value) => BigInt(value) * 1000n),
});

const table: ColumnTable = {
  rows: 3,
  columns: [
    text('customer_id', [0, 1, 0], ['7', '8']),
    instant('prediction_time', [january, january, january + 31 * day]),
    text('cohort', [0, 1, 0], ['new_user', 'mature']),
    number('logins', [1, Number.NaN, 3]),
    number('secret', [1, 2, 3]),
    instant('last_login', [january, january, january]),
    {
      kind: 'boolean',
      name: 'churned',
      type: 'BOOLEAN',
      values: Uint8Array.of(1, 0, 0),
      nulls: Uint8Array.of(0, 0, 1),
    },
    { kind: 'boolean', name: 'is_paying', type: 'BOOLEAN', values: Uint8Array.of(1, 0, 1) },
  ],
};

const without = (name: string): ColumnTable => ({
  ...table,
  columns: table.columns.filter((column) => column.name !== name),
});

describe('the gold table as a data set', () => {
  const data = goldDataset(table, prediction, {
    weights: { column: 'cohort', values: { mature: 3 }, default: 1 },
  });

  test('takes every column without another role as a feature, instants aside', () => {
    expect(data.features.map(({ name, kind }) => `${name} ${kind}`)).toEqual([
      'cohort categorical',
      'logins numeric',
      'is_paying numeric',
    ]);
  });

  test('knows a label after the horizon, or when a column says so', () => {
    expect([...(data.labelKnownAt ?? [])]).toEqual([
      january + 30 * day,
      january + 30 * day,
      january + 61 * day,
    ]);
    const own = goldDataset(
      { ...table, columns: [...table.columns, instant('known', [1, 2, 3])] },
      { ...prediction, labelKnownAt: 'known' },
      undefined,
    );
    expect([...(own.labelKnownAt ?? [])]).toEqual([1, 2, 3]);
    expect(own.features.map(({ name }) => name)).not.toContain('known');
  });

  test('weighs rows by the column named, and slices by cohort', () => {
    expect([...(data.weight ?? [])]).toEqual([1, 3, 1]);
    expect(data.groups?.map(({ name, values }) => [name, values])).toEqual([
      ['cohort', ['new_user', 'mature']],
    ]);
  });

  test('keeps rows without a label for scoring, not for training', () => {
    expect(Number.isNaN(data.label?.[2] as number)).toBe(true);
    expect([...labelledRows(data)]).toEqual([0, 1]);
  });

  test('turns days until the event into its instant', () => {
    const timed = goldDataset(
      { ...table, columns: [...table.columns, number('days', [10, Number.NaN, 1])] },
      { ...prediction, daysUntilEvent: 'days' },
      undefined,
    );
    expect([...(timed.eventTime ?? [])]).toEqual([january + 10 * day, Number.NaN, january + 32 * day]);
  });

  test.each([
    ['a missing label', () => goldDataset(without('churned'), prediction, undefined), /no column `churned`/],
    [
      'a label that is text',
      () => goldDataset(table, { ...prediction, label: 'cohort' }, undefined),
      /VARCHAR, not a number/,
    ],
    [
      'a time that is a number',
      () => goldDataset(table, { ...prediction, predictionTime: 'logins' }, undefined),
      /DOUBLE, not a date/,
    ],
    [
      'no horizon',
      () => goldDataset(table, { ...prediction, horizon: undefined }, undefined),
      /when a label became known/,
    ],
    [
      'a horizon that is none',
      () => goldDataset(table, { ...prediction, horizon: 'soon' }, undefined),
      /`soon` is no horizon/,
    ],
  ])('refuses %s in words', (_, make, words) => {
    expect(make).toThrow(GoldProblem);
    expect(make).toThrow(words);
  });
});

test('cells read as people write them', () => {
  expect(table.columns.map((column) => textAt(column, 1))).toEqual([
    '8',
    '2024-01-01',
    'mature',
    null,
    '2',
    '2024-01-01',
    'false',
    'false',
  ]);
  expect(instantText(january + 3_661_000)).toBe('2024-01-01 01:01:01');
});
