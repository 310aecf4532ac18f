/**
 * One gold chain (spine, two feature views, gold table) built in one go, in batches of entities, and by prediction time:
 * `npm run bench:gold -- [--customers 50000] [--days 120] [--memory 4GB]`. Daily rows of a year, twelve monthly times.
 *
 * Working memory is what DuckDB's operators hold (hash tables and intermediate rows, not cached pages of tables), sampled
 * while the views are built, and what they spill. The halves must show: twice the customers in twice the batches hold
 * the same.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { type DuckDbAdapter, duckdbPlanner, executeRun, openDuckDb, planRun } from '../core/7-run/index.ts';
import { compileProject } from '../core/pipeline.ts';

const { values } = parseArgs({
  options: {
    customers: { type: 'string', default: '50000' },
    days: { type: 'string', default: '120' },
    memory: { type: 'string', default: '4GB' },
  },
});

const files: Readonly<Record<string, string>> = {
  'models/sources.yml': `sources:
  - name: raw
    tables:
      - name: customers
        available_at: known_at
        columns: [{name: customer_id, data_type: bigint}, {name: joined_at, data_type: timestamp}, {name: known_at, data_type: timestamp}]
      - name: daily
        available_at: known_at
        columns: [{name: customer_id, data_type: bigint}, {name: day, data_type: timestamp}, {name: known_at, data_type: timestamp}, {name: logins, data_type: integer}, {name: minutes, data_type: integer}]
`,
  'models/customers.sql':
    "{{ config(materialized='view', batches=1) }} select * from {{ source('raw', 'customers') }}",
  'models/daily.sql':
    "{{ config(materialized='view', batches=1) }} select * from {{ source('raw', 'daily') }}",
  'models/spine.ts': `import { model, monthly, projectVar, spine } from '#core';
export default spine({ name: 'spine', config: { materialized: 'table' }, from: model('customers'), entity: 'customer_id',
  knownFrom: 'known_at', start: 'joined_at', calendar: monthly({ first: '2024-01-01', count: projectVar<number>('months') }) });
`,
  'features/activity.ts': `import { featureView, model } from '#core';
export default featureView({ name: 'activity', from: model('daily'), spine: model('spine'), entity: 'customer_id', time: 'day',
  availableAt: 'known_at', features: ({ avg, count, max, sum }) => ({
    rows: count().over('7d', '30d', '90d', '180d'), logins: sum('logins').over('7d', '30d', '90d', '180d'),
    mean: avg('minutes').over('7d', '30d', '90d', '180d'), most: max('logins').over('7d', '30d', '90d', '180d') }) });
`,
  'features/habits.ts': `import { featureView, model } from '#core';
export default featureView({ name: 'habits', from: model('daily'), spine: model('spine'), entity: 'customer_id', time: 'day',
  availableAt: 'known_at', features: ({ change, countDistinct, sinceLast, sum }) => ({
    levels: countDistinct('logins').over('30d'), velocity: change(sum('logins'), '7d'), silent: sinceLast().within('90d') }) });
`,
  'models/gold.ts': `import { goldTable, model } from '#core';
import activity from '../features/activity.ts';
import habits from '../features/habits.ts';
export default goldTable({ spine: model('spine'), entity: 'customer_id', keep: ['tenure_days'], views: [activity, habits] });
`,
};

interface Figures {
  readonly seconds: number;
  readonly working: number;
  readonly spilled: number;
}

class Bench {
  constructor(
    readonly root: string,
    readonly adapter: DuckDbAdapter,
  ) {}

  static async open(customers: number): Promise<Bench> {
    const root = mkdtempSync(join(tmpdir(), 'churn-bench-gold-'));
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), text);
    }
    const at = {
      file: 'bench',
      start: { offset: 0, line: 1, column: 1 },
      end: { offset: 0, line: 1, column: 1 },
    };
    const options = {
      path: { value: 'bench.duckdb', span: at },
      memory_limit: { value: values.memory, span: at },
      threads: { value: 2, span: at },
    };
    const opened = await openDuckDb({ type: 'duckdb', options }, { root });
    if (!opened.ok) throw opened.error;
    const bench = new Bench(root, opened.adapter);
    const { main } = bench.adapter;
    await main.run('create schema raw');
    await main.run(
      `create table raw.customers as select n as customer_id, timestamp '2023-01-01' + to_hours((hash(n) % 8000)::integer) as joined_at, joined_at + interval 1 day as known_at from range(${customers}) as r(n)`,
    );
    await main.run(
      `create table raw.daily as select (hash(n) % ${customers})::bigint as customer_id, timestamp '2023-07-01' + to_hours((hash(n + 1) % 12000)::integer) as day, day + to_hours(case when n % 10 = 0 then 300 else 20 end) as known_at, (hash(n + 2) % 9)::integer as logins, (hash(n + 3) % 90)::integer as minutes from range(${customers * Number(values.days)}) as r(n) order by known_at`,
    );
    return bench;
  }

  async build(schema: string, config: string, months: number): Promise<Figures> {
    writeFileSync(
      join(this.root, 'churn_project.yml'),
      `name: bench\nvars: {months: ${months}}\nmodels: {bench: {${config}}}\ntargets: {dev: {type: duckdb, schema: ${schema}}}\ntarget: dev\n`,
    );
    const compiled = await compileProject({ projectDir: this.root, cache: false });
    if (compiled.project === undefined || compiled.bound === undefined)
      throw new Error('it does not compile');
    const { graph, bound } = compiled;
    const { plan, diagnostics } = planRun({
      graph,
      selected: new Set(graph.order),
      command: 'build',
      planner: duckdbPlanner,
      state: await this.adapter.inspect(),
      columns: bound.columns,
      root: this.root,
      target: 'dev',
    });
    bound.close();
    if (diagnostics.length > 0) throw new Error(JSON.stringify(diagnostics));
    let working = 0;
    let spilled = 0;
    let isDone = false;
    const watch = (async () => {
      while (!isDone) {
        const { rows } = await this.adapter.main.query(
          "select sum(memory_usage_bytes) filter (tag in ('HASH_TABLE', 'ORDER_BY', 'COLUMN_DATA', 'WINDOW')), sum(temporary_storage_bytes) from duckdb_memory()",
        );
        working = Math.max(working, Number(rows[0]?.[0] ?? 0));
        spilled = Math.max(spilled, Number(rows[0]?.[1] ?? 0));
        await new Promise((resolve) => setTimeout(resolve, 25));
      }
    })();
    const begin = performance.now();
    const outcome = await executeRun(plan, this.adapter, { threads: 1, root: this.root });
    const seconds = (performance.now() - begin) / 1000;
    isDone = true;
    await watch;
    const failed = outcome.results.find(({ status }) => status !== 'success');
    if (failed) throw new Error(`${failed.name}: ${failed.message}`);
    return { seconds, working, spilled };
  }

  async differences(a: string, b: string): Promise<number> {
    const { rows } = await this.adapter.main.query(
      `select (select count(*) from (from ${a}.gold except all from ${b}.gold)) + (select count(*) from (from ${b}.gold except all from ${a}.gold))`,
    );
    return Number(rows[0]?.[0]);
  }

  async close(): Promise<void> {
    await this.adapter.close();
    rmSync(this.root, { recursive: true, force: true });
  }
}

const size = (bytes: number) => `${(bytes / 2 ** 20).toFixed(0)} MiB`;
const tell = (what: string, { seconds, working, spilled }: Figures) =>
  console.log(
    `${what.padEnd(44)} ${seconds.toFixed(2).padStart(7)} s  ${size(working).padStart(9)} held  ${size(spilled).padStart(9)} spilled`,
  );

const customers = Number(values.customers);
const table = '+materialized: table';
const grown = '+materialized: incremental';
const bench = await Bench.open(customers);
console.log(
  `${customers} customers, ${customers * Number(values.days)} daily rows, 12 prediction times, ${values.memory}, 2 threads`,
);
tell('in one go', await bench.build('whole', table, 12));
tell('in 8 batches', await bench.build('batched', `${table}, +batches: 8`, 12));
tell('incremental: the first 11 times', await bench.build('grown', grown, 11));
tell('incremental: the 12th', await bench.build('grown', grown, 12));
tell('incremental: nothing new', await bench.build('grown', grown, 12));
console.log(
  `rows that differ: batches ${await bench.differences('whole', 'batched')}, incremental ${await bench.differences('whole', 'grown')}`,
);
await bench.close();
const twice = await Bench.open(2 * customers);
tell('twice the customers in one go', await twice.build('whole', table, 12));
tell('twice the customers in 16 batches', await twice.build('batched', `${table}, +batches: 16`, 12));
await twice.close();
