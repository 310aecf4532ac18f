import { DuckDBInstance } from '@duckdb/node-api';
import { beforeAll, describe, expect, test } from 'vitest';
import { toDuckdb } from '../../../core/6-emit/index.ts';
import { decodeSerialisedSql } from '../../../core/sql/index.ts';
import { queries } from './queries.ts';

/**
 * A printer is right when DuckDB parses what it prints to the tree it was given. Offsets are left out of
 * the comparison: the text is laid out anew.
 */
let serialise: (sql: string) => Promise<string>;

beforeAll(async () => {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  serialise = async (sql) => {
    const quoted = `'${sql.replaceAll("'", "''")}'`;
    const reader = await connection.runAndReadAll(`select json_serialize_sql(${quoted})`);
    return String(reader.getRows()[0]?.[0]);
  };
});

async function parse(sql: string) {
  const parsed = decodeSerialisedSql(await serialise(sql));
  if ('error' in parsed) throw new Error(`${parsed.error}\n${sql}`);
  return parsed.query;
}

/** Drops offsets, aliases that repeat the column's name, and spellings that DuckDB itself changes. */
function meaning(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(meaning);
  if (value === null || typeof value !== 'object') return value;
  const node = value as { kind?: string; name?: string; alias?: string; path?: readonly string[] };
  const implied = node.kind === 'column' && node.path?.at(-1) === node.alias;
  const entries = Object.entries(value)
    .filter(([key]) => key !== 'at' && !(implied && key === 'alias'))
    .map(([key, child]) => [key, meaning(child)] as const);
  return node.name === 'position'
    ? { ...Object.fromEntries(entries), name: 'strpos' }
    : Object.fromEntries(entries);
}

describe('what is printed parses back to the same tree', () => {
  test.each(queries)('%s', async (sql) => {
    const tree = await parse(sql);
    const printed = toDuckdb(tree);
    expect(meaning(await parse(printed)), printed).toEqual(meaning(tree));
  });

  test('printing is stable', async () => {
    for (const sql of queries) {
      const once = toDuckdb(await parse(sql));
      expect(toDuckdb(await parse(once))).toBe(once);
    }
  });
});

test('a syntax error comes back with its offset', async () => {
  expect(decodeSerialisedSql(await serialise('select a frm t where'))).toMatchObject({
    error: expect.any(String),
    at: expect.any(Number),
  });
});
