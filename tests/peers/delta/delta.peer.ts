import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterAll, beforeAll, expect, test } from 'vitest';
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
  readonly first_version_rows: number;
}

const read = (...args: string[]): Read =>
  JSON.parse(
    execFileSync(
      process.env.CHURN_PEER_PYTHON ?? 'python3',
      [join(import.meta.dirname, 'read.py'), join(folder, 'table'), ...args],
      { encoding: 'utf8' },
    ),
  );

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
