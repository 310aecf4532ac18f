/**
 * Feature views against hand-written SQL, same rows and same result:
 * `npm run bench:features -- [--customers 100000] [--days 120] [--threads 2]`.
 * Daily rows of one year, twelve monthly prediction times, four windows, six aggregates.
 */
import { parseArgs } from 'node:util';
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { featureView } from '../core/2-render/define/index.ts';
import { compileView } from '../core/2-render/features/compile-view.ts';
import { viewQuery } from '../core/2-render/features/view-query.ts';

const { values } = parseArgs({
  options: {
    customers: { type: 'string', default: '100000' },
    days: { type: 'string', default: '120' },
    threads: { type: 'string', default: '2' },
    runs: { type: 'string', default: '3' },
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

function ofView(): string {
  const view = featureView<Daily, Spine, ReturnType<typeof features>>({
    name: 'engagement',
    from: { relation: 'model', name: 'daily' },
    spine: { relation: 'model', name: 'spine' },
    entity: 'customer_id',
    time: 'day',
    availableAt: 'known_at',
    features,
  });
  return viewQuery(compileView(view)).replace(/\{\{ ref\('(\w+)'\) \}\}/g, '$1');
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

/** The shape that serves every window with one join, written by hand. */
function oneJoin(): string {
  const columns = Object.entries(calls).flatMap(([name, call]) =>
    windows.map(
      (w) => `${call} filter (where d.day >= s.prediction_time - interval ${w} day) as ${name}_${w}d`,
    ),
  );
  return `with w as (select s.customer_id, s.prediction_time, ${columns.join(', ')}
    from spine s join daily d on d.customer_id = s.customer_id and d.known_at <= s.prediction_time
      and d.day < s.prediction_time and d.day >= s.prediction_time - interval 180 day group by all)
    select s.customer_id, s.prediction_time, ${outer(() => 'w')}
    from spine s left join w using (customer_id, prediction_time)`;
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

const queries: Readonly<Record<string, string>> = {
  'feature view': ofView(),
  'one join, by hand': oneJoin(),
  'a join per window': joinPerWindow(),
  'floor: scan and group': `select customer_id, date_trunc('month', day) as prediction_time, count(*), sum(logins), sum(minutes),
    avg(minutes), max(logins), stddev_samp(minutes) from daily group by all`,
};

async function seconds(connection: DuckDBConnection, sql: string): Promise<number> {
  const started = performance.now();
  await connection.run(`create or replace table result as ${sql}`);
  return (performance.now() - started) / 1000;
}

const instance = await DuckDBInstance.create(':memory:', { threads: values.threads });
const connection = await instance.connect();
await connection.run(`
  create table daily as
    select c::bigint as customer_id, (date '2024-01-01' + (hash(c, i) % 366)::integer) as day,
      day::timestamp + to_hours((hash(i, c) % 60)::integer + 24) as known_at,
      (hash(c, i, 1) % 9)::integer as logins,
      case when hash(c, i, 2) % 20 > 0 then (hash(c, i, 3) % 600)::integer end as minutes
    from range(${customers}) t(c), range(${days}) u(i) order by customer_id, day;
  create table spine as
    select c::bigint as customer_id, timestamp '2024-02-01' + to_months(m::integer) as prediction_time
    from range(${customers}) t(c), range(12) u(m)`);
const [first = '', ...others] = Object.keys(queries);
console.log(
  `${customers} customers, ${customers * days} rows, 12 prediction times, ${values.threads} threads`,
);
await connection.run(`create table expected as ${queries[first]}`);
for (const name of [first, ...others]) {
  const times: number[] = [];
  for (let run = 0; run < Number(values.runs); run++) {
    times.push(await seconds(connection, queries[name] as string));
  }
  const compare = `select count(*) from (from expected except all from result)`;
  const differing = name.startsWith('floor')
    ? ''
    : `, ${(await connection.runAndReadAll(compare)).getRows()[0]?.[0]} rows differ from the view`;
  console.log(
    `${name.padEnd(22)} ${Math.min(...times).toFixed(2)}s best of ${times.map((t) => t.toFixed(2)).join(' ')}${differing}`,
  );
}
