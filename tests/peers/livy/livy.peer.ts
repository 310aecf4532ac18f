import { existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { LivyHttp } from '../../../core/7-run/adapters/spark/livy/http.ts';
import { LivySession } from '../../../core/7-run/adapters/spark/livy/livy-session.ts';
import { churn, churnInterrupted, LivyServer, type Ran, token } from './livy-server.ts';
import { brokenItems, firstItems, secondItems, writeItems, writeTinyProject } from './tiny-project.ts';

/** Builds on a real Spark 3.5 with Delta, through the Livy API, with the real binary. */
const root = join(import.meta.dirname, '../../..');
const folder = mkdtempSync(join(tmpdir(), 'churn-livy-'));
const server = new LivyServer(join(folder, 'home'));

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
  }, 300_000);
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
  }, 300_000);

  test('a lost session ends the run with exit code 3, and the next one begins anew', async () => {
    const cwd = tiny(firstItems);
    await server.fault({ lose_session_after: 15 });
    const some = ['build', '--target', 'spark', '-f', '-s', '+by_key'];
    const lost = await run(cwd, ...some);
    expectCode(lost, 3);
    expect(lost.stderr).toMatch(/CH741.*session ended/);
    expectCode(await run(cwd, ...some), 0);
  }, 300_000);

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
  }, 300_000);

  test('no token, no endpoint', async () => {
    const cwd = tiny(firstItems);
    const refused = await churn(cwd, ['build', '--target', 'spark'], { CHURN_LIVY_ENDPOINT: server.url });
    expectCode(refused, 3);
    expect(refused.stderr).toContain('CH742');
    const nowhere = await churn(cwd, ['build', '--target', 'spark'], { CHURN_LIVY_ENDPOINT: '' });
    expectCode(nowhere, 2);
    expect(nowhere.stderr).toContain('CH744');
  }, 300_000);
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
    const spark = await LivySession.open(new LivyHttp({ url: server.url, token }), {
      conf: { 'spark.sql.session.timeZone': 'UTC' },
      patience: 60_000,
    });
    const count = async (sql: string) => (await spark.run(sql).done).rows;
    const delta = (table: string) => `delta.\`${join(cwd, 'target/delta', table)}\``;
    const both = `${delta('gold.customer_360')} as p full join gold.customer_360 as b
      on p.customer_id = b.customer_id and p.prediction_time = b.prediction_time
      where not (p.logins_30d <=> b.logins_30d and p.tenure_days <=> b.tenure_days)`;
    expect(await count(`select count(*) from ${both}`)).toEqual([[0]]);
    expect(await count(`select count(*) from ${delta('reference.cohorts')}`)).toEqual([[6]]);
    await spark.end();
  }, 600_000);

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
    600_000,
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
  }, 300_000);
});
