import { expect, test } from 'vitest';
import { explainColumn } from '../../../core/5-audit/index.ts';
import { testInput } from './support/project.ts';
import { sources } from './support/sources.ts';

const pointInTime = { entity: ['customer_id'], predictionTime: 'prediction_time' };

test('a proof is told as time that would run in a circle', async () => {
  const sql = `select s.customer_id, s.prediction_time, count(e.event_id) as n from raw.spine s
    left join raw.events e on e.customer_id = s.customer_id and e.loaded_at <= s.prediction_time
     and e.event_ts >= s.prediction_time - interval 30 days group by all`;
  const text = await explainColumn(
    await testInput({ sources, models: { gold: { sql, pointInTime } } }),
    'gold.n',
  );
  expect(text).toContain('Window         prediction_time - 30 days to prediction_time (event_ts)');
  expect(text).toContain('Leakage risk   none');
  expect(text).toContain(
    'raw.events.loaded_at <= raw.spine.prediction_time <= prediction_time < raw.events.loaded_at',
  );
});

test('a leak two models up is told with its path, its line and its rows', async () => {
  const models = {
    daily: { sql: 'select customer_id, event_ts::date as day, count(*) as n\nfrom raw.events\ngroup by all' },
    gold: {
      sql: `select s.customer_id, s.prediction_time, sum(d.n) as n from raw.spine s
        left join main.daily d on d.customer_id = s.customer_id and d.day < s.prediction_time::date group by all`,
      pointInTime,
    },
  };
  const input = await testInput({ sources, models });
  const text = await explainColumn(input, 'gold.n');
  expect(text).toContain('gold <- daily <- raw.events');
  // The late row is marked, the columns that the SQL never mentions are left out.
  expect(text).toMatch(/customer_id +event_ts +loaded_at\n.*<- known only from .* on\n/);
  expect(text).toMatch(/with everything +n = \d+\n +with only what was known by then +n = \S+\n/);
  expect(text).not.toContain('kind');
  expect(await explainColumn(input, 'gold.nothing')).toBeUndefined();
});

test('computed values go by the names of the models that put them out', async () => {
  const models = {
    silver: { sql: 'select customer_id, greatest(loaded_at, event_ts) as known_from from raw.events' },
    gold: {
      sql: `select s.customer_id, s.prediction_time, count(e.known_from) as n from raw.spine s
        left join main.silver e on e.customer_id = s.customer_id and e.known_from <= s.prediction_time group by all`,
      pointInTime,
    },
  };
  const text = await explainColumn(await testInput({ sources, models }), 'gold.n');
  expect(text).toContain(
    'silver.known_from <= raw.spine.prediction_time <= prediction_time < raw.events.loaded_at',
  );
  expect(text).toContain('but as it is computed, silver.known_from is never before raw.events.loaded_at.');
  expect(text).not.toMatch(/#\d/);
});

test('a label says which instants of later rows may change it', async () => {
  const sql = `select s.customer_id, s.prediction_time, not exists (select 1 from raw.events e
    where e.customer_id = s.customer_id and e.event_ts > s.prediction_time
      and e.event_ts <= s.prediction_time + interval 30 days) as churned from raw.spine s`;
  const models = { gold: { sql, pointInTime, labels: { churned: '30 days' } } };
  const text = await explainColumn(await testInput({ sources, models }), 'gold.churned');
  expect(text).toContain(
    'Rows with raw.events.event_ts in (prediction_time, prediction_time + 30 days] may change it;',
  );
});
