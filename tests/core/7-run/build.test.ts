import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { runExitCode } from '../../../core/7-run/index.ts';
import {
  build,
  column,
  dataTest,
  folder,
  graphOf,
  model,
  openIn,
  rows,
  seed,
  source,
  statuses,
} from './fixtures.ts';

describe('a build', () => {
  test('makes source views, seeds, views and tables in DAG order and tests them', async () => {
    const root = folder();
    mkdirSync(join(root, 'seeds'));
    mkdirSync(join(root, 'data'));
    writeFileSync(join(root, 'seeds/tiers.csv'), 'tier,weight\ngold,10\nsilver,3\n');
    writeFileSync(join(root, 'data/a.csv'), 'id,tier\n1,gold\n2,silver\n');
    writeFileSync(join(root, 'data/b.csv'), 'id,tier\n3,gold\n');
    const adapter = await openIn(root);
    const graph = graphOf(
      source('customers', 'data/*.csv'),
      seed('tiers'),
      model('stg', 'select * from raw.customers', {
        config: { materialized: 'view' },
        reads: ['source.shop.raw.customers'],
      }),
      model('gold', 'select id, weight from main_test.stg join main_test.tiers using (tier) -- the end', {
        reads: ['model.shop.stg', 'seed.shop.tiers'],
      }),
      dataTest('unique_gold_id', 'select id from main_test.gold group by id having count(*) > 1', [
        'model.shop.gold',
      ]),
    );
    const outcome = await build(adapter, root, graph);
    expect(statuses(outcome)).toEqual({
      'raw.customers': 'success',
      tiers: 'success',
      stg: 'success',
      gold: 'success',
      unique_gold_id: 'pass',
    });
    expect(outcome.results.find((result) => result.name === 'gold')?.rows).toBe(3);
    expect(await rows(adapter, 'select * from main_test.gold order by id')).toEqual([
      [1, 10],
      [2, 3],
      [3, 10],
    ]);
    expect(runExitCode(outcome)).toBe(0);
  });

  test('a failing test leaves the previous table untouched and skips what reads it', async () => {
    const root = folder();
    const adapter = await openIn(root);
    const graph = (rowsOf: string) =>
      graphOf(
        model('orders', `select * from (values ${rowsOf}) as t(id)`),
        dataTest('unique_id', 'select id from main_test.orders group by id having count(*) > 1', [
          'model.shop.orders',
        ]),
        dataTest('no_nines', 'select id from main_test.orders where id = 9', ['model.shop.orders'], {
          severity: 'warn',
        }),
        model('totals', 'select count(*) as n from main_test.orders', { reads: ['model.shop.orders'] }),
        dataTest('has_total', 'select 1 from main_test.totals where n = 0', ['model.shop.totals']),
      );
    await build(adapter, root, graph('(1), (9)'));
    const outcome = await build(adapter, root, graph('(1), (1), (9)'));
    expect(statuses(outcome)).toEqual({
      unique_id: 'fail',
      no_nines: 'warn',
      orders: 'fail',
      totals: 'skipped',
      has_total: 'skipped',
    });
    expect(await rows(adapter, 'select * from main_test.orders order by 1')).toEqual([[1], [9]]);
    expect(await rows(adapter, 'select * from main_test.totals')).toEqual([[2]]);
    const diagnostics = outcome.results.flatMap((result) => result.diagnostics);
    expect(diagnostics.map((diagnostic) => diagnostic.code).sort()).toEqual(['CH721', 'CH722', 'CH731']);
    expect(runExitCode(outcome)).toBe(1);
  });

  test('a failing statement is shown at its place in the template', async () => {
    const root = folder();
    const adapter = await openIn(root);
    const graph = graphOf(
      model('numbers', "select 1 as id,\n  cast('x' || random() as integer) as n"),
      dataTest('t', 'select 1 from main_test.numbers', ['model.shop.numbers']),
    );
    const outcome = await build(adapter, root, graph);
    expect(statuses(outcome)).toEqual({ numbers: 'error', t: 'skipped' });
    const [diagnostic] = outcome.results[0]?.diagnostics ?? [];
    expect(diagnostic?.code).toBe('CH720');
    expect(diagnostic?.span).toMatchObject({ file: 'models/numbers.sql', start: { line: 2, column: 3 } });
  });

  test('a name may change from table to view and back', async () => {
    const root = folder();
    const adapter = await openIn(root);
    for (const materialized of ['table', 'view', 'table', 'incremental', 'view'] as const) {
      const outcome = await build(
        adapter,
        root,
        graphOf(model('m', 'select 1 as id', { config: { materialized } })),
      );
      expect(statuses(outcome)).toEqual({ m: 'success' });
    }
    expect((await adapter.inspect()).get({ schema: 'main_test', identifier: 'm' })?.kind).toBe('view');
  });

  test('views over a table that changes its columns keep working', async () => {
    const root = folder();
    const adapter = await openIn(root);
    const view = model('v', 'select * from main_test.t', {
      config: { materialized: 'view' },
      reads: ['model.shop.t'],
    });
    await build(adapter, root, graphOf(model('t', 'select 1 as id'), view));
    await build(adapter, root, graphOf(model('t', "select 'a' as id, 2 as more")));
    expect(await rows(adapter, 'select * from main_test.v')).toEqual([['a', 2]]);
  });

  test('persist_docs writes descriptions as comments', async () => {
    const root = folder();
    const adapter = await openIn(root);
    const described = (name: string, materialized: 'table' | 'view') => ({
      ...model(name, 'select 1 as id, 2 as n', {
        config: { materialized, raw: { persist_docs: { relation: true, columns: true } } },
        columns: [
          { ...column('id'), description: { value: "the key; it's unique", span: column('id').span } },
        ],
      }),
      description: `about ${name}`,
    });
    await build(adapter, root, graphOf(described('t', 'table'), described('v', 'view')));
    expect((await adapter.inspect()).relations.map(({ comment }) => comment)).toEqual(['about t', 'about v']);
    const sql = 'select table_name, comment from duckdb_columns() where comment is not null order by 1';
    expect(await rows(adapter, sql)).toEqual([
      ['t', "the key; it's unique"],
      ['v', "the key; it's unique"],
    ]);
  });
});
