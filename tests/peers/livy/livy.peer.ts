import { existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openSession } from '../../../core/7-run/adapters/duckdb/session.ts';
import { copyToDuckDb } from '../../../core/7-run/adapters/remote/copy-to-duckdb.ts';
import { LivyHttp } from '../../../core/7-run/adapters/spark/livy/http.ts';
import { LivySession } from '../../../core/7-run/adapters/spark/livy/livy-session.ts';
import { openSpark } from '../../../core/7-run/adapters/spark/open.ts';
import { folderStore, publishDelta } from '../../../core/7-run/index.ts';
import { churn, churnInterrupted, LivyServer, type Ran, token } from './livy-server.ts';
import { brokenItems, firstItems, secondItems, writeItems, writeTinyProject } from './tiny-project.ts';

/** Builds on a real Spark 3.5 with Delta, through the Livy API, with the real binary. */
const root = join(import.meta.dirname, '../../..');
const folder = mkdtempSync(join(tmpdir(), 'churn-livy-'));
const server = new LivyServer(join(folder, 'home'));

const sparkTarget = { name: 'spark', type: 'spark', schema: 'main', threads: 1, options: {} } as const;
const environment = () => ({ CHURN_LIVY_ENDPOINT: server.url, CHURN_LIVY_TOKEN: token });
const run = (cwd: string, ...args: string[]) => churn(cwd, args, environment());

beforeAll(() => server.start(), 180_000);
afterAll(async () => {
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** A copy of a project's own folders, by links, with a target folder of its own. */
function project(name: string, from: string, parts: readonly string[]): string {
  const cwd = mkdtempSync(join(folder, `${name}-`));
  for (const part of parts) if (existsSync(join(from, part))) symlinkSync(join(from, part), join(cwd, part));
  // Typed models import the framework by its own name.
  symlinkSync(join(root, 'node_modules'), join(cwd, 'node_modules'));
  return cwd;
}

function tiny(items: string): string {
  const cwd = mkdtempSync(join(folder, 'tiny-'));
  writeTinyProject(cwd);
  writeItems(cwd, items);
  return cwd;
}

/** unique_id to status and failures of the last run. */
function verdicts(cwd: string, target: string): Map<string, string> {
  const path = join(cwd, target, 'run_results.json');
  const { results } = JSON.parse(readFileSync(path, 'utf8')) as {
    results: { unique_id: string; status: string; failures: number | null }[];
  };
  return new Map(
    results
      .map(({ unique_id, status, failures }) => [unique_id, `${status} ${failures ?? 0}`] as const)
      .sort(),
  );
}

function expectCode(ran: Ran, code: number): void {
  expect(
    `${ran.code}${ran.code === code ? '' : `\n${ran.stdout.slice(-2000)}\n${ran.stderr.slice(-4000)}`}`,
  ).toBe(String(code));
  expect(ran.stdout + ran.stderr).not.toContain(token);
}

/** A session of the test's own, beside those of the binary. */
const openLivy = () =>
  LivySession.open(new LivyHttp({ url: server.url, token }), {
    conf: { 'spark.sql.session.timeZone': 'UTC' },
    patience: 60_000,
  });

/** Runs a script as `spark-sql -f` does: statements end with a semicolon at the end of a line that is no comment. */
async function runScript(spark: LivySession, script: string): Promise<number> {
  const statements = script
    .split(/(?<=^(?!\s*--)[^\n]*);\n/m)
    .filter((part) => part.replace(/^\s*--.*$/gm, '').trim() !== '');
  for (const sql of statements) await spark.run(sql).done;
  return statements.length;
}

const asBuilt = (cwd: string, ...args: string[]) =>
  run(cwd, 'diff', '--target', 'spark', '--as-built', ...args);

describe('every materialisation', () => {
  test('twice, with new rows in between, is what DuckDB makes of it', async () => {
    const cwd = tiny(firstItems);
    expectCode(await run(cwd, 'diff', '--target', 'spark'), 0);
    writeItems(cwd, secondItems);
    const second = await run(cwd, 'diff', '--target', 'spark');
    expectCode(second, 0);
    expect(second.stdout).toMatch(/equal by_key: 5 rows/);
    expect(second.stdout).toMatch(/equal words: 3 rows/);
    expect(second.stdout).toMatch(/equal versions: 6 rows/);

    // A failing test leaves what was published, and nothing beside it.
    writeItems(cwd, brokenItems);
    const failed = await run(cwd, 'build', '--target', 'spark', '--target-path', 'target/spark');
    expectCode(failed, 1);
    expect(failed.stderr).toContain('CH731');
    writeItems(cwd, secondItems);
    expectCode(await asBuilt(cwd, '-s', 'totals'), 0);

    // What differs is said, with the row.
    writeItems(cwd, secondItems.replace('7.00', '8.00'));
    expectCode(await run(cwd, 'build', '--target', 'dev', '-f'), 0);
    const different = await asBuilt(cwd, '-s', 'by_key');
    expectCode(different, 1);
    expect(different.stderr).toMatch(/CH745.*amount \(id 4: 8\.00 against 7\.00\)/s);
  }, 900_000);
});

describe('what a build would do', () => {
  test('`--dry-run` prints the whole script, which does the same by hand', async () => {
    const cwd = tiny(firstItems);
    const some = ['-s', '+totals', '+by_key'];
    const spark = await openLivy();
    await spark.run('drop schema if exists main cascade').done.catch(() => undefined);
    const dry = await run(cwd, 'build', '--target', 'spark', '--dry-run', ...some);
    expectCode(dry, 0);
    expect((await spark.run('show tables in main').done.catch(() => ({ rows: [] }))).rows).toEqual([]);
    expect(await runScript(spark, dry.stdout)).toBeGreaterThan(10);
    await spark.end();
    expectCode(await run(cwd, 'build', '--target', 'dev', ...some), 0);
    expectCode(await asBuilt(cwd, '-s', 'totals', 'by_key'), 0);
  }, 900_000);
});

describe('the deployment folder', () => {
  test('run by hand, and again with its scripts for later runs, makes what DuckDB makes', async () => {
    const cwd = tiny(firstItems);
    expectCode(await run(cwd, 'build', '--target', 'spark', '-s', 'items_view'), 0);
    const spark = await openLivy();
    await spark.run('drop schema main cascade').done;
    expectCode(await run(cwd, 'compile', '--target', 'spark'), 0);
    const deploy = join(cwd, 'target/deploy/spark');
    const { files, requires } = JSON.parse(readFileSync(join(deploy, 'manifest.json'), 'utf8')) as {
      files: { path: string; later: string | null }[];
      requires: string[];
    };
    expect(requires).toEqual(['`raw`.`items`']);
    const byHand = async (pathOf: (file: (typeof files)[number]) => string) => {
      for (const file of files) await runScript(spark, readFileSync(join(deploy, pathOf(file)), 'utf8'));
      expectCode(await run(cwd, 'build', '--target', 'dev'), 0);
      // Each snapshot goes by the clock of its own engine, `versions` is what they have in common; the view is no table.
      return asBuilt(cwd, '--exclude', 'history', 'items_view');
    };
    expectCode(await byHand(({ path }) => path), 0);
    writeItems(cwd, secondItems);
    // A session keeps the size of a file that it has read.
    await spark.run('refresh table raw.items').done;
    const later = await byHand(({ path, later: again }) => again ?? path);
    await spark.end();
    expectCode(later, 0);
    expect(later.stdout).toMatch(/equal by_key: 5 rows/);
    expect(later.stdout).toMatch(/equal appended: 5 rows/);
    expect(later.stdout).toMatch(/equal versions: 6 rows/);
  }, 900_000);
});

describe('a wide table', () => {
  test('100,000 rows of 40 columns come over whole, in seconds', async () => {
    const spark = await openLivy();
    const kinds = ['DOUBLE', 'BIGINT', 'VARCHAR', 'TIMESTAMP', 'DECIMAL(12,2)', 'BOOLEAN', 'DATE', 'INTEGER'];
    const values = [
      'id / 7e0',
      'id * 1000003',
      "concat('é\\n\"', cast(id as string))",
      'timestamp_micros(id * 1234567891)',
      'cast(id / 3 as decimal(12, 2))',
      'id % 3 = 0',
      "date_add(date '2020-01-01', cast(id % 3000 as int))",
      'cast(id as int)',
    ];
    const columns = Array.from({ length: 40 }, (_, i) => ({ name: `c${i} ü`, type: kinds[i % 8] ?? '' }));
    const select = columns.map(
      ({ name }, i) => `case when id % ${i + 5} > 0 then ${values[i % 8]} end as \`${name}\``,
    );
    await spark.run('create schema if not exists main').done;
    await spark
      .run(
        `create or replace table main.wide using parquet as select ${select.join(', ')} from range(100000)`,
      )
      .done.catch(async () => {
        await spark.run(
          `create table main.wide using parquet as select ${select.join(', ')} from range(100000)`,
        ).done;
      });
    await spark.end();
    const relation = { schema: 'main', identifier: 'wide' };
    const remote = await openSpark(sparkTarget, {
      env: environment(),
      interest: { relations: [relation], withColumns: [] },
    });
    if (!remote.ok) throw remote.error;
    const local = await (await DuckDBInstance.create(':memory:')).connect();
    const duckdb = await openSession(local, 1, []);
    const begin = performance.now();
    await copyToDuckDb({ from: remote.adapter, relation, columns, duckdb, create: 'create table wide' });
    const seconds = (performance.now() - begin) / 1000;
    const megabytes = Math.round(process.memoryUsage().rss / 1e6);
    console.log(`100,000 x 40 in ${seconds.toFixed(1)} s; this process holds ${megabytes} MB`);
    await remote.adapter.close();
    const checked = await duckdb.query(
      `select count(*), count(distinct "c1 ü"), sum("c1 ü"), count("c2 ü"), count(*) filter ("c2 ü" = 'é' || chr(10) || '"' || "c7 ü"),
        max("c3 ü"), sum("c4 ü"), count(*) filter ("c5 ü"), max("c6 ü")::varchar, sum("c0 ü")
      from wide`,
    );
    const ids = Array.from({ length: 100_000 }, (_, id) => id);
    const [row = []] = checked.rows;
    expect(Number(row[0])).toBe(100_000);
    expect(Number(row[1])).toBe(ids.filter((id) => id % 6 > 0).length);
    expect(String(row[2])).toBe(
      String(ids.filter((id) => id % 6 > 0).reduce((sum, id) => sum + BigInt(id) * 1000003n, 0n)),
    );
    expect(Number(row[3])).toBe(ids.filter((id) => id % 7 > 0).length);
    expect(Number(row[4])).toBe(ids.filter((id) => id % 7 > 0 && id % 12 > 0).length);
    expect(Number(row[7])).toBe(ids.filter((id) => id % 10 > 0 && id % 3 === 0).length);
    const total = ids.filter((id) => id % 5 > 0).reduce((sum, id) => sum + id / 7, 0);
    expect(Math.abs(Number(row[9]) / total - 1)).toBeLessThan(1e-12);
    duckdb.close();
  }, 900_000);
});

describe('checkpoints of a Delta table', () => {
  test('Spark reads ours where the first commits are gone, and we read those of Spark', async () => {
    const table = join(folder, 'checkpoints');
    const duckdb = await openSession(await (await DuckDBInstance.create(':memory:')).connect(), 1, []);
    const append = (id: number) =>
      publishDelta({
        session: duckdb,
        select: `select ${id}::bigint as id, 'ñ' as "größe"`,
        columns: [
          { name: 'id', type: 'BIGINT' },
          { name: 'größe', type: 'VARCHAR' },
        ],
        store: folderStore(table),
        scratch: join(folder, 'scratch'),
        mode: 'append',
      });
    const forget = (from: number, to: number) => {
      for (let version = from; version <= to; version++)
        rmSync(join(table, '_delta_log', `${String(version).padStart(20, '0')}.json`));
    };
    const spark = await openLivy();
    const ids = async (where: string) => {
      const { rows } = await spark.run(`select id from delta.\`${table}\` where ${where} order by id`).done;
      return rows.map(([id]) => Number(id));
    };
    for (let id = 0; id <= 11; id++) await append(id);
    forget(0, 9);
    expect(await ids('true')).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
    expect(await ids('id > 8')).toEqual([9, 10, 11]);
    for (let id = 12; id <= 20; id++)
      await spark.run(`insert into delta.\`${table}\` values (${id}L, 'x')`).done;
    rmSync(join(table, '_delta_log/00000000000000000010.checkpoint.parquet'));
    forget(10, 19);
    expect((await append(99)).version).toBe(21);
    expect(await ids('id > 9')).toEqual([10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 99]);
    await spark.end();
    duckdb.close();
  }, 900_000);
});

describe('a bad day of the server', () => {
  test('429, 500 and lost answers are retried, and nothing is done twice', async () => {
    const cwd = tiny(firstItems);
    const some = ['-s', '+appended', '+by_key'];
    expectCode(await run(cwd, 'build', '--target', 'dev', ...some), 0);
    expectCode(await run(cwd, 'build', '--target', 'spark', '-f', ...some), 0);
    writeItems(cwd, secondItems);
    await server.fault({ status: 429, times: 3, retry_after: 0 });
    await server.fault({ status: 500, times: 2, method: 'POST', path: 'statements' });
    await server.fault({ status: 503, times: 2, method: 'GET', path: 'statements' });
    await server.fault({ lose_answers: 8 });
    expectCode(await run(cwd, 'diff', '--target', 'spark', ...some), 0);
  }, 900_000);

  test('a lost session ends the run with exit code 3, and the next one begins anew', async () => {
    const cwd = tiny(firstItems);
    await server.fault({ lose_session_after: 15 });
    const some = ['build', '--target', 'spark', '-f', '-s', '+by_key'];
    const lost = await run(cwd, ...some);
    expectCode(lost, 3);
    expect(lost.stderr).toMatch(/CH741.*session ended/);
    expectCode(await run(cwd, ...some), 0);
  }, 900_000);

  test('Ctrl-C cancels, and the next run completes', async () => {
    const cwd = tiny(firstItems);
    const ran = await churnInterrupted(
      cwd,
      ['build', '--target', 'spark', '-f', '-s', '+by_key'],
      environment(),
      /OK /,
    );
    expectCode(ran, 130);
    expectCode(await run(cwd, 'build', '--target', 'spark', '-s', '+by_key'), 0);
  }, 900_000);

  test('no token, no endpoint', async () => {
    const cwd = tiny(firstItems);
    const refused = await churn(cwd, ['build', '--target', 'spark'], { CHURN_LIVY_ENDPOINT: server.url });
    expectCode(refused, 3);
    expect(refused.stderr).toContain('CH742');
    const nowhere = await churn(cwd, ['build', '--target', 'spark'], { CHURN_LIVY_ENDPOINT: '' });
    expectCode(nowhere, 2);
    expect(nowhere.stderr).toContain('CH744');
  }, 900_000);
});

describe('the reference project', () => {
  test('builds on Spark: every test gives the same verdict, every table is equal', async () => {
    const parts = [
      'churn_project.yml',
      'models',
      'macros',
      'features',
      'audits',
      'seeds',
      'simulate',
      'snapshots',
    ];
    const cwd = project('reference', root, parts);
    expectCode(await run(cwd, 'simulate', '--customers', process.env.CHURN_PEER_CUSTOMERS ?? '2000'), 0);
    expectCode(await run(cwd, 'build'), 0);
    const duckdb = verdicts(cwd, 'target');
    expectCode(await run(cwd, 'build', '--target', 'spark'), 0);
    expect(verdicts(cwd, 'target')).toEqual(duckdb);
    expect([...duckdb.keys()].filter((id) => id.startsWith('test.')).length).toBeGreaterThan(100);
    const compared = await asBuilt(cwd);
    expectCode(compared, 0);
    expect(compared.stdout).toMatch(/equal customer_360/);

    // Published as Delta, Spark reads the same rows, after an overwrite too.
    expectCode(await run(cwd, 'publish', '-s', 'customer_360', 'cohorts'), 0);
    expectCode(await run(cwd, 'publish', '-s', 'customer_360'), 0);
    expectCode(await run(cwd, 'publish', '-s', 'cohorts', '--append'), 0);
    const spark = await openLivy();
    const count = async (sql: string) => (await spark.run(sql).done).rows;
    const delta = (table: string) => `delta.\`${join(cwd, 'target/delta', table)}\``;
    const both = `${delta('gold.customer_360')} as p full join gold.customer_360 as b
      on p.customer_id = b.customer_id and p.prediction_time = b.prediction_time
      where not (p.logins_30d <=> b.logins_30d and p.tenure_days <=> b.tenure_days)`;
    expect(await count(`select count(*) from ${both}`)).toEqual([[0]]);
    expect(await count(`select count(*) from ${delta('reference.cohorts')}`)).toEqual([[6]]);

    // The deployment folder, run by hand in its order, makes the same tables.
    expectCode(await run(cwd, 'compile', '--target', 'spark'), 0);
    const deploy = join(cwd, 'target/deploy/spark');
    const { files } = JSON.parse(readFileSync(join(deploy, 'manifest.json'), 'utf8')) as {
      files: { path: string; unique_id: string | null }[];
    };
    for (const schema of ['silver', 'gold']) await spark.run(`drop schema ${schema} cascade`).done;
    for (const { path } of files) await runScript(spark, readFileSync(join(deploy, path), 'utf8'));
    await spark.end();
    const byHand = await asBuilt(cwd, '-s', 'path:models/gold');
    expectCode(byHand, 0);
    expect(byHand.stdout).toMatch(/equal customer_360/);

    // The gold table comes over as typed columns, and the model is the one that DuckDB's rows give.
    const report = async (...args: string[]) => {
      const ran = await run(cwd, 'train', ...args);
      expectCode(ran, 0);
      return ran.stderr.replace(/[\d.]+m?s\b/g, '').match(/average precision.*|\d[\d,]* rows.*/gi);
    };
    expect(await report('--target', 'spark')).toEqual(await report());
  }, 900_000);

  const cdnow = process.env.CDNOW_CSV ?? join(root, '../shared/data/cdnow/transactions.csv');
  test.skipIf(!existsSync(cdnow))(
    'so does the example on real data',
    async () => {
      const parts = ['churn_project.yml', 'models', 'macros', 'features', 'audits'];
      const cwd = project('cdnow', join(root, 'examples/cdnow'), parts);
      const env = { ...environment(), CDNOW_CSV: cdnow };
      const compared = await churn(cwd, ['diff', '--target', 'spark'], env);
      expectCode(compared, 0);
      expect(compared.stdout).toMatch(/equal customer_360: 99,086 rows/);
    },
    900_000,
  );
});

describe('the death of the server', () => {
  test('in the middle of a build: exit code 3, no half table, and a rerun completes', async () => {
    const cwd = tiny(firstItems);
    const some = ['-s', '+totals'];
    expectCode(await run(cwd, 'build', '--target', 'spark', '-f', ...some), 0);
    expectCode(await run(cwd, 'build', '--target', 'dev', '-f', ...some), 0);
    writeItems(cwd, secondItems);
    await server.fault({ die_after: 17 });
    const died = await run(cwd, 'build', '--target', 'spark', '-f', ...some);
    expectCode(died, 3);
    expect(died.stderr).toContain('CH740');
    await server.ended();
    await server.start();
    // The table is as it was or as it should be, and nothing in between; the rerun makes it new.
    const whole = ['-s', 'totals'];
    const old = (await asBuilt(cwd, ...whole)).code;
    expectCode(await run(cwd, 'build', '--target', 'dev', '-f', ...some), 0);
    expect([old, (await asBuilt(cwd, ...whole)).code]).toContain(0);
    expectCode(await run(cwd, 'build', '--target', 'spark', '-f', ...some), 0);
    expectCode(await asBuilt(cwd, ...some), 0);
  }, 900_000);
});
