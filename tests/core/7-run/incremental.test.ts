import { describe, expect, test } from 'vitest';
import type { NodeConfig } from '../../../core/2-render/index.ts';
import type { DuckDbAdapter } from '../../../core/7-run/index.ts';
import { build, column, dataTest, folder, graphOf, model, openIn, rows, statuses } from './fixtures.ts';

const name = 'orders';

function incremental(sql: string, config: Partial<NodeConfig> = {}, more: string | undefined = undefined) {
  return model(name, sql, { config: { materialized: 'incremental', ...config }, incremental: more });
}

async function table(adapter: DuckDbAdapter) {
  return rows(adapter, `select * from main_test.${name} order by all`);
}

/** Builds `first`, then `second`; answers with the action of the second build and the table. */
async function twice(first: string, second: string, config: Partial<NodeConfig>, options = {}) {
  const root = folder();
  const adapter = await openIn(root);
  expect(statuses(await build(adapter, root, graphOf(incremental(first, config))))).toEqual({
    [name]: 'success',
  });
  const outcome = await build(adapter, root, graphOf(incremental(second, config)), options);
  const message = outcome.results[0]?.message ?? outcome.diagnostics[0]?.code;
  return { message, rows: await table(adapter), adapter, outcome };
}

const before = "select * from (values (1, 'a'), (2, 'b')) t(id, v)";
const after = "select * from (values (2, 'B'), (3, 'c')) t(id, v)";

describe('incremental models', () => {
  test('append', async () => {
    const { message, rows: found } = await twice(before, after, { incrementalStrategy: 'append' });
    expect(message).toBe('append, 2 rows');
    expect(found).toEqual([
      [1, 'a'],
      [2, 'B'],
      [2, 'b'],
      [3, 'c'],
    ]);
  });

  test.each(['delete+insert', 'merge'] as const)('%s by a key', async (incrementalStrategy) => {
    const { message, rows: found } = await twice(before, after, { incrementalStrategy, uniqueKey: ['id'] });
    expect(message).toBe(`${incrementalStrategy}, 2 rows`);
    expect(found).toEqual([
      [1, 'a'],
      [2, 'B'],
      [3, 'c'],
    ]);
  });

  test('delete+insert by several keys, with predicates', async () => {
    const raw = { incremental_predicates: ["DBT_INTERNAL_DEST.v <> 'keep'"] };
    const { rows: found } = await twice(
      "select * from (values (1, 1, 'a'), (1, 2, 'keep')) t(a, b, v)",
      "select * from (values (1, 1, 'A'), (1, 2, 'new')) t(a, b, v)",
      { uniqueKey: ['a', 'b'], raw },
    );
    expect(found).toEqual([
      [1, 1, 'A'],
      [1, 2, 'keep'],
      [1, 2, 'new'],
    ]);
  });

  test('merge updates only the columns asked for', async () => {
    const first = "select 1 as id, 'a' as v, 10 as n";
    const second = "select 1 as id, 'z' as v, 20 as n";
    const config = { incrementalStrategy: 'merge', uniqueKey: ['id'] } as const;
    const only = await twice(first, second, { ...config, raw: { merge_update_columns: ['n'] } });
    expect(only.rows).toEqual([[1, 'a', 20]]);
    const except = await twice(first, second, { ...config, raw: { merge_exclude_columns: ['n'] } });
    expect(except.rows).toEqual([[1, 'z', 10]]);
  });

  test('renders as incremental only when the table exists and no full refresh is asked for', async () => {
    const root = folder();
    const adapter = await openIn(root);
    const sql = 'select 1 as id';
    const more = 'select max(id) + 1 as id from main_test.orders';
    const graph = graphOf(incremental(sql, {}, more));
    await build(adapter, root, graph);
    await build(adapter, root, graph);
    expect(await table(adapter)).toEqual([[1], [2]]);
    await build(adapter, root, graph, { fullRefresh: true });
    expect(await table(adapter)).toEqual([[1]]);
    await build(adapter, root, graphOf(incremental(sql, { fullRefresh: false }, more)), {
      fullRefresh: true,
    });
    expect(await table(adapter)).toEqual([[1], [2]]);
  });

  test('a failing test takes the new rows back', async () => {
    const root = folder();
    const adapter = await openIn(root);
    const unique = dataTest('u', 'select id from main_test.orders group by id having count(*) > 1', [
      'model.shop.orders',
    ]);
    const graph = (sql: string) => graphOf(incremental(sql, { incrementalStrategy: 'append' }), unique);
    await build(adapter, root, graph(before));
    expect(statuses(await build(adapter, root, graph(after)))).toEqual({ u: 'fail', orders: 'fail' });
    expect(await table(adapter)).toEqual([
      [1, 'a'],
      [2, 'b'],
    ]);
  });

  test('an enforced contract casts new rows too', async () => {
    const root = folder();
    const adapter = await openIn(root);
    const columns = [column('v', 'varchar'), column('id', 'smallint')];
    const graph = (sql: string) =>
      graphOf(
        model(name, sql, {
          columns,
          config: { materialized: 'incremental', contractEnforced: true, uniqueKey: ['id'] },
        }),
      );
    await build(adapter, root, graph(before));
    await build(adapter, root, graph(after));
    expect(await rows(adapter, 'select v, id, typeof(id) from main_test.orders order by id')).toEqual([
      ['a', 1, 'SMALLINT'],
      ['B', 2, 'SMALLINT'],
      ['c', 3, 'SMALLINT'],
    ]);
  });
});

describe('on_schema_change', () => {
  const wider = "select 3 as id, 'c' as v, true as extra";
  const narrower = 'select 3 as id';
  const retyped = "select 3::bigint as id, 'c' as v";

  test('ignore keeps the table as it is and refuses a column that is gone', async () => {
    expect((await twice(before, wider, { onSchemaChange: 'ignore' })).rows).toEqual([
      [1, 'a'],
      [2, 'b'],
      [3, 'c'],
    ]);
    const gone = await twice(before, narrower, { onSchemaChange: 'ignore' });
    expect(gone.message).toBe('CH725');
    expect(gone.outcome.diagnostics[0]?.message).toContain('gone `v` (VARCHAR)');
  });

  test.each([wider, narrower, retyped])('fail refuses %s', async (second) => {
    const { message, rows: found } = await twice(before, second, { onSchemaChange: 'fail' });
    expect(message).toBe('CH725');
    expect(found).toHaveLength(2);
  });

  test('append_new_columns adds, and leaves NULL what the model no longer has', async () => {
    const added = await twice(before, wider, { onSchemaChange: 'append_new_columns' });
    expect(added.rows).toEqual([
      [1, 'a', null],
      [2, 'b', null],
      [3, 'c', true],
    ]);
    expect((await twice(before, narrower, { onSchemaChange: 'append_new_columns' })).rows).toEqual([
      [1, 'a'],
      [2, 'b'],
      [3, null],
    ]);
  });

  test('sync_all_columns adds, drops and retypes', async () => {
    expect((await twice(before, narrower, { onSchemaChange: 'sync_all_columns' })).rows).toEqual([
      [1],
      [2],
      [3],
    ]);
    const changed = await twice(before, retyped, { onSchemaChange: 'sync_all_columns', uniqueKey: ['id'] });
    expect(await rows(changed.adapter, 'select distinct typeof(id) from main_test.orders')).toEqual([
      ['BIGINT'],
    ]);
    const swapped = await twice(before, 'select 3 as id, 1.5 as w', { onSchemaChange: 'sync_all_columns' });
    expect(swapped.rows).toEqual([
      [1, null],
      [2, null],
      [3, '1.5'],
    ]);
  });
});

describe('microbatch', () => {
  const raw = { event_time: 'ts', begin: '2024-01-01', batch_size: 'day', lookback: 1 };
  const config = { materialized: 'incremental', incrementalStrategy: 'microbatch', raw } as const;
  const graph = (eventTimeOfInput: boolean) =>
    graphOf(
      model(
        'events',
        "select timestamp '2024-01-01 06:00:00' + to_hours(i * 12) as ts, i from range(6) r(i)",
        {
          config: { raw: eventTimeOfInput ? { event_time: 'ts' } : {} },
        },
      ),
      model(
        'daily',
        "select date_trunc('day', events.ts)::timestamp as ts, count(*) as n from main_test.events group by all",
        {
          config,
          reads: ['model.shop.events'],
        },
      ),
    );

  test.each([true, false])(
    'builds every day, then the days of the lookback (input filtered: %s)',
    async (filtered) => {
      const root = folder();
      const adapter = await openIn(root);
      const first = await build(adapter, root, graph(filtered), { now: new Date('2024-01-03T08:00:00Z') });
      expect(statuses(first)).toEqual({ events: 'success', daily: 'success' });
      const days = 'select ts::date::varchar, n from main_test.daily order by 1';
      expect(await rows(adapter, days)).toEqual([
        ['2024-01-01', 2],
        ['2024-01-02', 2],
        ['2024-01-03', 2],
      ]);
      await adapter.main.run('update main_test.daily set n = -1');
      const again = await build(adapter, root, graph(filtered), { now: new Date('2024-01-03T09:00:00Z') });
      expect(again.results.at(-1)?.message).toBe('microbatch, 2 rows');
      expect(await rows(adapter, days)).toEqual([
        ['2024-01-01', -1],
        ['2024-01-02', 2],
        ['2024-01-03', 2],
      ]);
      const range = { start: new Date('2024-01-01'), end: new Date('2024-01-02') };
      await build(adapter, root, graph(filtered), { eventTime: range });
      expect(await rows(adapter, days)).toEqual([
        ['2024-01-01', 2],
        ['2024-01-02', 2],
        ['2024-01-03', 2],
      ]);
    },
  );

  test('an error is shown where the template says it, filtered inputs or not', async () => {
    const root = folder();
    const adapter = await openIn(root);
    const events = model('events', "select timestamp '2024-01-01' as ts", {
      config: { raw: { event_time: 'ts' } },
    });
    const sql = "select ts from main_test.events\nwhere cast('x' || random() as integer) = 1";
    const graphs = graphOf(events, model('m', sql, { config, reads: ['model.shop.events'] }));
    const outcome = await build(adapter, root, graphs, { now: new Date('2024-01-01T08:00:00Z') });
    const [diagnostic] = outcome.results.at(-1)?.diagnostics ?? [];
    expect(diagnostic).toMatchObject({ code: 'CH720', span: { start: { line: 2, column: 7 } } });
  });

  test.each([
    [{ begin: '2024-01-01', batch_size: 'day' }, 'event_time'],
    [{ event_time: 'ts', batch_size: 'day' }, 'begin'],
    [{ event_time: 'ts', begin: 'soon', batch_size: 'day' }, 'begin'],
    [{ event_time: 'ts', begin: '2024-01-01', batch_size: 'dayly' }, 'batch_size'],
  ])('refuses %j', async (settings, key) => {
    const root = folder();
    const adapter = await openIn(root);
    const outcome = await build(
      adapter,
      root,
      graphOf(model('m', 'select 1 as id', { config: { ...config, raw: settings } })),
    );
    expect(outcome.diagnostics[0]?.code).toBe('CH732');
    expect(outcome.diagnostics[0]?.message).toContain(`\`${key}\``);
  });
});
