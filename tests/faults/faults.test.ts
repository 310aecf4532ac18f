import { spawn, spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import { bundleCli, churn, churnUntil, copyOf, pause, project, query } from './harness.ts';

/** Every table holds one version of 400,000 rows; `slow` takes as long as the variable says before it writes. */
const rows = 100_000;
const models = {
  'models/first.sql': `{{ config(materialized='table') }} select i, {{ var('v') }} as v from range(${rows}) t(i)`,
  'models/wide.sql': `{{ config(materialized='table') }}
select i, {{ var('v') }} as v, hash(i) as a, hash(i + 1) as b, hash(i + 2) as c from {{ ref('first') }} t`,
  'models/slow.sql': `{{ config(materialized='table') }}
select i, v, {{ var('slow') }} as slow from {{ ref('wide') }} as wide
where (select count(*) from range({{ var('slow') }}) u(j) where hash(j) = 0) >= 0`,
  'models/grows.sql': `{{ config(materialized='incremental', incremental_strategy='append') }}
select i, {{ var('v') }} as v from {{ ref('slow') }} as slow`,
  'models/schema.yml': `version: 2\nmodels:\n  - {name: wide, columns: [{name: i, tests: [unique, not_null]}]}\n`,
};

const version = (v: number, slow = 0) => ['--vars', `{v: ${v}, slow: ${slow}}`];

// Each test starts several processes; on a busy machine that takes its time.
vi.setConfig({ testTimeout: 120_000 });

let built = '';

beforeAll(async () => {
  await bundleCli();
  built = project(models);
  expect(churn(built, 'build', ...version(1))).toMatchObject({ code: 0 });
});

afterAll(() => rmSync(built, { recursive: true, force: true }));

/** [version, rows] of each table: whole or not there. */
async function tables(root: string): Promise<Record<string, unknown[][]>> {
  const names = (await query(root, 'select table_name from duckdb_tables() order by 1')).map(([name]) =>
    String(name),
  );
  const found: Record<string, unknown[][]> = {};
  for (const name of names)
    found[name] = await query(root, `select v, count(*)::integer from ${name} group by v order by v`);
  return found;
}

describe('kill -9', () => {
  test.each([0, 60])(
    '%i ms into a model: no half table, no lost table, the next build completes',
    async (delay) => {
      const root = project(models);
      expect(churn(root, 'build', ...version(1)).code).toBe(0);
      const before = await tables(root);
      expect(before).toEqual({
        first: [[1, rows]],
        grows: [[1, rows]],
        slow: [[1, rows]],
        wide: [[1, rows]],
      });
      const { child, ended } = await churnUntil(
        root,
        delay === 60 ? 'wide' : 'slow',
        'build',
        ...version(2, 10 ** 12),
      );
      await pause(delay);
      child.kill('SIGKILL');
      await ended;
      const after = await tables(root);
      expect(Object.keys(after)).toEqual(Object.keys(before));
      for (const [name, found] of Object.entries(after)) {
        const isPublished = name === 'first' || (name === 'wide' && delay !== 60);
        if (name === 'wide' && delay === 60) expect([[[1, rows]], [[2, rows]]]).toContainEqual(found);
        else expect(found).toEqual([[isPublished ? 2 : 1, rows]]);
      }
      expect(churn(root, 'build', ...version(3)).code).toBe(0);
      expect(await tables(root)).toEqual({
        first: [[3, rows]],
        grows: [
          [1, rows],
          [3, rows],
        ],
        slow: [[3, rows]],
        wide: [[3, rows]],
      });
      expect(
        readdirSync(root).filter((name) => /tmp|wal/.test(name) && existsSync(join(root, name, 'x'))),
      ).toEqual([]);
    },
  );
});

test('Ctrl-C: exit 130, what was published stays, nothing is left', async () => {
  const root = copyOf(built);
  const { child, ended } = await churnUntil(root, 'slow', 'build', ...version(2, 10 ** 12));
  child.kill('SIGINT');
  expect(await ended).toBe(130);
  expect(await tables(root)).toEqual({
    first: [[2, rows]],
    grows: [[1, rows]],
    slow: [[1, rows]],
    wide: [[2, rows]],
  });
  expect(churn(root, 'retry', ...version(2)).code).toBe(0);
  expect((await tables(root)).grows).toEqual([
    [1, rows],
    [2, rows],
  ]);
});

test('a database locked by another process: exit 3, its pid, nothing touched', async () => {
  const root = copyOf(built);
  const hold = `const { DuckDBInstance } = require('@duckdb/node-api');
    DuckDBInstance.create(process.argv[1]).then(() => console.log('held')); setTimeout(() => {}, 60000);`;
  const holder = spawn(process.execPath, ['-e', hold, join(root, 'data.duckdb')], {
    cwd: import.meta.dirname,
  });
  onTestFinished(() => void holder.kill('SIGKILL'));
  await new Promise((resolve) => holder.stdout.once('data', resolve));
  const { code, stderr } = churn(root, 'build', ...version(2));
  expect(code).toBe(3);
  expect(stderr).toContain('CH701');
  expect(stderr).toContain(`pid ${holder.pid}`);
  holder.kill('SIGKILL');
  await new Promise((resolve) => holder.once('exit', resolve));
  expect((await tables(root)).first).toEqual([[1, rows]]);
});

describe('a damaged database', () => {
  test.each([
    ['a header of zeros', (bytes: Buffer) => bytes.fill(0, 0, 4096)],
    ['something else', () => Buffer.from('id,name\n1,Ann\n'.repeat(1000))],
    ['blocks of noise', (bytes: Buffer) => bytes.fill(0xa5, 12_288 + 8, bytes.length - 4096)],
  ])('%s: exit 3, and the file is left as it is', (_, damage) => {
    const root = copyOf(built);
    const path = join(root, 'data.duckdb');
    rmSync(`${path}.wal`, { force: true });
    writeFileSync(path, damage(readFileSync(path)));
    const bytes = readFileSync(path);
    const { code, stderr } = churn(root, 'build', ...version(2));
    expect(stderr).toContain('CH702');
    expect(code).toBe(3);
    expect(readFileSync(path).equals(bytes)).toBe(true);
  });
});

test('a CSV with broken rows: the line, and the table as it was', async () => {
  const seeds = { 'seeds/tiers.csv': 'tier,v\ngold,1\n', 'data/days.csv': 'day,v\n2024-01-01,1\n' };
  const source = `version: 2\nsources:\n  - name: raw\n    tables:\n      - name: days\n        location: data/days.csv\n        columns: [{name: day, data_type: date}, {name: v, data_type: integer}]\n`;
  const days = "{{ config(materialized='table') }} select * from {{ source('raw', 'days') }}";
  const root = project({ ...seeds, 'models/sources.yml': source, 'models/days.sql': days });
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  expect(churn(root, 'build').code).toBe(0);
  writeFileSync(join(root, 'seeds/tiers.csv'), 'tier,v\ngold,1\nsilver,2,3\n');
  const seed = churn(root, 'build');
  expect(seed.stderr).toContain('seeds/tiers.csv:3:1');
  expect(seed.code).toBe(3);
  writeFileSync(join(root, 'seeds/tiers.csv'), 'tier,v\ngold,1\n');
  writeFileSync(join(root, 'data/days.csv'), 'day,v\n2024-01-01,1\n2024-01-32,2\n');
  const data = churn(root, 'build');
  expect(data.stderr).toContain('data/days.csv:3:1');
  expect(data.stderr).toContain('CH723');
  expect(data.code).toBe(3);
  expect(await query(root, 'select v from days')).toEqual([[1]]);
});

test('a full disk: exit 3, what was published stays, and a build with room completes', async ({ skip }) => {
  const disk = mkdtempSync(join(tmpdir(), 'churn-disk-'));
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=24m', 'tmpfs', disk], { encoding: 'utf8' });
  onTestFinished(() => {
    if (mounted.status === 0) spawnSync('umount', ['-l', disk]);
    rmSync(disk, { recursive: true, force: true });
  });
  if (mounted.status !== 0) {
    const reason = `mounting a tmpfs is not permitted here: ${(mounted.stderr ?? String(mounted.error)).trim()}`;
    console.log(`skipped: ${reason}`);
    skip(reason);
  }
  mkdirSync(join(disk, 'p'));
  const big =
    "{{ config(materialized='table') }} select i, {{ var('v') }} as v, hash(i) as h from range({{ var('slow') }}) t(i)";
  const root = project({ 'models/big.sql': big }, join(disk, 'p'));
  expect(churn(root, 'build', ...version(1, 100_000)).code).toBe(0);
  const full = churn(root, 'build', ...version(2, 5_000_000));
  expect(full.stderr).toContain('CH704');
  expect(full.code).toBe(3);
  // The space of the failed statement is given back, or nothing could be written any more.
  expect(readFileSync(join(root, 'target/run_results.json'), 'utf8')).toContain('"status":"error"');
  expect(await query(root, 'select v, count(*)::integer from big group by v')).toEqual([[1, 100_000]]);
  expect(churn(root, 'build', ...version(3, 50_000)).code).toBe(0);
  expect(await query(root, 'select v, count(*)::integer from big group by v')).toEqual([[3, 50_000]]);
});
