import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { commentsOf } from '../../../core/6-emit/deploy/comments.ts';
import { type TargetDialect, translate } from '../../../core/6-emit/translate.ts';
import { decodeSerialisedSql } from '../../../core/sql/index.ts';

let duck: DuckDBConnection;
beforeAll(async () => {
  duck = await (await DuckDBInstance.create(':memory:')).connect();
});
afterAll(() => duck.closeSync());

const columns = ['a', 'b', 'c'].map((name) => ({ name, type: 'INTEGER' }));

async function translated(sql: string, target: TargetDialect = 'fabric'): Promise<string> {
  const reader = await duck.runAndReadAll(`select json_serialize_sql('${sql.replaceAll("'", "''")}')`);
  const parsed = decodeSerialisedSql(String(reader.getRows()[0]?.[0]));
  if ('error' in parsed) throw new Error(parsed.error);
  const { sql: text, refusals } = translate(
    parsed.query,
    target,
    () => columns,
    [],
    commentsOf(sql, parsed.query),
  );
  expect(refusals).toEqual([]);
  return text ?? '';
}

test('comments stay with what they stand at', async () => {
  const sql = `-- What it is.
with
-- Rows that count.
kept as (
  select
    a, -- the key
    -- the sum of both
    b + c as total /* in
      euros */
  from t
  where a > 0 -- no tests
    -- nor what is late
    and b > 1
)
select a, total from kept -- all of it`;
  expect(await translated(sql)).toBe(`-- What it is.
with
-- Rows that count.
[kept] as (
  select
    -- the key
    [t].[a],
    -- the sum of both
    -- in
    -- euros
    ([t].[b] + [t].[c]) as [total]
  from [t]
  where
    -- no tests
    [t].[a] > 0
    -- nor what is late
    and [t].[b] > 1
)
select
  [kept].[a],
  -- all of it
  [kept].[total]
from [kept]
`);
});

test('what looks like a comment within a text or a name is none', async () => {
  const sql = `select '-- no' as x, "a" as "/* no */", $$ -- no $$ as y from t`;
  const text = await translated(sql);
  expect(text.split('\n').filter((line) => line.trim().startsWith('--'))).toEqual([]);
  expect(text).toContain("'-- no'");
});

test('a comment whose place is gone stands before the query', async () => {
  const sql = 'select a from t order by b -- the latest\nlimit 3';
  expect(await translated(sql)).toMatch(/-- the latest\n/);
  expect(await translated('select /* all */ * from t', 'spark')).toMatch(/^-- all\n/);
});

test('every comment is kept once', async () => {
  const sql = [
    'select -- one',
    '  case when a > 1 then 2 -- two',
    '    else 3 end as x, -- three',
    '  -- four',
    '  max(b) filter (where c > 1 -- five',
    '  ) as m',
    'from t -- six',
    'join u on t.a = u.a -- seven',
    '  and t.b = u.b -- eight',
    'group by all -- nine',
    'having max(c) > 1 -- ten',
  ].join('\n');
  const text = await translated(sql);
  for (const word of 'one two three four five six seven eight nine ten'.split(' '))
    expect(text.split(`-- ${word}\n`).length, word).toBe(2);
});
