import { existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { TsqlReader } from '../dialects/tsql-reader.ts';
import { churn, churnInterrupted, type Ran } from '../livy/livy-server.ts';
import { firstItems, secondItems, writeItems, writeTinyProject } from '../livy/tiny-project.ts';
import { TdsServer } from './tds-server.ts';
import { Warehouse } from './warehouse.ts';

/**
 * The real binary over a real TDS conversation. Behind it stands DuckDB, which carries out what sqlglot makes of the
 * T-SQL: both sides of `churn diff` are DuckDB, one by way of our T-SQL and a foreign reading of it.
 */
const root = join(import.meta.dirname, '../../..');
const token = 'eyJ0eXAi.not-to-be-seen';
let folder: string;
let reader: TsqlReader;
let warehouse: Warehouse;
let server: TdsServer;
let inside: DuckDBConnection;
let port = 0;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'churn-fabric-'));
  reader = await TsqlReader.start();
  warehouse = new Warehouse(async (sql) => {
    await reader.tables(await tables());
    return reader.read(sql);
  });
  inside = await warehouse.open(join(folder, 'warehouse.duckdb'));
  server = new TdsServer(warehouse.welcome);
  port = await server.start();
}, 60_000);
afterEach(async () => {
  await server.stop();
  warehouse.close();
  reader.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** Columns by schema and table, without which sqlglot does not know what `/` and `+` are. */
async function tables() {
  const rows = await inside.runAndReadAll(
    'select schema_name, table_name, column_name, data_type from duckdb_columns() where not internal',
  );
  const found: Record<string, Record<string, Record<string, string>>> = {};
  for (const [schema, table, column, type] of rows.getRows().map((row) => row.map(String))) {
    const inSchema = found[schema ?? ''] ?? {};
    const columns = inSchema[table ?? ''] ?? {};
    found[schema ?? ''] = { ...inSchema, [table ?? '']: { ...columns, [column ?? '']: type ?? '' } };
  }
  return found;
}

const environment = () => ({
  CHURN_FABRIC_TOKEN: token,
  CHURN_FABRIC_CONNECTION_STRING: `Server=127.0.0.1,${port};Database=warehouse;Encrypt=false`,
});
const run = (cwd: string, ...args: string[]) => churn(cwd, args, environment());

function expectCode(ran: Ran, code: number): void {
  const told = `${ran.code}${ran.code === code ? '' : `\n${ran.stdout.slice(-2000)}\n${ran.stderr.slice(-4000)}`}`;
  expect(told).toBe(String(code));
  expect(ran.stdout + ran.stderr).not.toContain(token);
}

function tiny(): string {
  const cwd = mkdtempSync(join(folder, 'tiny-'));
  writeTinyProject(cwd);
  return cwd;
}

/** What a delivery is to a warehouse: rows in its tables. */
async function deliver(cwd: string, items: string): Promise<void> {
  writeItems(cwd, items);
  const types = "{id: 'bigint', day: 'date', amount: 'decimal(10,2)', note: 'varchar'}";
  await inside.run(
    `create schema if not exists raw; create or replace table raw.items as from read_csv('${join(cwd, 'items.csv')}', columns = ${types})`,
  );
}

describe('every materialisation', () => {
  test('twice, with new rows in between, is what DuckDB makes of it', async () => {
    const cwd = tiny();
    await deliver(cwd, firstItems);
    expectCode(await run(cwd, 'diff', '--target', 'fabric'), 0);
    await deliver(cwd, secondItems);
    const second = await run(cwd, 'diff', '--target', 'fabric');
    expectCode(second, 0);
    expect(second.stdout).toMatch(/equal by_key: 5 rows/);
    expect(second.stdout).toMatch(/equal words: 3 rows/);
    expect(second.stdout).toMatch(/equal versions: 6 rows/);
    await inside.run('update main.by_key set amount = 8 where id = 4');
    const different = await run(cwd, 'diff', '--target', 'fabric', '--as-built', '-s', 'by_key');
    expectCode(different, 1);
    expect(different.stderr).toMatch(/CH745.*amount \(id 4: 7\.00 against 8\.00\)/s);
  }, 300_000);

  test('a dry run prints the script and changes nothing', async () => {
    const cwd = tiny();
    await deliver(cwd, firstItems);
    const printed = await run(cwd, 'build', '--target', 'fabric', '--dry-run');
    expectCode(printed, 0);
    expect(printed.stdout).toMatch(/^GO$/m);
    expect(printed.stdout).toContain("exec sp_rename '[main].[totals__churn_new]', 'totals';");
    expect(
      await inside
        .runAndReadAll("from duckdb_tables() where schema_name = 'main'")
        .then((found) => found.currentRowCount),
    ).toBe(0);
  }, 300_000);

  test('a killed build leaves no half table, and the next run completes', async () => {
    const cwd = tiny();
    await deliver(cwd, firstItems);
    expectCode(await run(cwd, 'build', '--target', 'fabric'), 0);
    expectCode(await run(cwd, 'build', '--target', 'dev'), 0);
    await deliver(cwd, secondItems);
    warehouse.faults.push({ at: 'update [main].[history]', how: 'hang' });
    const stopped = await churnInterrupted(
      cwd,
      ['build', '--target', 'fabric'],
      environment(),
      /OK .*by_key/,
    );
    expectCode(stopped, 130);
    warehouse.faults.length = 0;
    expectCode(await run(cwd, 'build', '--target', 'fabric'), 0);
    expectCode(await run(cwd, 'build', '--target', 'dev'), 0);
    expectCode(await run(cwd, 'diff', '--target', 'fabric', '--as-built'), 0);
    const left = await inside.runAndReadAll("from duckdb_tables() where table_name like '%__churn_%'");
    expect(left.currentRowCount).toBe(0);
  }, 300_000);
});

describe('what is missing is said', () => {
  test('the driver, a warehouse, a login', async () => {
    const cwd = tiny();
    await deliver(cwd, firstItems);
    const hook = `export async function resolve(name, context, next) {
      if (name === 'tedious') throw new Error("Cannot find package 'tedious'");
      return next(name, context);
    }`;
    const hide = `import { register } from 'node:module'; register('data:text/javascript,' + ${JSON.stringify(encodeURIComponent(hook))});`;
    const bare = { NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(hide)}` };
    const absent = await churn(cwd, ['build', '--target', 'fabric'], { ...environment(), ...bare });
    expectCode(absent, 2);
    expect(absent.stderr).toMatch(/CH747.*npm install tedious@/s);
    const nowhere = await churn(cwd, ['build', '--target', 'fabric'], {});
    expectCode(nowhere, 2);
    expect(nowhere.stderr).toContain('CH748');
    warehouse.refuseLogins = { number: 18456, message: 'Login failed', times: 1 };
    const refused = await run(cwd, 'build', '--target', 'fabric');
    expectCode(refused, 3);
    expect(refused.stderr).toContain('CH742');
  }, 120_000);
});

describe('the reference project', () => {
  test('builds over TDS: every test gives the same verdict, every table is equal, and a model is trained on gold', async () => {
    const cwd = mkdtempSync(join(folder, 'reference-'));
    const parts = [
      'churn_project.yml',
      'models',
      'macros',
      'features',
      'audits',
      'seeds',
      'simulate',
      'snapshots',
      'node_modules',
    ];
    for (const part of parts)
      if (existsSync(join(root, part))) symlinkSync(join(root, part), join(cwd, part));
    expectCode(await run(cwd, 'simulate', '--customers', process.env.CHURN_PEER_CUSTOMERS ?? '1500'), 0);
    for (const table of ['customers', 'contracts', 'events', 'support_tickets']) {
      await inside.run(
        `create schema if not exists raw; create table raw.${table} as from '${join(cwd, 'data', `${table}.parquet`)}'`,
      );
    }
    expectCode(await run(cwd, 'build'), 0);
    const duckdb = verdicts(cwd);
    expectCode(await run(cwd, 'build', '--target', 'fabric'), 0);
    expect(verdicts(cwd)).toEqual(duckdb);
    expect([...duckdb.keys()].filter((id) => id.startsWith('test.')).length).toBeGreaterThan(100);
    const compared = await run(cwd, 'diff', '--target', 'fabric', '--as-built');
    expectCode(compared, 0);
    expect(compared.stdout).toMatch(/equal customer_360/);
    expectCode(await run(cwd, 'train', '--target', 'fabric'), 0);
  }, 900_000);
});

/** unique_id to status and failures of the last run. */
function verdicts(cwd: string): Map<string, string> {
  const { results } = JSON.parse(readFileSync(join(cwd, 'target/run_results.json'), 'utf8')) as {
    results: { unique_id: string; status: string; failures: number | null }[];
  };
  return new Map(
    results
      .map(({ unique_id, status, failures }) => [unique_id, `${status} ${failures ?? 0}`] as const)
      .sort(),
  );
}
