import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { beforeAll, describe, expect, test } from 'vitest';
import { toDuckdb, toPlainForm } from '../../../core/6-emit/index.ts';
import { decodeSerialisedSql } from '../../../core/sql/index.ts';

/** Normalisation must not change what a query means: both forms run on DuckDB over the same rows. */
let connection: DuckDBConnection;

const columns: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  a: { id: 'INTEGER', k: 'INTEGER', x: 'DOUBLE', s: 'VARCHAR', ts: 'TIMESTAMP' },
  b: { id: 'INTEGER', k: 'INTEGER', y: 'DOUBLE', s: 'VARCHAR', ts: 'TIMESTAMP' },
  c: { k: 'INTEGER', z: 'DECIMAL(10,2)', d: 'DATE' },
};

beforeAll(async () => {
  connection = await (await DuckDBInstance.create(':memory:')).connect();
  const modulus: Readonly<Record<string, number>> = { a: 4, b: 3, c: 5 };
  for (const [table, fields] of Object.entries(columns)) {
    const values: Readonly<Record<string, string>> = {
      id: 'i',
      k: `case when i % 7 = 6 then null else i % ${modulus[table]} end`,
      x: 'case when i % 5 = 4 then null else i * 1.5 end',
      y: 'case when i % 4 = 3 then null else i * 2.5 end',
      z: 'i / 4.0',
      s: `case when i % 6 = 5 then null else 'v' || (i % 3) end`,
      ts: `timestamp '2024-01-01' + to_days((i * 3 % 40)::int)`,
      d: `date '2024-01-01' + i::int`,
    };
    const select = Object.entries(fields).map(
      ([name, type]) => `cast(${values[name]} as ${type}) as ${name}`,
    );
    await connection.run(`create table ${table} as select ${select.join(', ')} from range(12) as r(i)`);
  }
});

async function plain(sql: string): Promise<string> {
  const reader = await connection.runAndReadAll(`select json_serialize_sql('${sql.replaceAll("'", "''")}')`);
  const parsed = decodeSerialisedSql(String(reader.getRows()[0]?.[0]));
  if ('error' in parsed) throw new Error(`${parsed.error}\n${sql}`);
  const form = toPlainForm(parsed.query, ({ name }) =>
    Object.entries(columns[name] ?? {}).map(([column, type]) => ({ name: column, type })),
  );
  return toDuckdb(form);
}

async function rows(sql: string): Promise<string[]> {
  const reader = await connection.runAndReadAll(sql);
  return reader.getRowsJson().map((row) => JSON.stringify(row));
}

const unordered: readonly string[] = [
  'select * from a',
  'select * exclude (x) replace (k + 1 as k) from a',
  'select b.*, a.id as other from a join b on a.id = b.id',
  "select columns('^[ks]$') from a",
  'select * from a join b using (k)',
  'select k, x, y from a left join b using (k, s)',
  'select k, count(*) as n from a full join b using (k) group by k',
  'select k, y from a right join b using (k)',
  'select * from a natural join c',
  'select k, z from a join b using (k) join c using (k)',
  'select k, x from a semi join b using (k)',
  'select k, x from a anti join b using (k)',
  'select x * 2 as twice, twice + 1 as more from a where twice > 3',
  'select k as key, sum(x) as total from a group by key having total > 1',
  'select k, s, sum(x) from a group by 1, 2',
  'select k, s, sum(x), count(*) + 1 as n from a group by all',
  'select k, sum(x) as total from a group by grouping sets ((k), ())',
  'select s, k, x from a qualify row_number() over (partition by s order by id) = 1',
  'select s, k, row_number() over (partition by s order by id desc) as rn from a qualify rn <= 2',
  'select distinct on (s) s, k, id from a order by s, id desc',
  'select distinct k, s from a',
  'select a.id, m.top from a left join lateral (select max(y) as top from b where b.k = a.k) as m on true',
  'select id, (select max(y) from b where b.k = a.k) as top from a',
  'select id from a where exists (select 1 from b where b.k = a.k and y > x)',
  'select id from a where k in (select k from b) and k not in (select k from c where k is not null)',
  'with t as (select k, sum(x) as total from a group by k) select * from t join c using (k)',
  'with t(key, total) as (select k, sum(x) from a group by k) select key, total from t',
  'select * from (with t as (select k from b) select k as inner_k from t) as u join a on a.k = u.inner_k',
  'with t as (select 1 as v) select (with t as (select 2 as v) select v from t) as inner_v, v from t',
  'with recursive r(n) as (select 1 union all select n + 1 from r where n < 5) select n, n * n as square from r',
  'select k from a union select k from b',
  'select k, s from a union all by name select s, k from b',
  'select k from a except select k from b where k is not null',
  'select * from (values (1, null), (2, 3)) as v(p, q)',
  'select r.i, a.id from range(3) as r(i) join a on a.id = r.i',
  'select a.id, b.id as matched from a asof join b on a.k = b.k and a.ts >= b.ts',
  'select a.id, ts from a asof left join b using (k, ts)',
  'select sum(x) over (partition by s order by id rows between 1 preceding and current row) as moving, id from a',
  'select A.ID, "K" from A where S = \'v1\'',
  'select a.k as k, b.k as k2, count(*) filter (where x > y) as n from a, b group by all',
];

const ordered: readonly string[] = [
  'select k, id from a order by 1 nulls first, 2 desc limit 5',
  'select id, k from a order by all limit 7',
  'select distinct on (s) s, id from a order by s nulls first, x desc, id limit 3',
  'select s, id from a qualify rank() over (partition by s order by id) < 3 order by s, k nulls last, id desc limit 4 offset 1',
  'select k from a union all select k from b order by 1 nulls last limit 6',
];

describe('the plain form gives the same rows', () => {
  test.each(unordered)('%s', async (sql) => {
    const printed = await plain(sql);
    expect((await rows(printed)).sort(), printed).toEqual((await rows(sql)).sort());
  });

  test.each(ordered)('in the same order: %s', async (sql) => {
    const printed = await plain(sql);
    expect(await rows(printed), printed).toEqual(await rows(sql));
  });
});

test('the plain form names every column with its table', async () => {
  expect(await plain('select k, x from a join b using (k) where y > 1')).toBe(
    'select a.k, a.x\nfrom\n  a\n  join b on a.k = b.k\nwhere b.y > 1\n',
  );
});
