import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import {
  diagnoseFabricOpening,
  EngineError,
  executeRun,
  formatPlan,
  openFabric,
  planRun,
  prepareFabric,
  runExitCode,
  serialiseWithDuckdb,
} from '../../../core/index.ts';
import { type Compiled, compileProject } from '../../../core/pipeline.ts';
import { TdsServer } from '../../peers/fabric/tds-server.ts';
import { Warehouse } from '../../peers/fabric/warehouse.ts';
import { firstItems, secondItems, writeItems, writeTinyProject } from '../../peers/livy/tiny-project.ts';
import { simpleTsql } from './simple-tsql.ts';

/**
 * Builds over a real TDS conversation with a stand-in for a warehouse, which carries batches out on DuckDB: what the
 * adapter sends when, what it does on a bad day, and what is left behind. It is no evidence that a Fabric Warehouse
 * takes this T-SQL or means by it what DuckDB does.
 */
const password = 'not to be seen';
let folder: string;
let warehouse: Warehouse;
let server: TdsServer;
let port: number;
let inside: DuckDBConnection;
let compiled: Compiled;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'churn-fabric-'));
  writeTinyProject(folder);
  writeItems(folder, firstItems);
  const found = await compileProject({ projectDir: folder, target: 'fabric', cache: false });
  if (!('bound' in found)) throw new Error('the tiny project cannot be read');
  compiled = found;
});
afterAll(() => {
  compiled.bound?.close();
  rmSync(folder, { recursive: true, force: true });
});
beforeEach(async () => {
  warehouse = new Warehouse(simpleTsql);
  inside = await warehouse.open();
  await load(firstItems);
  server = new TdsServer(warehouse.welcome);
  port = await server.start();
});
afterEach(async () => {
  await server.stop();
  warehouse.close();
});

/** The source of the tiny project is a table of the warehouse. */
async function load(items: string): Promise<void> {
  writeItems(folder, items);
  const types = "{id: 'bigint', day: 'date', amount: 'decimal(10,2)', note: 'varchar'}";
  await inside.run(`create schema if not exists raw`);
  await inside.run(
    `create or replace table raw.items as from read_csv('${join(folder, 'items.csv')}', columns = ${types})`,
  );
}

const environment = () => ({
  CHURN_FABRIC_CONNECTION_STRING: `Server=tcp:127.0.0.1,${port};Database=tiny;User Id=me;Password=${password};Encrypt=false`,
});

function parts({ project, graph, bound }: Compiled) {
  if (project === undefined || graph === undefined || bound === undefined) throw new Error('not compiled');
  return { project, graph, bound };
}

type Options = Readonly<Record<string, boolean>>;

async function open(env: Readonly<Record<string, string>> = environment(), given: Options = {}) {
  const { project } = parts(compiled);
  const { span = project.prediction?.span } = project.target;
  if (span === undefined) throw new Error('the target has no place');
  const options = Object.fromEntries(Object.entries(given).map(([key, value]) => [key, { value, span }]));
  const target = { ...project.target, options };
  const relations = [...parts(compiled).graph.nodes.values()].map(({ relation }) => relation);
  const opened = await openFabric(target, { env, relations, retries: { attempts: 4, firstDelay: 1 } });
  if (!opened.ok) throw opened.error;
  return opened.adapter;
}

async function build(
  options: { signal?: AbortSignal; env?: Readonly<Record<string, string>>; fullRefresh?: boolean } = {},
) {
  const { project, graph, bound } = parts(compiled);
  const selected = new Set(graph.nodes.keys());
  const { planner, diagnostics } = await prepareFabric({
    graph,
    selected,
    columns: bound.columns,
    root: project.root,
    target: project.target,
    serialise: serialiseWithDuckdb,
  });
  expect(diagnostics).toEqual([]);
  const adapter = await open(options.env);
  try {
    const planned = planRun({
      graph,
      selected,
      command: 'build',
      planner,
      state: await adapter.inspect(),
      columns: bound.columns,
      root: project.root,
      target: 'fabric',
      fullRefresh: options.fullRefresh ?? false,
    });
    expect(planned.diagnostics).toEqual([]);
    const outcome = await executeRun(planned.plan, adapter, {
      threads: 3,
      root: project.root,
      ...(options.signal === undefined ? {} : { signal: options.signal }),
    });
    const problems = [...outcome.diagnostics, ...outcome.results.flatMap((result) => result.diagnostics)];
    return {
      plan: planned.plan,
      code: runExitCode(outcome),
      outcome,
      codes: problems.map(({ code }) => code),
      told: problems.map(({ code, message, cause = '' }) => `${code} ${message} ${cause}`).join('\n'),
    };
  } finally {
    await adapter.close();
  }
}

async function rows(sql: string): Promise<string[]> {
  return (await inside.runAndReadAll(sql)).getRows().map((row) => row.map(String).join('|'));
}

const relations = () => rows("select schema_name || '.' || table_name from duckdb_tables() order by 1");
const built = ['appended', 'by_key', 'contracted', 'history', 'replaced', 'totals', 'versions', 'words'];

describe('a build over TDS', () => {
  test('makes every materialisation, and with new rows what DuckDB would make of them', async () => {
    const first = await build();
    expect(`${first.code} ${first.told}`).toBe('0 ');
    expect(await relations()).toEqual([...built.map((name) => `main.${name}`), 'raw.items']);
    await load(secondItems);
    const second = await build();
    expect(`${second.code} ${second.told}`).toBe('0 ');
    expect(await relations()).toEqual([...built.map((name) => `main.${name}`), 'raw.items']);
    expect(await rows('select id from main.appended order by 1')).toEqual(['1', '2', '3', '4', '5']);
    expect(await rows('select id, amount from main.by_key order by 1')).toEqual([
      '1|10.00',
      '2|21.50',
      '3|0.10',
      '4|7.00',
      '5|1.25',
    ]);
    expect(await rows('select id, amount from main.replaced order by 1')).toEqual([
      '1|10.00',
      '2|21.50',
      '4|7.00',
      '5|1.25',
    ]);
    expect(await rows('select id, amount, open from main.versions order by 1, 3')).toEqual([
      '1|10.00|true',
      '2|20.50|false',
      '2|21.50|true',
      '3|0.10|true',
      '4|7.00|true',
      '5|1.25|true',
    ]);
    expect(await rows('select id, amount from main.contracted order by 1')).toEqual([
      '1|10.00',
      '2|21.50',
      '4|7.00',
      '5|1.25',
    ]);
    expect(
      await rows(
        "select column_name from duckdb_columns() where table_name = 'contracted' and not is_nullable",
      ),
    ).toEqual(['id']);
    expect(await rows('select * from main.words order by 1')).toEqual([
      "1|it's|0.5",
      '2|back\\slash|null',
      '3|two\nlines|0.001',
    ]);
  });

  test('prints its plan as a script of batches', async () => {
    const { plan } = await build();
    const script = formatPlan(plan);
    expect(script).toMatch(/^create or alter view \[main\]\.\[items_view\] as\n[^;]*;\nGO$/m);
    expect(script).toContain("  exec sp_rename '[main].[totals__churn_new]', 'totals';");
  });

  test('leaves what was published when a test fails, and nothing beside it', async () => {
    await build();
    await load(`${secondItems}6,2024-03-01,-5.00,\n`);
    const failed = await build();
    expect(failed.code).toBe(1);
    expect(failed.codes).toContain('CH731');
    expect(await rows('select count(*) from main.totals')).toEqual(['2']);
    expect(await relations()).toEqual([...built.map((name) => `main.${name}`), 'raw.items']);
  });
});

describe('a bad day of the warehouse', () => {
  test('snapshot conflicts, throttling and lost answers are tried again, and nothing is done twice', async () => {
    await build();
    await load(secondItems);
    const conflict = {
      number: 24556,
      message: 'Snapshot isolation transaction aborted due to update conflict.',
    };
    warehouse.refuseLogins = { number: 24801, message: 'capacity has exceeded its limits', times: 2 };
    warehouse.faults.push(
      { at: 'insert into [main].[appended]', how: 'lose' },
      { at: 'merge into [main].[by_key]', how: conflict },
      { at: 'delete from [main].[replaced]', how: 'drop' },
      { at: "exec sp_rename '[main].[totals", how: 'lose' },
      { at: 'update [main].[history]', how: { ...conflict, number: 24706 } },
    );
    const second = await build();
    expect(`${second.code} ${second.told}`).toBe('0 ');
    expect(warehouse.faults).toEqual([]);
    expect(await rows('select id from main.appended order by 1')).toEqual(['1', '2', '3', '4', '5']);
    expect(await rows('select count(*), count(distinct id) from main.by_key')).toEqual(['5|5']);
    expect(await rows('select count(*) from main.history')).toEqual(['6']);
  });

  test('a conflict that stays is told as one, and the table is as it was', async () => {
    await build();
    await load(secondItems);
    const conflict = { number: 24556, message: 'update conflict' };
    for (let n = 0; n < 20; n++)
      warehouse.faults.push({ at: 'insert into [main].[appended]', how: conflict });
    const failed = await build();
    expect(failed.code).toBe(1);
    expect(failed.told).toMatch(/CH720 .*update conflict \(24556\); 4 tries/s);
    expect(await rows('select count(*) from main.appended')).toEqual(['3']);
  });

  test('a warehouse that dies in the middle ends the run with exit code 3, and the next run completes', async () => {
    await build();
    await load(secondItems);
    for (let n = 0; n < 12; n++) warehouse.faults.push({ at: 'merge into [main].[by_key]', how: 'drop' });
    const died = await build();
    expect(died.code).toBe(3);
    expect(died.codes).toContain('CH740');
    warehouse.faults.length = 0;
    expect(await rows('select count(*) from main.by_key')).toEqual(['3']);
    expect((await build()).code).toBe(0);
    expect(await rows('select count(*) from main.by_key')).toEqual(['5']);
    expect(await relations()).toEqual([...built.map((name) => `main.${name}`), 'raw.items']);
  });

  test('Ctrl-C cancels the running batch, and the next run completes', async () => {
    const stop = new AbortController();
    warehouse.faults.push({ at: 'create table [main].[totals__churn_new]', how: 'hang' });
    const running = build({ signal: stop.signal });
    while (warehouse.faults.length > 0) await new Promise((resolve) => setTimeout(resolve, 5));
    stop.abort();
    const stopped = await running;
    expect(stopped.outcome.interrupted).toBe(true);
    expect(await rows("select 1 from duckdb_tables() where table_name = 'totals'")).toEqual([]);
    expect((await build()).code).toBe(0);
  });
});

describe('logging in', () => {
  const opening = (env: Readonly<Record<string, string>>, options?: Options) =>
    open(env, options).then(
      (adapter) => adapter.close().then(() => 'in'),
      (thrown: unknown) => {
        if (!(thrown instanceof EngineError)) throw thrown;
        const { code, message, cause = '' } = diagnoseFabricOpening(thrown, 'fabric');
        return `${code} ${message} ${cause}`;
      },
    );

  test('takes a token, or the user and password of a connection string', async () => {
    expect(await opening(environment())).toBe('in');
    expect(warehouse.logins).toMatchObject([{ user: 'me', password, database: 'tiny' }]);
    expect(await opening({ ...environment(), CHURN_FABRIC_TOKEN: 'eyJ-token' })).toBe('in');
    expect(warehouse.logins[1]).toMatchObject({ token: 'eyJ-token' });
  });

  test('keeps secrets out of what it says', async () => {
    warehouse.refuseLogins = { number: 18456, message: `Login failed for ${password}`, times: 99 };
    const said = await opening(environment());
    expect(said).toMatch(/^CH742 the warehouse of target fabric refuses access Login failed for \*\*\*/);
    expect(said).not.toContain(password);
  });

  test('refuses a warehouse that ignores case, unless the target says that it may', async () => {
    warehouse.collation = 'Latin1_General_100_CI_AS_KS_WS_SC_UTF8';
    expect(await opening(environment())).toMatch(/^CH749 .*fabric takes 'a' and 'A' for equal .*CI_AS/);
    expect(await opening(environment(), { case_insensitive: true })).toBe('in');
  });

  test('gives a warehouse up that is throttled all the time', async () => {
    warehouse.refuseLogins = { number: 24801, message: 'capacity has exceeded its limits', times: 99 };
    expect(await opening(environment())).toMatch(/^CH740 .*capacity has exceeded its limits.*4 tries/);
  });

  test('says what is missing, and sends no secret in the open over a network', async () => {
    expect(await opening({})).toMatch(/^CH748 .*lacks `server`/);
    const noLogin = environment().CHURN_FABRIC_CONNECTION_STRING.replace(/User.*/, 'Encrypt=false');
    expect(await opening({ CHURN_FABRIC_CONNECTION_STRING: noLogin })).toMatch(/^CH748 .*CHURN_FABRIC_TOKEN/);
    const far = environment().CHURN_FABRIC_CONNECTION_STRING.replace('127.0.0.1', 'example.org');
    expect(await opening({ CHURN_FABRIC_CONNECTION_STRING: far })).toMatch(/^CH748 .*of this machine only/);
  });
});

describe('a table read back', () => {
  test('comes as text that gives the same values back', async () => {
    await inside.run(
      "create table raw.values as select 1::bigint as id, 0.1::double + 0.2 as x, timestamp '2024-02-29 12:30:00.123456' as at, 'ñ\n' as name, null::boolean as flag, 1.50::decimal(10,2) as amount",
    );
    const adapter = await open();
    const relation = { schema: 'raw', identifier: 'values' };
    const columns = (await adapter.inspect()).get(relation)?.columns ?? [];
    const lines: string[] = [];
    for await (const piece of adapter.readLines?.(relation, columns) ?? []) lines.push(piece);
    await adapter.close();
    expect(columns.map(({ type }) => type)).toEqual([
      'BIGINT',
      'DOUBLE',
      'TIMESTAMP',
      'VARCHAR',
      'BOOLEAN',
      'DECIMAL(10,2)',
    ]);
    expect(lines.join('')).toBe('1\t0.30000000000000004\t2024-02-29 12:30:00.123456\tñ\\3\t\\N\t1.50\n');
  });
});
