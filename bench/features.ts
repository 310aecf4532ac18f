/**
 * A feature view against hand-written SQL of the same result:
 * `npm run bench:features -- [--customers 100000] [--days 120] [--threads 2] [--runs 3] [--shuffled]`, and whether memory
 * stays within a limit: `... -- --customers 1000000 --memory 6GB --only 'feature view' --runs 1`.
 * Daily rows of one year, twelve monthly prediction times, four windows, six aggregates. The sides take turns.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { featureView, monthly } from '../core/2-render/define/index.ts';
import { declaredTimes } from '../core/2-render/features/calendar-times.ts';
import { compileView } from '../core/2-render/features/compile-view.ts';
import { viewQuery } from '../core/2-render/features/view-query.ts';

const { values } = parseArgs({
  options: {
    customers: { type: 'string', default: '100000' },
    days: { type: 'string', default: '120' },
    threads: { type: 'string', default: '2' },
    runs: { type: 'string', default: '3' },
    /** Rows in no order, rather than customer by customer. */
    shuffled: { type: 'boolean', default: false },
    /** DuckDB's limit; what does not fit is spilled. */
    memory: { type: 'string' },
    only: { type: 'string' },
  },
});
const customers = Number(values.customers);
const days = Number(values.days);

interface Daily {
  customer_id: number;
  day: Date;
  known_at: Date;
  logins: number;
  minutes: number | null;
}
interface Spine {
  customer_id: number;
  prediction_time: Date;
}

const windows = [7, 30, 90, 180] as const;

/** The calendar of the spine, as `spine` would declare it. */
const calendar = declaredTimes(monthly({ first: '2024-02-01', count: 12 }));

function ofView(ringsFrom?: number, times?: readonly Date[]): string {
  const view = featureView<Daily, Spine, ReturnType<typeof features>>({
    name: 'engagement',
    from: { relation: 'model', name: 'daily' },
    spine: { relation: 'model', name: 'spine' },
    entity: 'customer_id',
    time: 'day',
    availableAt: 'known_at',
    features,
  });
  return viewQuery(compileView(view, ringsFrom, times)).replace(/\{\{ ref\('(\w+)'\) \}\}/g, '$1');
}

type Tools = Parameters<Parameters<typeof featureView<Daily, Spine, never>>[0]['features']>[0];
const features = ({ count, sum, avg, max, stddev }: Tools) => ({
  rows: count().over('7d', '30d', '90d', '180d'),
  logins: sum('logins').over('7d', '30d', '90d', '180d'),
  minutes: sum('minutes').over('7d', '30d', '90d', '180d'),
  mean: avg('minutes').over('7d', '30d', '90d', '180d'),
  most: max('logins').over('7d', '30d', '90d', '180d'),
  spread: stddev('minutes').over('7d', '30d', '90d', '180d'),
});

const calls = {
  rows: 'count(*)',
  logins: 'sum(d.logins)',
  minutes: 'sum(d.minutes)',
  mean: 'avg(d.minutes)',
  most: 'max(d.logins)',
  spread: 'stddev_samp(d.minutes)',
} as const;

const zero = new Set(['rows', 'logins', 'minutes']);
const types: Readonly<Record<string, string>> = { rows: '::integer', most: '' };

/**
 * The fastest we found by hand, in four statements: what the view does (cells), with what somebody can do who knows the data.
 * Tables of days and cells are made before, sums of squares lose digits, and no other prediction times are provided for.
 *
 * Tried and slower: a join for each ring; a FILTER for each window, nested or exclusive; grouping by (customer, prediction
 * time, ring), then pivoting; a calendar of prediction times joined by inequality (five times slower); several rings in one
 * grouping by CASE; late rows found in a pass of their own, or rounded up to the next prediction time.
 */
function cells(): string[] {
  const ringOf = `case ${windows.map((w, i) => `when day >= p - interval ${w} day then ${i}`).join(' ')} end`;
  const parts = `count(*)::double as n, sum(logins)::double as logins, sum(minutes)::double as minutes, count(minutes)::double as known,
    max(logins) as most, sum(minutes::double * minutes) as squares`;
  const merged = `sum(n) as n, sum(logins) as logins, sum(minutes) as minutes, sum(known) as known, max(most) as most,
    sum(squares) as squares`;
  const ctes = windows.map(
    (w, i) => `r${w} as (select customer_id, p, ${merged} from cells join cell_rings using (cell)
      where ring = ${i} and known_by <= p group by all)`,
  );
  const upTo = (i: number, column: string) =>
    windows
      .slice(0, i + 1)
      .map((w) => `coalesce(r${w}.${column}, 0)`)
      .join(' + ');
  const columns = windows.flatMap((w, i) => [
    `(${upTo(i, 'n')})::integer as rows_${w}d`,
    `${upTo(i, 'logins')} as logins_${w}d`,
    `${upTo(i, 'minutes')} as minutes_${w}d`,
    `nullif(${upTo(i, 'known')}, 0) as known_${w}d`,
    `${upTo(i, 'squares')} as squares_${w}d`,
    `greatest(${windows
      .slice(0, i + 1)
      .map((each) => `r${each}.most`)
      .join(', ')}) as most_${w}d`,
  ]);
  const results = windows.flatMap((w) => [
    `rows_${w}d, logins_${w}d, minutes_${w}d, minutes_${w}d / known_${w}d as mean_${w}d, most_${w}d`,
    `case when known_${w}d > 1 then sqrt(greatest(0, squares_${w}d - minutes_${w}d * minutes_${w}d / known_${w}d)
      / (known_${w}d - 1)) end as spread_${w}d`,
  ]);
  const joins = windows.map(
    (w) => `left join r${w} on r${w}.customer_id = s.customer_id and r${w}.p = s.prediction_time`,
  );
  return [
    'create or replace temp table times as select distinct prediction_time as p from spine',
    `create or replace temp table day_cells as
      with days as (select day, p, ${ringOf} as ring from (select distinct day from daily) join times
        on day < p and day >= p - interval ${windows.at(-1)} day),
      signed as (select day, min(p) as next, list((p, ring) order by p) as signature from days group by day)
      select day, next, dense_rank() over (order by signature)::smallint as cell from signed`,
    `create or replace temp table cell_rings as select distinct cell, p, ${ringOf} as ring
      from day_cells join times on day < p and day >= p - interval ${windows.at(-1)} day`,
    `with cells as materialized (select customer_id, cell, greatest(next, known_at) as known_by, ${parts}
        from daily join day_cells using (day) group by all),
      ${ctes.join(', ')},
      w as (select s.customer_id, s.prediction_time, ${columns.join(', ')} from spine s ${joins.join(' ')})
      select customer_id, prediction_time, ${results.join(', ')} from w`,
  ];
}

/** What most people write: a join for each window. */
function joinPerWindow(): string {
  const ctes = windows.map((w) => {
    const columns = Object.entries(calls).map(([name, call]) => `${call} as ${name}_${w}d`);
    return `w${w} as (select s.customer_id, s.prediction_time, ${columns.join(', ')}
      from spine s join daily d on d.customer_id = s.customer_id and d.known_at <= s.prediction_time
        and d.day < s.prediction_time and d.day >= s.prediction_time - interval ${w} day group by all)`;
  });
  const joins = windows.map((w) => `left join w${w} using (customer_id, prediction_time)`);
  return `with ${ctes.join(', ')} select s.customer_id, s.prediction_time, ${outer((w) => `w${w}`)} from spine s ${joins.join(' ')}`;
}

function outer(table: (window: number) => string): string {
  return Object.keys(calls)
    .flatMap((name) =>
      windows.map((w) => {
        const column = `${table(w)}.${name}_${w}d`;
        const value = zero.has(name) ? `coalesce(${column}, 0)` : column;
        return `${value}${types[name] ?? '::double'} as ${name}_${w}d`;
      }),
    )
    .join(', ');
}

const floor = 'scan and group by month';
/** The last statement of each side is its result; those before it count too. */
const queries: Readonly<Record<string, readonly string[]>> = {
  'feature view': [ofView(undefined, calendar)],
  'best by hand': cells(),
  'without a calendar': [ofView()],
  'a FILTER per window': [ofView(Number.POSITIVE_INFINITY)],
  'a join per window': [joinPerWindow()],
  [floor]: [
    `select customer_id, date_trunc('month', day) as prediction_time, count(*), sum(logins), sum(minutes),
    avg(minutes), max(logins), stddev_samp(minutes) from daily group by all`,
  ],
};
const names = Object.keys(queries).filter((name) => values.only === undefined || name === values.only);

/** Wall clock and processor seconds. */
async function seconds(
  connection: DuckDBConnection,
  statements: readonly string[],
): Promise<{ wall: number; cpu: number }> {
  const started = performance.now();
  const before = process.cpuUsage();
  for (const sql of statements.slice(0, -1)) await connection.run(sql);
  await connection.run(`create or replace table result as ${statements.at(-1)}`);
  const used = process.cpuUsage(before);
  return { wall: (performance.now() - started) / 1000, cpu: (used.user + used.system) / 1e6 };
}

/** Rows that are not those of the view, but for the last digits of floating point. */
async function differing(connection: DuckDBConnection): Promise<number> {
  const columns = Object.keys(calls).flatMap((name) => windows.map((w) => `${name}_${w}d`));
  const unequal = columns.map(
    (name) =>
      `(e.${name} is null) <> (r.${name} is null) or abs(e.${name} - r.${name}) > 1e-9 * (1 + abs(e.${name}))`,
  );
  const sql = `select count(*) from expected e full join result r using (customer_id, prediction_time)
    where e.rows_7d is null or r.rows_7d is null or ${unequal.join(' or ')}`;
  return Number((await connection.runAndReadAll(sql)).getRows()[0]?.[0]);
}

const folder = mkdtempSync(join(tmpdir(), 'churn-bench-'));
const instance = await DuckDBInstance.create(join(folder, 'bench.duckdb'), {
  threads: values.threads,
  temp_directory: join(folder, 'spilled'),
  ...(values.memory !== undefined && { memory_limit: values.memory, preserve_insertion_order: 'false' }),
});
const connection = await instance.connect();
const batch = 100_000;
for (let from = 0; from < customers; from += batch) {
  await connection.run(`${from === 0 ? 'create table daily as' : 'insert into daily'}
    select c::bigint as customer_id, (date '2024-01-01' + (hash(c, i) % 366)::integer) as day,
      day::timestamp + to_hours((hash(i, c) % 60)::integer + 24) as known_at,
      (hash(c, i, 1) % 9)::integer as logins,
      case when hash(c, i, 2) % 20 > 0 then (hash(c, i, 3) % 600)::integer end as minutes
    from range(${from}, ${Math.min(customers, from + batch)}) t(c), range(${days}) u(i)
    order by ${values.shuffled ? 'hash(c, i, 4)' : 'customer_id, day'}`);
}
await connection.run(`create table spine as
    select c::bigint as customer_id, timestamp '2024-02-01' + to_months(m::integer) as prediction_time
    from range(${customers}) t(c), range(12) u(m)`);
console.log(
  `${customers} customers, ${customers * days} rows${values.shuffled ? ' in no order' : ''}, 12 prediction times, ${values.threads} threads`,
);

const times = new Map(names.map((name) => [name, [] as { wall: number; cpu: number }[]]));
const wrong = new Map<string, number>();
for (let run = 0; run < Number(values.runs); run++) {
  for (const name of names) {
    times.get(name)?.push(await seconds(connection, queries[name] ?? []));
    if (run > 0 || name === floor) continue;
    if (wrong.size === 0) await connection.run('create table expected as from result');
    wrong.set(name, await differing(connection));
  }
}
const median = (name: string, what: 'wall' | 'cpu'): number => {
  const sorted = (times.get(name) ?? []).map((time) => time[what]).sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
};
for (const name of names) {
  const ratio = median('feature view', 'wall') / median(name, 'wall');
  const rows = wrong.get(name);
  console.log(
    `${name.padEnd(24)} ${median(name, 'wall').toFixed(2)} s, processor ${median(name, 'cpu').toFixed(2)} s; view/this ${ratio.toFixed(2)}x${rows === undefined ? '' : `; ${rows} rows differ`}`,
  );
}
console.log(`peak memory of the process ${(process.resourceUsage().maxRSS / 1e6).toFixed(1)} GB`);
connection.closeSync();
rmSync(folder, { recursive: true, force: true });
