import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Engine } from '../../../../core/5-audit/engine.ts';
import { decodePlan, UnknownShape } from '../../../../core/sql/index.ts';

/** Shapes of DuckDB's plans that the audit reads: pinned, because the format is internal to DuckDB. */
const queries: Readonly<Record<string, string>> = {
  'left join':
    'select a.x, count(b.y) filter (where b.y > 1) as n from a left join b on b.x = a.x and b.t <= a.t - interval 30 days group by all',
  correlated: 'select a.x, (select max(b.t) from b where b.x = a.x and b.t < a.t) as last from a',
  exists: 'select a.x from a where not exists (select 1 from b where b.x = a.x)',
  asof: 'select a.x, b.y from a asof left join b on a.x = b.x and a.t >= b.t',
  window:
    'select sum(y) over (partition by x order by t range between interval 7 days preceding and current row) as s from b qualify row_number() over (partition by x order by t) = 1',
  recursive:
    'with recursive r as (select x from a union all select r.x + 1 from r where r.x < 3) select * from r',
  sets: 'select x from a except all select x from b',
  rollup: 'select x, y, count(*) as n from b group by rollup (x, y)',
  'distinct on': 'select distinct on (x) x, y from b order by x, t desc',
  case: "select case when t is null then coalesce(y, 0) else nullif(y, 1) end as c, x in (1, 2) as i, t between timestamp '2024-01-01' and t as w from b",
};

let engine: Engine;
beforeAll(async () => {
  engine = await Engine.open();
  await engine.run(
    'create table a(x integer, t timestamp); create table b(x integer, y integer, t timestamp)',
  );
});
afterAll(() => engine.close());

describe('decodePlan', () => {
  test.each(Object.keys(queries))('%s is read as pinned', async (name) => {
    const plan = decodePlan(await engine.plan(queries[name] as string));
    await expect(`${JSON.stringify(plan, null, 1)}\n`).toMatchFileSnapshot(
      join(import.meta.dirname, `../../../golden/plan/${name.replace(' ', '-')}.json`),
    );
  });

  test('tells of errors', async () => {
    expect(decodePlan(await engine.plan('select nothing from a'))).toHaveProperty('error');
  });

  test('is loud about a field it does not know', async () => {
    const text = (await engine.plan(queries.asof as string))
      .replace('"asof":', '"asof":')
      .replace(/"join_type"/, '"surprise":1,"join_type"');
    expect(() => decodePlan(text)).toThrow(UnknownShape);
  });

  test('keeps an operator it does not know as opaque, with what is beneath', async () => {
    const plan = JSON.stringify(decodePlan(await engine.plan('select * from a positional join b')));
    expect(plan).toContain('"what":"LOGICAL_POSITIONAL_JOIN"');
    expect(plan).toContain('"table":"b"');
  });
});
