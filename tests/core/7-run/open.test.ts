import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { ConfigValue } from '../../../core/1-load/index.ts';
import { databasePath, diagnoseOpening, openDuckDb, preview } from '../../../core/7-run/index.ts';
import { column, folder, openIn, rows } from './fixtures.ts';

const { span } = column('x');

async function opening(root: string, options: Readonly<Record<string, ConfigValue>>) {
  const located = Object.fromEntries(Object.entries(options).map(([name, value]) => [name, { value, span }]));
  const target = { type: 'duckdb', options: located } as const;
  const opened = await openDuckDb(target, { root });
  if (!opened.ok) return diagnoseOpening(opened.error, databasePath(target, root));
  await opened.adapter.close();
  return undefined;
}

describe('opening', () => {
  test('makes file and folder, applies limits and settings, keeps time in UTC', async () => {
    const root = folder();
    const adapter = await openIn(root, {
      path: 'deep/er/data.duckdb',
      memory_limit: '1GB',
      threads: 1,
      settings: { preserve_insertion_order: false, default_null_order: 'nulls_first' },
    });
    expect(existsSync(join(root, 'deep/er/data.duckdb'))).toBe(true);
    const names = [
      'memory_limit',
      'threads',
      'preserve_insertion_order',
      'default_null_order',
      'TimeZone',
      'temp_directory',
    ];
    const list = names.map((name) => `current_setting('${name}')::varchar`).join(', ');
    expect(await rows(adapter, `select ${list}`)).toEqual([
      ['953.6 MiB', '1', 'false', 'NULLS_FIRST', 'UTC', join(root, 'deep/er/data.duckdb.tmp')],
    ]);
  });

  test.each<[Record<string, ConfigValue>, string]>([
    [{ memory_limit: 'lots' }, 'CH730'],
    [{ settings: { no_such_setting: 1 } }, 'CH730'],
    [{ path: 'folder' }, 'CH703'],
    [{ path: 'text.duckdb' }, 'CH702'],
    [{ path: 'text.duckdb/below/data.duckdb' }, 'CH703'],
  ])('%j is refused with %s', async (options, code) => {
    const root = folder();
    mkdirSync(join(root, 'folder'));
    writeFileSync(join(root, 'text.duckdb'), 'not a database at all '.repeat(1000));
    const diagnostic = await opening(root, { path: 'data.duckdb', ...options });
    expect(diagnostic?.code).toBe(code);
    expect(readFileSync(join(root, 'text.duckdb'), 'utf8')).toMatch(/^not a database/);
  });

  test('removes what a killed process spilled', async () => {
    const root = folder();
    mkdirSync(join(root, 'data.duckdb.tmp'));
    writeFileSync(join(root, 'data.duckdb.tmp/duckdb_temp_storage_DEFAULT-0.tmp'), 'x');
    writeFileSync(join(root, 'data.duckdb.tmp/notes.txt'), 'mine');
    await openIn(root);
    expect(readdirSync(join(root, 'data.duckdb.tmp'))).toEqual(['notes.txt']);
  });

  test('read-only: reads what is there, refuses to write', async () => {
    const root = folder();
    const target = { type: 'duckdb', options: { path: { value: 'data.duckdb', span } } } as const;
    const first = await openDuckDb(target, { root });
    if (!first.ok) throw first.error;
    await first.adapter.main.run('create table t as select 1 as id');
    await first.adapter.close();
    const second = await openDuckDb(target, { root, readOnly: true });
    if (!second.ok) throw second.error;
    expect(await rows(second.adapter, 'select * from t')).toEqual([[1]]);
    await expect(second.adapter.main.run('drop table t')).rejects.toMatchObject({
      info: { kind: 'permission' },
    });
    await second.adapter.close();
  });

  test('preview shows the first rows and creates nothing', async () => {
    const adapter = await openIn(folder());
    const { columns, rows: found } = await preview(
      adapter.main,
      'select i, i * 0.5 as x from range(9) t(i); ',
      2,
    );
    expect(columns).toEqual([
      { name: 'i', type: 'BIGINT' },
      { name: 'x', type: 'DECIMAL(21,1)' },
    ]);
    expect(found).toEqual([
      [0, '0.0'],
      [1, '0.5'],
    ]);
    expect((await adapter.inspect()).relations).toEqual([]);
  });
});
