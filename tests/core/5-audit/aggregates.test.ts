import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { beforeAll, describe, expect, test } from 'vitest';
import { isNullOfNothing, passesOverNulls } from '../../../core/5-audit/symbolic/null-arguments.ts';

/** What each aggregate is given; the first that binds is used. */
const lists = ['x', 'x > 2', 'x, x', 'x, 0.5', "x, ','", 'x::integer, 1, 9', 'x, 2'];
let duck: DuckDBConnection;
let names: string[] = [];

async function value(sql: string): Promise<string> {
  return JSON.stringify((await duck.runAndReadAll(sql)).getRowsJson()[0]?.[0]);
}

beforeAll(async () => {
  duck = await (await DuckDBInstance.create(':memory:')).connect();
  await duck.run('create table nothing as select 1 as k, null::integer as x');
  await duck.run('create table values_only as select 1 as k, unnest([3, 5]) as x');
  await duck.run('create table more as from values_only union all select 1, null order by x nulls last');
  await duck.run('create table first_more as from more order by x nulls first');
  const reader = await duck.runAndReadAll(
    `select distinct function_name from duckdb_functions() where function_type = 'aggregate' order by 1`,
  );
  names = reader.getRows().map(([name]) => String(name));
});

/** The arguments that an aggregate takes, of those we try. */
async function bound(name: string): Promise<string[]> {
  const found: string[] = [];
  for (const list of lists) {
    const runs = await value(`select ${name}(${list}) from values_only group by k`).then(
      () => true,
      () => false,
    );
    if (runs) found.push(list);
  }
  return found;
}

describe('NULL arguments, as DuckDB takes them', () => {
  test('what is said to pass over NULLs does', async () => {
    let asked = 0;
    for (const name of names.filter(passesOverNulls)) {
      // Samples and sketches may differ by themselves, and not by NULLs: asked for one value only.
      for (const list of await bound(name)) {
        const without = await value(`select ${name}(${list}) from values_only group by k`);
        for (const table of ['more', 'first_more'])
          expect(await value(`select ${name}(${list}) from ${table} group by k`), `${name}(${list})`).toBe(
            without,
          );
        asked += 1;
      }
    }
    expect(asked).toBeGreaterThan(70);
  });

  test('what is said to be NULL of nothing is', async () => {
    for (const name of names.filter((name) => isNullOfNothing(name) && passesOverNulls(name))) {
      for (const list of await bound(name))
        expect(await value(`select ${name}(${list}) from nothing group by k`), `${name}(${list})`).toBe(
          'null',
        );
    }
    for (const name of names.filter(isNullOfNothing)) {
      for (const list of await bound(name))
        expect(
          await value(`select ${name}(${list}) filter (where false) from values_only group by k`),
          `${name}(${list})`,
        ).toBe('null');
    }
  });
});
