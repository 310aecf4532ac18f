import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openSession } from '../../../core/7-run/adapters/duckdb/session.ts';
import { type DuckDbSession, folderStore, publishDelta } from '../../../core/7-run/index.ts';

/** What is published as Delta, delta-rs (`deltalake` of PyPI) reads, and both write to one table in turn. */
const folder = mkdtempSync(join(tmpdir(), 'churn-delta-peer-'));
let instance: DuckDBInstance;
let session: DuckDbSession;

beforeAll(async () => {
  instance = await DuckDBInstance.create(':memory:');
  session = await openSession(await instance.connect(), 1, []);
});
afterAll(() => {
  session.close();
  instance.closeSync();
  rmSync(folder, { recursive: true, force: true });
});

interface Read {
  readonly version: number;
  readonly schema: Readonly<Record<string, string>>;
  readonly rows: readonly (readonly string[])[];
  readonly late: number;
  readonly files: number;
  readonly first_version_rows: number | null;
}

const readTable = (table: string, ...args: string[]): Read =>
  JSON.parse(
    execFileSync(
      process.env.CHURN_PEER_PYTHON ?? 'python3',
      [join(import.meta.dirname, 'read.py'), join(folder, table), ...args],
      { encoding: 'utf8' },
    ),
  );
const read = (...args: string[]) => readTable('table', ...args);

const columns = [
  { name: 'id', type: 'BIGINT' },
  { name: 'day', type: 'DATE' },
  { name: 'at', type: 'TIMESTAMP' },
  { name: 'amount', type: 'DECIMAL(10,2)' },
  { name: 'total', type: 'HUGEINT' },
  { name: 'score', type: 'DOUBLE' },
  { name: 'note', type: 'VARCHAR' },
  { name: 'good', type: 'BOOLEAN' },
];

const publish = (first: number, count: number, mode: 'append' | 'overwrite') =>
  publishDelta({
    session,
    select: `select i as id, date '2024-02-28' + i::int as day, timestamp '2024-01-01 12:30:00.123456' as at,
      1.25::decimal(10,2) as amount, sum(i::int) over () as total, case when i % 2 = 0 then i + 0.5 end as score,
      case when i = 3 then null else 'é' || i end as note, i > 2 as good
      from range(${first}, ${first + count}) as t(i)`,
    columns,
    store: folderStore(join(folder, 'table')),
    scratch: join(folder, 'scratch'),
    mode,
  });

test('delta-rs reads create, append and overwrite, and takes turns as a writer', async () => {
  await publish(0, 5, 'append');
  const created = read();
  expect(created.schema).toEqual({
    id: 'long',
    day: 'date',
    at: 'timestamp',
    amount: 'decimal(10,2)',
    total: 'long',
    score: 'double',
    note: 'string',
    good: 'boolean',
  });
  expect(created.rows[3]).toEqual([
    '3',
    '2024-03-02',
    '2024-01-01 12:30:00.123456+00:00',
    '1.25',
    '10',
    'None',
    'None',
    'True',
  ]);
  await publish(5, 5, 'append');
  const appended = read();
  expect([appended.version, appended.rows.length, appended.files, appended.late]).toEqual([1, 10, 2, 2]);
  expect(read('append').rows).toHaveLength(20);
  expect(await publish(20, 1, 'append')).toEqual({ version: 3, rows: 1 });
  expect(read().rows).toHaveLength(21);
  await publish(100, 3, 'overwrite');
  const replaced = read();
  expect([replaced.version, replaced.rows.length, replaced.files, replaced.first_version_rows]).toEqual([
    4, 3, 1, 5,
  ]);
});

const commit = (table: string, version: number, end = 'json') =>
  join(folder, table, '_delta_log', `${String(version).padStart(20, '0')}.${end}`);

test('checkpoints: ours every tenth commit for delta-rs, and those of delta-rs for us', async () => {
  const table = 'many commits, é & so';
  const append = (id: number) =>
    publishDelta({
      session,
      select: `select ${id}::bigint as id, 'ñ' as "größe"`,
      columns: [
        { name: 'id', type: 'BIGINT' },
        { name: 'größe', type: 'VARCHAR' },
      ],
      store: folderStore(join(folder, table)),
      scratch: join(folder, 'scratch'),
      mode: id === 5 ? 'overwrite' : 'append',
    });
  const forget = (from: number, to: number) => {
    for (let version = from; version <= to; version++) rmSync(commit(table, version));
  };
  for (let id = 0; id <= 12; id++) await append(id);
  expect(existsSync(commit(table, 10, 'checkpoint.parquet'))).toBe(true);
  expect(JSON.parse(readFileSync(join(folder, table, '_delta_log/_last_checkpoint'), 'utf8'))).toEqual({
    version: 10,
    // Protocol, metadata, five removed files and six that are there.
    size: 13,
  });
  // Nothing but the checkpoint tells of the first commits now.
  forget(0, 9);
  const ids = () => readTable(table).rows.map(([id]) => Number(id));
  expect(ids()).toEqual([5, 6, 7, 8, 9, 10, 11, 12]);
  expect((await append(13)).version).toBe(13);
  expect(readTable(table, 'checkpoint').version).toBe(13);
  expect(existsSync(commit(table, 13, 'checkpoint.parquet'))).toBe(true);
  forget(10, 12);
  rmSync(commit(table, 10, 'checkpoint.parquet'));
  expect((await append(14)).version).toBe(14);
  expect(ids()).toEqual([5, 6, 7, 8, 9, 10, 11, 12, 13, 14]);
  await append(5);
  expect(ids()).toEqual([5]);
}, 60_000);

/** Publishes a query whose columns have the given types. */
function publishAs(
  table: string,
  select: string,
  types: Readonly<Record<string, string>>,
  mode: 'append' | 'overwrite' = 'append',
) {
  return publishDelta({
    session,
    select,
    columns: Object.entries(types).map(([name, type]) => ({ name, type })),
    store: folderStore(join(folder, table)),
    scratch: join(folder, 'scratch'),
    mode,
  });
}

test('NULLs only, nothing at all, and values at the ends of their types', async () => {
  const types = {
    id: 'BIGINT',
    amount: 'DECIMAL(38,10)',
    at: 'TIMESTAMP',
    note: 'VARCHAR',
    x: 'DOUBLE',
    f: 'FLOAT',
  };
  const select = (id: string, rest: string) => `select ${id}::bigint as id, ${rest}`;
  const nulls =
    'null::decimal(38,10) as amount, null::timestamp as at, null::varchar as note, null::double as x, null::float as f';
  await publishAs('ends', select('9223372036854775807', nulls), types);
  await publishAs('ends', `${select('1', nulls)} where false`, types);
  await publishAs(
    'ends',
    select(
      '(-9223372036854775807 - 1)',
      `1234567890123456789012345678.0123456789::decimal(38,10) as amount, timestamp '9999-12-31 23:59:59.999999' as at,
       repeat('😀', 40) as note, 'nan'::double as x, '-inf'::float as f`,
    ),
    types,
  );
  const { rows, version, late } = readTable('ends');
  expect([version, late]).toEqual([2, 1]);
  expect(rows).toEqual([
    [
      '-9223372036854775808',
      '1234567890123456789012345678.0123456789',
      '9999-12-31 23:59:59.999999+00:00',
      '😀'.repeat(40),
      'nan',
      '-inf',
    ],
    ['9223372036854775807', 'None', 'None', 'None', 'None', 'None'],
  ]);
});

describe('a table that has changed, or is not ours to write', () => {
  const two = { id: 'BIGINT', note: 'VARCHAR' };
  const three = { ...two, score: 'DOUBLE' };
  const first = "select 1::bigint as id, 'a' as note";
  const files = (table: string) => readdirSync(join(folder, table), { recursive: true }).map(String).sort();

  test('an append of other columns or types is an error that loses nothing; an overwrite brings them', async () => {
    await publishAs('changed', first, two);
    const before = files('changed');
    const appends = [
      publishAs('changed', "select 2::bigint as id, 'b' as note, 0.5::double as score", three),
      publishAs('changed', "select 2::integer as id, 'b' as note", { ...two, id: 'INTEGER' }),
      publishAs('changed', "select 'b' as note, 2::bigint as id", { note: 'VARCHAR', id: 'BIGINT' }),
      publishAs('changed', 'select 2::bigint as id', { id: 'BIGINT' }),
    ];
    for (const append of await Promise.allSettled(appends)) {
      expect(append.status === 'rejected' && String(append.reason)).toMatch(/its columns are not those/);
    }
    expect(files('changed')).toEqual(before);
    expect(readTable('changed')).toMatchObject({ version: 0, rows: [['1', 'a']] });
    await publishAs(
      'changed',
      "select 2::bigint as id, 'b' as note, 0.5::double as score",
      three,
      'overwrite',
    );
    const replaced = readTable('changed');
    expect(replaced.schema).toEqual({ id: 'long', note: 'string', score: 'double' });
    expect(replaced.rows).toEqual([['2', 'b', '0.5']]);
    await expect(publishAs('changed', first, two)).rejects.toThrow(/its columns are not those/);
  });

  test('what delta-rs partitioned is left alone', async () => {
    const write = `import os, sys, pyarrow as pa; from deltalake import write_deltalake
write_deltalake(sys.argv[1], pa.table({"id": pa.array([8, 9], pa.int64()), "note": ["a", "b"]}), partition_by=["note"])
sys.stdout.flush(); os._exit(0)`;
    execFileSync(process.env.CHURN_PEER_PYTHON ?? 'python3', ['-c', write, join(folder, 'parted')]);
    const before = files('parted');
    for (const mode of ['append', 'overwrite'] as const)
      await expect(publishAs('parted', first, two, mode)).rejects.toThrow(
        /cannot be written: it is partitioned/,
      );
    expect(files('parted')).toEqual(before);
    expect(readTable('parted')).toMatchObject({ version: 0, late: 2 });
  });

  test('nested columns are refused by name, before a table is made', async () => {
    const nested = {
      id: 'BIGINT',
      list: 'INTEGER[]',
      pair: 'STRUCT(a INTEGER)',
      map: 'MAP(VARCHAR, INTEGER)',
    };
    const select = "select 1::bigint as id, [1] as list, {a: 1} as pair, map {'k': 1} as map";
    await expect(publishAs('nested', select, nested)).rejects.toThrow(
      /no Delta type is written for `list` \(INTEGER\[\]\), `pair` .*, `map` /,
    );
    expect(existsSync(join(folder, 'nested'))).toBe(false);
  });
});
