import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openSession } from '../../../core/7-run/adapters/duckdb/session.ts';
import { publishDelta } from '../../../core/7-run/delta/publish.ts';
import { type DeltaStore, folderStore } from '../../../core/7-run/delta/store.ts';
import { type DuckDbSession, EngineError } from '../../../core/7-run/index.ts';

let folder: string;
let instance: DuckDBInstance;
let session: DuckDbSession;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'churn-delta-'));
  instance = await DuckDBInstance.create(':memory:');
  session = await openSession(await instance.connect(), 1, []);
});

afterEach(() => {
  session.close();
  instance.closeSync();
  rmSync(folder, { recursive: true, force: true });
});

const columns = [
  { name: 'id', type: 'BIGINT' },
  { name: 'at', type: 'TIMESTAMP' },
  { name: 'amount', type: 'DECIMAL(10,2)' },
  { name: 'score', type: 'DOUBLE' },
  { name: 'note', type: 'VARCHAR' },
];

const rowsFrom = (first: number, count: number) =>
  `select i as id, timestamp '2024-01-01 00:00:00.123456' + to_days(i::int) as at, (i / 4)::decimal(10,2) as amount,
   case when i % 2 = 0 then i / 3 end as score, 'n' || i as note from range(${first}, ${first + count}) as t(i)`;

const publish = (select: string, mode: 'append' | 'overwrite', store: DeltaStore = folderStore(folder)) =>
  publishDelta({ session, select, columns, store, scratch: join(folder, '_scratch'), mode });

const commits = () =>
  readdirSync(join(folder, '_delta_log'))
    .sort()
    .map((name) =>
      readFileSync(join(folder, '_delta_log', name), 'utf8')
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as Record<string, Record<string, unknown>>),
    );

describe('publishDelta', () => {
  test('makes a table, appends to it, replaces it', async () => {
    expect(await publish(rowsFrom(0, 10), 'append')).toEqual({ version: 0, rows: 10 });
    expect(await publish(rowsFrom(10, 5), 'append')).toEqual({ version: 1, rows: 5 });
    expect(await publish(rowsFrom(100, 3), 'overwrite')).toEqual({ version: 2, rows: 3 });
    const keys = commits().map((commit) => commit.flatMap((action) => Object.keys(action)));
    expect(keys).toEqual([
      ['commitInfo', 'protocol', 'metaData', 'add'],
      ['commitInfo', 'add'],
      ['commitInfo', 'remove', 'remove', 'add'],
    ]);
  });

  test('writes statistics that readers may skip files by', async () => {
    await publish(rowsFrom(0, 10), 'append');
    const add = commits()[0]?.find((action) => 'add' in action)?.add;
    expect(JSON.parse(String(add?.stats))).toEqual({
      numRecords: 10,
      minValues: { id: 0, at: '2024-01-01T00:00:00.123Z', amount: 0, score: 0, note: 'n0' },
      maxValues: { id: 9, at: '2024-01-10T00:00:00.124Z', amount: 2.25, score: 8 / 3, note: 'n9' },
      nullCount: { id: 0, at: 0, amount: 0, score: 5, note: 0 },
    });
  });

  test('appends of many writers at once all arrive', async () => {
    await publish(rowsFrom(0, 1), 'append');
    const all = await Promise.all(
      Array.from({ length: 6 }, (_, i) => publish(rowsFrom(i * 10, 2), 'append')),
    );
    expect(all.map(({ version }) => version).sort()).toEqual([1, 2, 3, 4, 5, 6]);
  });

  test('an overwrite that another commit overtakes gives up and leaves no file', async () => {
    await publish(rowsFrom(0, 4), 'append');
    const store = folderStore(folder);
    let overtaken = false;
    const slow: DeltaStore = {
      ...store,
      putIfAbsent: async (path, text) => {
        if (!overtaken) {
          overtaken = true;
          await publish(rowsFrom(10, 1), 'append');
        }
        return store.putIfAbsent(path, text);
      },
    };
    const failed = await publish(rowsFrom(20, 1), 'overwrite', slow).catch((thrown: unknown) => thrown);
    expect(failed).toBeInstanceOf(EngineError);
    expect((failed as EngineError).info.kind).toBe('conflict');
    expect(readdirSync(folder).filter((name) => name.endsWith('.parquet'))).toHaveLength(2);
  });

  test('writes a checkpoint at every tenth commit, and reads the table from it', async () => {
    const log = join(folder, '_delta_log');
    const file = (version: number, end: string) => join(log, `${String(version).padStart(20, '0')}.${end}`);
    for (let i = 0; i <= 11; i++) await publish(rowsFrom(i, 1), i === 2 ? 'overwrite' : 'append');
    expect(readdirSync(log).filter((name) => !/^\d{20}\.json$/.test(name))).toEqual([
      '00000000000000000010.checkpoint.parquet',
      '_last_checkpoint',
    ]);
    for (let version = 0; version < 10; version++) rmSync(file(version, 'json'));
    const { version } = await publish(rowsFrom(99, 1), 'overwrite');
    expect(version).toBe(12);
    const removed = readFileSync(file(12, 'json'), 'utf8').match(/"remove"/g);
    // Commits 2 to 11 hold a file each; those before were replaced.
    expect(removed).toHaveLength(10);
    rmSync(file(10, 'checkpoint.parquet'));
    await expect(publish(rowsFrom(0, 1), 'append')).rejects.toThrow(/commits are missing/);
    expect(existsSync(file(13, 'json'))).toBe(false);
  });

  test('refuses rows of another shape, and types that Delta lacks', async () => {
    await publish(rowsFrom(0, 4), 'append');
    const other = { session, select: 'select 1::bigint as id', columns: [{ name: 'id', type: 'BIGINT' }] };
    const place = { store: folderStore(folder), scratch: join(folder, '_scratch') };
    await expect(publishDelta({ ...other, ...place, mode: 'append' })).rejects.toThrow(
      /columns are not those/,
    );
    const interval = { ...other, columns: [{ name: 'id', type: 'INTERVAL' }] };
    await expect(publishDelta({ ...interval, ...place, mode: 'overwrite' })).rejects.toThrow(
      /`id` \(INTERVAL\)/,
    );
    const blank = {
      ...other,
      select: 'select 1::bigint as "a b"',
      columns: [{ name: 'a b', type: 'BIGINT' }],
    };
    await expect(publishDelta({ ...blank, ...place, mode: 'overwrite' })).rejects.toThrow(/names: `a b`/);
  });
});
