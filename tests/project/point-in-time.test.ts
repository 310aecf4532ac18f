import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  type Built,
  buildByHand,
  compile,
  countDifferences,
  openMemory,
  reference,
  rowsOf,
  scratch,
  simulate,
} from './reference.ts';

const { folder, remove } = scratch();
let built: Built;
let engine: Awaited<ReturnType<typeof openMemory>>;
let files: Record<string, string>;

beforeAll(async () => {
  built = await compile(reference);
  await simulate(built.project, { output: folder, customers: 1500, seed: 7, threads: 2 });
  files = Object.fromEntries(
    ['customers', 'contracts', 'events', 'support_tickets'].map((table) => [
      table,
      path.join(folder, `${table}.parquet`),
    ]),
  );
  engine = await openMemory();
  await buildByHand(engine.connection, built, 'whole', { files });
});
afterAll(() => {
  engine.close();
  remove();
});

function audited(): readonly {
  readonly name: string;
  readonly relation: string;
  readonly labels: readonly string[];
}[] {
  return [...built.rendered.nodes.values()]
    .filter((node) => node.pointInTime !== undefined)
    .map(({ name, relation, columns }) => ({
      name,
      relation: `${relation.schema}.${relation.identifier}`,
      labels: columns.filter((column) => column.role?.value === 'label').map((column) => column.name),
    }));
}

describe('what was known then gives the same features as what is known now', () => {
  for (const [index, time] of ['2024-02-01', '2024-07-01', '2024-12-01'].entries()) {
    test(time, async () => {
      const then = `then_${index}`;
      await buildByHand(engine.connection, built, then, { files, knownAt: time });
      expect(audited().length).toBeGreaterThanOrEqual(6);
      for (const { name, relation, labels } of audited()) {
        const features = labels.length > 0 ? `* exclude (${labels.join(', ')})` : '*';
        const of = (database: string) =>
          `select ${features} from ${database}.${relation} where prediction_time = timestamp '${time}'`;
        expect(await countDifferences(engine.connection, of('whole'), of(then)), name).toBe(0);
        const [counted] = await rowsOf(engine.connection, `select count(*) as n from (${of('whole')})`);
        expect(Number(counted?.n), name).toBeGreaterThan(20);
      }
    });
  }

  test('and the comparison can fail: a late row counted by event time shows', async () => {
    const logins = (database: string) => `select s.customer_id, count(e.event_id) as sessions
      from ${database}.gold.customer_spine as s
      left join ${database}.bronze.events as e
        on e.customer_id = s.customer_id
       and e.event_ts < s.prediction_time
       and e.event_ts >= s.prediction_time - interval 30 day
      where s.prediction_time = timestamp '2024-07-01'
      group by s.customer_id`;
    expect(await countDifferences(engine.connection, logins('whole'), logins('then_1'))).toBeGreaterThan(0);
  });
});

describe('labels', () => {
  test('each cohort churns about as often as it should', async () => {
    const rates = await rowsOf(
      engine.connection,
      `select cohort, avg(churned::integer) as rate, min(horizon_days) as shortest, max(horizon_days) as longest,
         count(*) filter (where churned is null) as unknown
       from whole.gold.customer_360 group by cohort order by cohort`,
    );
    const [established, mature, newUser] = rates;
    expect(rates.map(({ cohort, shortest, longest }) => [cohort, shortest, longest])).toEqual([
      ['established', 60, 60],
      ['mature', 90, 90],
      ['new_user', 30, 30],
    ]);
    expect(Number(newUser?.rate)).toBeGreaterThan(0.2);
    expect(Number(newUser?.rate)).toBeLessThan(0.3);
    expect(Number(established?.rate)).toBeGreaterThan(0.08);
    expect(Number(established?.rate)).toBeLessThan(0.18);
    expect(Number(mature?.rate)).toBeGreaterThan(0.07);
    expect(Number(mature?.rate)).toBeLessThan(0.16);
    for (const { unknown } of rates) expect(Number(unknown)).toBe(0);
  });

  test('a label agrees with the cancellation in the raw file, and is known at its horizon', async () => {
    const [wrong] = await rowsOf(
      engine.connection,
      `select count(*) as n
       from whole.gold.customer_360 as g
       join (select customer_id, min(cancelled_at) as cancelled_at from '${files.customers}' group by customer_id) as c
         using (customer_id)
       where g.churned is distinct from coalesce(
           c.cancelled_at > g.prediction_time and c.cancelled_at <= g.prediction_time + to_days(g.horizon_days), false)
         or g.label_known_at <> g.prediction_time + to_days(g.horizon_days)
         or (g.churned and g.days_until_churn not between 0 and g.horizon_days)
         or (not g.churned and g.days_until_churn is not null)`,
    );
    expect(Number(wrong?.n)).toBe(0);
  });

  test('a label whose horizon ends after the data is unknown, not negative', async () => {
    const project = await compile(reference, { labels_until: '2024-12-20' });
    await buildByHand(engine.connection, project, 'short', { files });
    const [row] = await rowsOf(
      engine.connection,
      `select count(*) filter (where churned is not null and label_known_at > timestamp '2024-12-20') as too_early,
         count(*) filter (where churned is null) as unknown
       from short.gold.customer_360`,
    );
    expect(Number(row?.too_early)).toBe(0);
    expect(Number(row?.unknown)).toBeGreaterThan(0);
  });
});

describe('features', () => {
  test('engagement equals a count over the raw events as they were known', async () => {
    const time = "timestamp '2024-07-01'";
    const plain = `select s.customer_id,
        coalesce(sum(e.login_count) filter (where e.event_ts::date >= date '2024-06-24'), 0)::integer as logins_7d,
        coalesce(sum(e.login_count), 0)::integer as logins_30d,
        count(distinct lower(e.feature))::integer as features_used_30d
      from whole.gold.customer_spine as s
      left join (
        select event_id, any_value(customer_id) as customer_id, any_value(event_ts) as event_ts,
          any_value(feature) as feature, any_value(login_count) as login_count
        from '${files.events}'
        where loaded_at <= ${time} and event_type = 'session'
        group by event_id
      ) as e
        on e.customer_id = s.customer_id
       and e.event_ts::date >= date '2024-06-01' and e.event_ts < ${time}
      where s.prediction_time = ${time}
      group by s.customer_id`;
    const built360 = `select customer_id, logins_7d, logins_30d, features_used_30d
      from whole.gold.customer_360 where prediction_time = ${time}`;
    expect(await countDifferences(engine.connection, plain, built360)).toBe(0);
  });

  test('a sentiment counts from an hour after its ticket was closed', async () => {
    const [row] = await rowsOf(
      engine.connection,
      `select count(*) as n from whole.gold.features_support as f
       where avg_sentiment_30d is not null and not exists (
         select 1 from '${files.support_tickets}' as t
         where t.customer_id = f.customer_id and t.sentiment is not null
           and t.closed_at + interval 1 hour <= f.prediction_time
           and t.opened_at >= f.prediction_time - interval 30 day)`,
    );
    expect(Number(row?.n)).toBe(0);
  });

  test('a cohort is decided by tenure then', async () => {
    const [row] = await rowsOf(
      engine.connection,
      `select count(*) as moved,
         count(*) filter (where first_cohort = 'new_user' and last_cohort = 'established') as grown
       from (
         select customer_id, arg_min(cohort, prediction_time) as first_cohort, arg_max(cohort, prediction_time) as last_cohort
         from whole.gold.customer_360 group by customer_id)
       where first_cohort <> last_cohort`,
    );
    expect(Number(row?.moved)).toBeGreaterThan(100);
    expect(Number(row?.grown)).toBeGreaterThan(20);
  });
});
