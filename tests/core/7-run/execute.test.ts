import { describe, expect, test } from 'vitest';
import { type RunEvent, runExitCode } from '../../../core/7-run/index.ts';
import { build, dataTest, folder, graphOf, model, openIn, rows, statuses } from './fixtures.ts';

/** Runs for minutes unless interrupted. */
const endless = 'select count(*) as n from range(10000000000) t(i) where hash(i) = 0';

describe('a run', () => {
  test('uses several connections, each node after its parents', async () => {
    const root = folder();
    const adapter = await openIn(root);
    const layer = (name: string, reads: string[]) =>
      Array.from({ length: 8 }, (_, i) =>
        model(
          `${name}${i}`,
          reads.length === 0
            ? 'select 1 as n'
            : `select sum(n) as n from (${reads.map((read) => `select n from main_test.${read}`).join(' union all ')})`,
          {
            reads: reads.map((read) => `model.shop.${read}`),
          },
        ),
      );
    const names = (prefix: string) => Array.from({ length: 8 }, (_, i) => `${prefix}${i}`);
    const graph = graphOf(...layer('a', []), ...layer('b', names('a')), ...layer('c', names('b')));
    const events: RunEvent[] = [];
    const outcome = await build(adapter, root, graph, { threads: 4, onEvent: (event) => events.push(event) });
    expect(new Set(Object.values(statuses(outcome)))).toEqual(new Set(['success']));
    expect(await rows(adapter, 'select n from main_test.c7')).toEqual([[64]]);
    expect(new Set(outcome.results.map((result) => result.thread)).size).toBeGreaterThan(1);
    expect(events.map(({ type }) => type).slice(0, 2)).toEqual(['run-start', 'node-start']);
    const indices = events.flatMap((event) => (event.type === 'node-start' ? event.index : []));
    expect(indices).toEqual(Array.from({ length: 24 }, (_, i) => i + 1));
    expect(events.at(-1)).toMatchObject({ type: 'run-end', interrupted: false });
  });

  test("hooks run in the node's transaction; on-run hooks around everything", async () => {
    const root = folder();
    const adapter = await openIn(root);
    await adapter.main.run('create table log (what varchar)');
    const log = (what: string) => `insert into log values ('${what}')`;
    const graph = graphOf(
      model('m', 'select 1 as id', { config: { preHook: [log('pre')], postHook: [`${log('post')};`] } }),
      model('bad', "select error('no') as id", { config: { preHook: [log('never')] } }),
    );
    const hooks = { onRunStart: [log('start')], onRunEnd: [log('end')] };
    await build(adapter, root, graph, { hooks, threads: 1 });
    expect(await rows(adapter, 'select what from log')).toEqual([['start'], ['pre'], ['post'], ['end']]);
  });

  test('a failing hook is named', async () => {
    const root = folder();
    const adapter = await openIn(root);
    const bad = await build(
      adapter,
      root,
      graphOf(model('m', 'select 1 as id', { config: { postHook: ['nonsense'] } })),
    );
    expect(bad.results[0]?.diagnostics[0]?.code).toBe('CH728');
    const start = await build(adapter, root, graphOf(model('m', 'select 1 as id')), {
      hooks: { onRunStart: ['nonsense'], onRunEnd: [] },
    });
    expect(start.diagnostics[0]?.code).toBe('CH728');
    expect(statuses(start)).toEqual({ m: 'skipped' });
    expect(runExitCode(start)).toBe(1);
  });

  test('nodes whose hooks change one row at a time get their turns', async () => {
    const root = folder();
    const adapter = await openIn(root);
    await adapter.main.run('create table counter as select 0 as n');
    const slow = 'select count(*) as n from range(20000000) t(i) where hash(i) % 2 = 0';
    const preHook = ['update counter set n = n + 1'];
    const graph = graphOf(...['a', 'b', 'c'].map((name) => model(name, slow, { config: { preHook } })));
    const outcome = await build(adapter, root, graph, { threads: 3 });
    expect(statuses(outcome)).toEqual({ a: 'success', b: 'success', c: 'success' });
    expect(await rows(adapter, 'select n from counter')).toEqual([[3]]);
  });

  test('store_failures keeps the rows, of models that are not published too', async () => {
    const root = folder();
    const adapter = await openIn(root);
    const graph = graphOf(
      model('m', 'select i, i % 2 as odd, [i] as list from range(6) r(i)'),
      dataTest('odd', 'select * from main_test.m where odd = 1', ['model.shop.m'], {
        storeFailures: true,
        limit: 2,
      }),
      dataTest('none', 'select * from main_test.m where i > 9', ['model.shop.m'], { storeFailures: true }),
    );
    const outcome = await build(adapter, root, graph);
    expect(statuses(outcome)).toEqual({ odd: 'fail', none: 'pass', m: 'fail' });
    expect(outcome.results[0]?.failures).toBe(2);
    expect(await rows(adapter, 'select i, list from test_failures.odd order by i')).toEqual([
      [1, '[1]'],
      [3, '[3]'],
    ]);
    expect(await rows(adapter, 'select * from test_failures.none')).toEqual([]);
    expect((await adapter.inspect()).get({ schema: 'main_test', identifier: 'm' })).toBeUndefined();
  });

  test('error_if, warn_if and fail_calc decide as in dbt', async () => {
    const root = folder();
    const adapter = await openIn(root);
    const sql = 'select * from range(5) t(n)';
    const graph = graphOf(
      dataTest('few', sql, [], { errorIf: '> 10', warnIf: '> 3' }),
      dataTest('warn_only', sql, [], { severity: 'warn', errorIf: '> 1' }),
      dataTest('sum', sql, [], { failCalc: 'sum(n)', errorIf: '= 10' }),
      dataTest('null_sum', `${sql} where n > 9`, [], { failCalc: 'sum(n)' }),
      dataTest('broken', 'select nope', [], { severity: 'warn' }),
    );
    const outcome = await build(adapter, root, graph);
    expect(statuses(outcome)).toEqual({
      few: 'warn',
      warn_only: 'warn',
      sum: 'fail',
      null_sum: 'pass',
      broken: 'error',
    });
    expect(outcome.results.find(({ name }) => name === 'sum')?.failures).toBe(10);
    expect(outcome.results.find(({ name }) => name === 'broken')?.diagnostics[0]?.code).toBe('CH726');
  });

  test('fail-fast stops what runs and starts nothing more', async () => {
    const root = folder();
    const adapter = await openIn(root);
    const graph = graphOf(
      model('bad', "select error('no') as n from range(1)"),
      model('slow', endless),
      model('z', 'select 1 as n'),
    );
    const outcome = await build(adapter, root, graph, { threads: 2, failFast: true });
    expect(statuses(outcome)).toEqual({ bad: 'error', slow: 'skipped', z: 'skipped' });
    expect(runExitCode(outcome)).toBe(1);
  });

  test('an abort interrupts, rolls back and leaves nothing half done', async () => {
    const root = folder();
    const adapter = await openIn(root);
    const slow = (sql: string) =>
      graphOf(
        model('first', 'select 1 as n'),
        model('slow', sql),
        model('z', 'select 1 as n', { reads: ['model.shop.slow'] }),
      );
    await build(adapter, root, slow('select 7 as n'));
    const abort = new AbortController();
    // The two run side by side: only once the one is done and the other under way is it known what an abort leaves.
    const awaited = new Set(['node-start slow', 'node-end first']);
    const onEvent = (event: RunEvent) => {
      if (event.type !== 'node-start' && event.type !== 'node-end') return;
      const { name } = event.type === 'node-start' ? event : event.result;
      if (awaited.delete(`${event.type} ${name}`) && awaited.size === 0) setTimeout(() => abort.abort(), 50);
    };
    const begin = performance.now();
    const outcome = await build(adapter, root, slow(endless), { signal: abort.signal, onEvent });
    expect(performance.now() - begin).toBeLessThan(10_000);
    expect(statuses(outcome)).toEqual({ first: 'success', slow: 'skipped', z: 'skipped' });
    expect(outcome.interrupted).toBe(true);
    expect(runExitCode(outcome)).toBe(130);
    expect(await rows(adapter, 'select n from main_test.slow')).toEqual([[7]]);
    expect((await adapter.inspect()).relations).toHaveLength(3);
  });

  test('an abort before the start runs nothing', async () => {
    const root = folder();
    const adapter = await openIn(root);
    const outcome = await build(adapter, root, graphOf(model('m', 'select 1 as n')), {
      signal: AbortSignal.abort(),
    });
    expect(statuses(outcome)).toEqual({ m: 'skipped' });
    expect((await adapter.inspect()).relations).toEqual([]);
  });

  test('what needs more memory than allowed says so, and the rest goes on', async () => {
    const root = folder();
    const adapter = await openIn(root, {
      memory_limit: '40MB',
      threads: 1,
      settings: { max_temp_directory_size: '0KB' },
    });
    const graph = graphOf(
      model('big', 'select list(hash(i)) as l from range(20000000) t(i) group by i % 100000'),
      model('small', 'select 1 as n'),
    );
    const outcome = await build(adapter, root, graph, { threads: 1 });
    expect(statuses(outcome)).toEqual({ big: 'error', small: 'success' });
    expect(outcome.results[0]?.diagnostics[0]?.code).toBe('CH705');
    expect(runExitCode(outcome)).toBe(3);
  });
});
