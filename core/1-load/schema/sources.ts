import { z } from 'zod';
import { duration, sourceColumn, tests } from './columns.ts';
import { configSchema } from './config.ts';
import { foreignSourceKeys, foreignTableKeys } from './foreign.ts';
import { anyMapping, anything, listOf, mapping, nonEmpty, oneOf, oneOrList, orJinja, text } from './shape.ts';

const threshold = mapping(
  'a freshness threshold',
  {},
  { count: orJinja(z.int().min(0)), period: oneOf('minute', 'hour', 'day') },
);

const freshness = mapping('`freshness`', {}, { warn_after: threshold, error_after: threshold, filter: text });

const shared = {
  description: text,
  database: text,
  schema: text,
  loader: text,
  loaded_at_field: nonEmpty,
  available_at: nonEmpty,
  freshness,
  tags: oneOrList(nonEmpty),
  meta: anyMapping,
  config: configSchema('source'),
};

const table = mapping(
  'a table of a source',
  { name: nonEmpty },
  {
    ...shared,
    identifier: nonEmpty,
    location: nonEmpty,
    read_options: anyMapping,
    axioms: listOf(nonEmpty),
    history: duration,
    primary_key: oneOrList(nonEmpty),
    columns: listOf(sourceColumn),
    tests,
    data_tests: tests,
    docs: anything,
  },
  foreignTableKeys,
);

/** An entry of `sources:`: dbt's keys, and where the data lies and when it is known. */
export const source: z.ZodType = mapping(
  'a source',
  { name: nonEmpty },
  { ...shared, tables: listOf(table) },
  foreignSourceKeys,
);
