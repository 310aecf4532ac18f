import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { beforeAll, describe, expect, test } from 'vitest';
import { type ScopeColumn, translate } from '../../../core/6-emit/index.ts';
import { decodeSerialisedSql } from '../../../core/sql/index.ts';
import { cases } from '../../peers/dialects/cases.ts';
import { rejected } from '../../peers/dialects/fabric-rejects.ts';

/**
 * No T-SQL engine runs here. What is printed is held by goldens that were read by eye, and by two foreign parsers
 * in tests/peers/dialects.sh; its meaning on a Fabric Warehouse was not run.
 */
const peers = join(import.meta.dirname, '../../peers/dialects');
const golden = join(import.meta.dirname, '../../golden/fabric');
const catalog = new Map<string, ScopeColumn[]>();
let duck: DuckDBConnection;

beforeAll(async () => {
  duck = await (await DuckDBInstance.create(':memory:')).connect();
  await duck.run(readFileSync(join(peers, 'tables.sql'), 'utf8'));
  const reader = await duck.runAndReadAll('select table_name, column_name, data_type from duckdb_columns()');
  for (const [table, name, type] of reader.getRows()) {
    const columns = catalog.get(String(table)) ?? [];
    columns.push({ name: String(name), type: String(type) });
    catalog.set(String(table), columns);
  }
});

async function translated(sql: string) {
  const reader = await duck.runAndReadAll(`select json_serialize_sql('${sql.replaceAll("'", "''")}')`);
  const parsed = decodeSerialisedSql(String(reader.getRows()[0]?.[0]));
  if ('error' in parsed) throw new Error(`${parsed.error}\n${sql}`);
  return translate(parsed.query, 'fabric', ({ name }) => catalog.get(name));
}

const groups = [...new Set(cases.map(({ group }) => group))];

describe('T-SQL for a Fabric Warehouse', () => {
  test.each(groups)('%s', async (group) => {
    const printed: string[] = [];
    for (const { sql } of cases.filter((entry) => entry.group === group)) {
      const { sql: tsql, refusals } = await translated(sql);
      const refused = refusals.map(({ what, why, rewrite }) => `-- refused: ${what}: ${why}; ${rewrite}\n`);
      printed.push(`-- ${sql.replaceAll('\n', '\\n')}\n${tsql ?? refused.join('')}`);
    }
    await expect(printed.join('\n')).toMatchFileSnapshot(join(golden, `${group}.sql`));
  });

  test('translates nineteen of twenty cases and refuses the rest with a rewrite', async () => {
    const all = await Promise.all(cases.map(({ sql }) => translated(sql)));
    const refused = all.filter(({ sql }) => sql === undefined);
    expect(refused.length).toBeLessThanOrEqual(cases.length / 20);
    for (const { rewrite } of refused.flatMap(({ refusals }) => refusals)) expect(rewrite).not.toBe('');
  });

  test('writes nothing that a warehouse is known to reject', async () => {
    const all = await Promise.all(cases.map(async ({ sql }) => (await translated(sql)).sql ?? ''));
    expect(all.flatMap((sql) => rejected(sql).map((why) => `${why}\n${sql}`))).toEqual([]);
  });

  test.each([
    ['select sum(case when x in (select y from u) then 1 end) from t', 'a query inside an aggregate'],
    ['select cast(a as nvarchar(10))', 'nvarchar'],
    ['create table t (a datetime2)', 'datetime2'],
    ['select * from (with a as (select 1 as x) select x from a) as b', 'CTE'],
    ['begin transaction;\nalter table t add x int null;\ncommit transaction', 'ALTER TABLE'],
    ['select * from (select a from t order by a) as x', 'ORDER BY'],
    ['select last_value(a) ignore nulls over (order by b) from t', 'IGNORE NULLS'],
    ['select 1;\ncreate or alter view v as select 1 as x', 'alone'],
  ])('knows that a warehouse rejects %s', (sql, what) => {
    expect(rejected(sql).join()).toContain(what);
  });

  test('says nothing twice before a predicate', async () => {
    const { sql } = await translated(
      'select not flag as a, not (n is distinct from 1) as b from events where not not flag',
    );
    expect(sql).not.toMatch(/not not/);
  });

  test('steps by months only from a day that every month has', async () => {
    const series = (start: string) =>
      `select d from generate_series(${start}, timestamp '2024-09-01', interval 1 month) as g(d)`;
    const day = await translated(series("date_trunc('day', timestamp '2024-01-31')"));
    expect(day.refusals).toHaveLength(1);
    const month = await translated(series("date_trunc('month', timestamp '2024-01-31')"));
    expect(month.refusals).toEqual([]);
  });
});
