import { z } from 'zod';
import { dataTest } from './data-tests.ts';
import { foreignModelColumnKeys, foreignSourceColumnKeys } from './foreign.ts';
import {
  anyMapping,
  checkedBy,
  flag,
  isMapping,
  listOf,
  mapping,
  nonEmpty,
  oneOf,
  oneOrList,
  text,
} from './shape.ts';

const constraintTypes = ['not_null', 'unique', 'primary_key', 'foreign_key', 'check', 'custom'] as const;

/** A constraint of a contract, on a column or a whole model. */
export const constraint: z.ZodType = mapping(
  'a constraint',
  { type: oneOf(...constraintTypes) },
  {
    name: text,
    expression: text,
    columns: listOf(nonEmpty),
    to: text,
    to_columns: listOf(nonEmpty),
    warn_unenforced: flag,
    warn_unsupported: flag,
  },
);

/** `30 days`, `2 weeks`, `12 hours`: a length of time as DuckDB's interval takes it. */
export const duration: z.ZodType = z
  .string()
  .regex(/^\s*\d+\s*(second|minute|hour|day|week|month|quarter|year)s?\s*$|\{[{%]/i, {
    error: 'a length of time such as `30 days`',
  });

const common = {
  description: text,
  data_type: nonEmpty,
  tests: listOf(dataTest('column')),
  data_tests: listOf(dataTest('column')),
  constraints: listOf(constraint),
  tags: oneOrList(nonEmpty),
  meta: anyMapping,
  quote: flag,
  config: checkedBy((value, checker) => {
    if (!isMapping(value)) return checker.hold(anyMapping, value);
    checker.hold(
      mapping('the configuration of a column', {}, { tags: oneOrList(nonEmpty), meta: anyMapping }),
      value,
    );
  }),
};

export const modelColumn: z.ZodType = mapping(
  'a column',
  { name: nonEmpty },
  {
    ...common,
    role: z.enum(['label', 'feature', 'key', 'weight', 'ignore']),
    horizon: duration,
    window: duration,
  },
  foreignModelColumnKeys,
);

export const sourceColumn: z.ZodType = mapping(
  'a column of a source',
  { name: nonEmpty },
  { ...common, available_at: nonEmpty },
  foreignSourceColumnKeys,
);

export const tests: z.ZodType = listOf(dataTest('node'));
