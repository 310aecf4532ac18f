import { describe, expect, test } from 'vitest';
import type { NodeConfig, SnapshotConfig } from '../../../core/2-render/index.ts';
import type { DuckDbAdapter } from '../../../core/7-run/index.ts';
import { build, folder, graphOf, openIn, rows, snapshot, statuses } from './fixtures.ts';

const day = (n: number) => new Date(Date.UTC(2024, 0, n));

async function start(settings: SnapshotConfig, config: Partial<NodeConfig> = {}) {
  const root = folder();
  const adapter = await openIn(root);
  const take = async (sql: string, now: Date) => {
    const node = snapshot('history', sql, { config: { uniqueKey: ['id'], snapshot: settings, ...config } });
    const outcome = await build(adapter, root, graphOf(node), { now });
    return { outcome, history: await history(adapter) };
  };
  return { adapter, take };
}

async function history(adapter: DuckDbAdapter) {
  if ((await adapter.inspect()).get({ schema: 'main_test', identifier: 'history' }) === undefined) return [];
  const columns = "id, v, dbt_valid_from::date::varchar, coalesce(dbt_valid_to::date::varchar, 'open')";
  return rows(adapter, `select ${columns} from main_test.history order by id, dbt_valid_from, v`);
}

const check: SnapshotConfig = { strategy: 'check', checkColumns: ['v'], hardDeletes: 'ignore' };

describe('snapshots', () => {
  test('check: a changed row closes its version and opens another', async () => {
    const { take } = await start(check);
    await take("select * from (values (1, 'a'), (2, 'b')) t(id, v)", day(1));
    const again = await take("select * from (values (1, 'a'), (2, 'B'), (3, null)) t(id, v)", day(2));
    expect(again.history).toEqual([
      [1, 'a', '2024-01-01', 'open'],
      [2, 'b', '2024-01-01', '2024-01-02'],
      [2, 'B', '2024-01-02', 'open'],
      [3, null, '2024-01-02', 'open'],
    ]);
    expect(again.outcome.results[0]?.message).toBe('update snapshot, 2 rows');
    const third = await take("select * from (values (1, null), (2, 'B'), (3, null)) t(id, v)", day(3));
    expect(third.history.filter(([id]) => id === 1)).toEqual([
      [1, 'a', '2024-01-01', '2024-01-03'],
      [1, null, '2024-01-03', 'open'],
    ]);
    expect(third.history.filter(([id]) => id === 3)).toHaveLength(1);
  });

  test("timestamp: versions by the row's own clock; unchanged rows stay", async () => {
    const { take, adapter } = await start({
      strategy: 'timestamp',
      updatedAt: 'u',
      checkColumns: 'all',
      hardDeletes: 'ignore',
    });
    await take("select 1 as id, 'a' as v, timestamp '2023-12-01' as u", day(1));
    await take("select 1 as id, 'ignored' as v, timestamp '2023-12-01' as u", day(2));
    const { history: found } = await take("select 1 as id, 'b' as v, timestamp '2023-12-24' as u", day(3));
    expect(found).toEqual([
      [1, 'a', '2023-12-01', '2023-12-24'],
      [1, 'b', '2023-12-24', 'open'],
    ]);
    // dbt's row id: md5 of key and updated_at.
    const ids =
      "select count(*) from main_test.history where dbt_scd_id = md5(id::varchar || '|' || u::varchar)";
    expect(await rows(adapter, ids)).toEqual([[2]]);
  });

  test('a table begun by dbt goes on: same columns, same types', async () => {
    const { take, adapter } = await start(check);
    await take("select 1 as id, 'a' as v", day(1));
    const columns = (await adapter.inspect()).get({ schema: 'main_test', identifier: 'history' })?.columns;
    expect(columns).toEqual([
      { name: 'id', type: 'INTEGER' },
      { name: 'v', type: 'VARCHAR' },
      { name: 'dbt_scd_id', type: 'VARCHAR' },
      { name: 'dbt_updated_at', type: 'TIMESTAMP' },
      { name: 'dbt_valid_from', type: 'TIMESTAMP' },
      { name: 'dbt_valid_to', type: 'TIMESTAMP' },
    ]);
  });

  test('hard deletes: ignored', async () => {
    const { take } = await start(check);
    await take("select 1 as id, 'a' as v", day(1));
    expect((await take("select 2 as id, 'a' as v", day(2))).history[0]).toEqual([
      1,
      'a',
      '2024-01-01',
      'open',
    ]);
  });

  test('hard deletes: invalidated, and reopened when the row comes back', async () => {
    const { take } = await start({ ...check, hardDeletes: 'invalidate' });
    await take("select 1 as id, 'a' as v", day(1));
    await take("select 2 as id, 'a' as v", day(2));
    const { history: found } = await take("select * from (values (1, 'a'), (2, 'a')) t(id, v)", day(3));
    expect(found).toEqual([
      [1, 'a', '2024-01-01', '2024-01-02'],
      [1, 'a', '2024-01-03', 'open'],
      [2, 'a', '2024-01-02', 'open'],
    ]);
  });

  test('hard deletes: a record of the deletion, once', async () => {
    const { take, adapter } = await start({ ...check, hardDeletes: 'new_record' });
    await take("select * from (values (1, 'a'), (2, 'a')) t(id, v)", day(1));
    await take("select 2 as id, 'a' as v", day(2));
    await take("select 2 as id, 'a' as v", day(3));
    await take("select * from (values (1, 'a'), (2, 'a')) t(id, v)", day(4));
    const sql =
      "select v, dbt_valid_from::date::varchar, coalesce(dbt_valid_to::date::varchar, 'open'), dbt_is_deleted from main_test.history where id = 1 order by dbt_valid_from";
    expect(await rows(adapter, sql)).toEqual([
      ['a', '2024-01-01', '2024-01-02', 'False'],
      ['a', '2024-01-02', '2024-01-04', 'True'],
      ['a', '2024-01-04', 'open', 'False'],
    ]);
  });

  test('a new column is added; under check all it counts as a change', async () => {
    const { take, adapter } = await start({ ...check, checkColumns: 'all' });
    await take("select 1 as id, 'a' as v", day(1));
    await take("select 1 as id, 'a' as v", day(2));
    const { history: found } = await take("select 1 as id, 'a' as v, 7 as n", day(3));
    expect(found).toHaveLength(2);
    expect(await rows(adapter, 'select n from main_test.history order by dbt_valid_from')).toEqual([
      [null],
      [7],
    ]);
  });

  test('several keys, own names of the meta columns, an end of time instead of NULL', async () => {
    const { take, adapter } = await start(
      { ...check, hardDeletes: 'invalidate' },
      {
        uniqueKey: ['id', 'k'],
        raw: {
          snapshot_meta_column_names: { dbt_valid_from: 'since', dbt_valid_to: 'until' },
          dbt_valid_to_current: "timestamp '9999-12-31'",
        },
      },
    );
    const sql = (rest: string) => `select * from (values ${rest}) t(id, k, v)`;
    await take(sql("(1, 'x', 'a'), (1, 'y', 'b')"), day(1)).catch(() => undefined);
    await take(sql("(1, 'x', 'A')"), day(2)).catch(() => undefined);
    const found =
      'select k, v, since::date::varchar, until::date::varchar from main_test.history order by k, since';
    expect(await rows(adapter, found)).toEqual([
      ['x', 'a', '2024-01-01', '2024-01-02'],
      ['x', 'A', '2024-01-02', '9999-12-31'],
      ['y', 'b', '2024-01-01', '2024-01-02'],
    ]);
  });

  test('refuses repeated keys and a missing key, leaving history as it was', async () => {
    const { take } = await start(check);
    await take("select 1 as id, 'a' as v", day(1));
    const twice = await take("select * from (values (1, 'x'), (1, 'y')) t(id, v)", day(2));
    expect(statuses(twice.outcome)).toEqual({ history: 'error' });
    expect(twice.outcome.results[0]?.diagnostics[0]?.code).toBe('CH727');
    expect(twice.history).toEqual([[1, 'a', '2024-01-01', 'open']]);
    const { take: other } = await start(check, { uniqueKey: [] });
    expect((await other("select 1 as id, 'a' as v", day(1))).outcome.diagnostics[0]?.code).toBe('CH732');
  });
});
