import { existsSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  type Built,
  buildByHand,
  cdnow,
  cdnowCsv,
  compile,
  countDifferences,
  openMemory,
  rowsOf,
} from './reference.ts';

/** The data set is not part of the repository; where it is missing, there is nothing to test on. */
describe.skipIf(!existsSync(cdnowCsv))('examples/cdnow on the real file', () => {
  let built: Built;
  let engine: Awaited<ReturnType<typeof openMemory>>;

  beforeAll(async () => {
    built = await compile(cdnow);
    engine = await openMemory();
    await buildByHand(engine.connection, built, 'whole', { files: { transactions: cdnowCsv } });
  });
  afterAll(() => engine.close());

  test('the base rates are those known about this file', async () => {
    const rates = await rowsOf(
      engine.connection,
      `select prediction_time::date::varchar as day, round(100 * avg(churned::integer), 1) as rate, count(*) as customers
       from whole.gold.customer_360
       where prediction_time in (timestamp '1997-09-30', timestamp '1997-12-31', timestamp '1998-03-31')
       group by prediction_time order by prediction_time`,
    );
    expect(rates.map(({ day, rate }) => [day, Number(rate)])).toEqual([
      ['1997-09-30', 61.1],
      ['1997-12-31', 59.6],
      ['1998-03-31', 61.5],
    ]);
  });

  test('recency and frequency rank the label as well as is known, and no better', async () => {
    const rows = await rowsOf(
      engine.connection,
      `with ranked as (
         select prediction_time, churned,
           rank() over later as later_low, count(*) over later_peers as later_ties,
           rank() over rarer as rarer_low, count(*) over rarer_peers as rarer_ties
         from whole.gold.customer_360
         where prediction_time in (timestamp '1997-09-30', timestamp '1997-12-31', timestamp '1998-03-31')
         window later as (partition by prediction_time order by recency_days),
           later_peers as (partition by prediction_time, recency_days),
           rarer as (partition by prediction_time order by frequency desc),
           rarer_peers as (partition by prediction_time, frequency)),
       areas as (
         select prediction_time,
           sum(later_low + (later_ties - 1) / 2.0) filter (where churned) as later_sum,
           sum(rarer_low + (rarer_ties - 1) / 2.0) filter (where churned) as rarer_sum,
           count(*) filter (where churned) as positives, count(*) filter (where not churned) as negatives
         from ranked group by prediction_time)
       select round((later_sum - positives * (positives + 1) / 2) / (positives * negatives), 2) as recency,
         round((rarer_sum - positives * (positives + 1) / 2) / (positives * negatives), 2) as frequency
       from areas order by prediction_time`,
    );
    expect(rows.map(({ recency, frequency }) => [Number(recency), Number(frequency)])).toEqual([
      [0.66, 0.67],
      [0.62, 0.69],
      [0.64, 0.71],
    ]);
  });

  test('what was known then gives the same features as what is known now', async () => {
    const day = '1997-12-31';
    await buildByHand(engine.connection, built, 'then_known', {
      files: { transactions: cdnowCsv },
      knownAt: day,
    });
    for (const table of ['active_customers', 'purchase_features', 'habit_features', 'customer_360']) {
      const of = (database: string) =>
        `select ${table === 'customer_360' ? '* exclude (churned)' : '*'} from ${database}.gold.${table}
         where prediction_time = timestamp '${day}'`;
      expect(await countDifferences(engine.connection, of('whole'), of('then_known')), table).toBe(0);
    }
  });
});
