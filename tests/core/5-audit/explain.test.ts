import { expect, test } from 'vitest';
import { explainColumn } from '../../../core/5-audit/index.ts';
import { testInput } from './support/project.ts';
import { sources } from './support/sources.ts';

const pointInTime = { entity: ['customer_id'], predictionTime: 'prediction_time' };

test('a proof is told as a contradiction', async () => {
  const sql = `select s.customer_id, s.prediction_time, count(e.event_id) as n from raw.spine s
    left join raw.events e on e.customer_id = s.customer_id and e.loaded_at <= s.prediction_time
     and e.event_ts >= s.prediction_time - interval 30 days group by all`;
  const text = await explainColumn(
    await testInput({ sources, models: { gold: { sql, pointInTime } } }),
    'gold.n',
  );
  expect(text).toContain('Window         prediction_time - 30 days to prediction_time (event_ts)');
  expect(text).toContain('Leakage risk   none');
  expect(text).toMatch(/raw\.events#\d+\.loaded_at <= raw\.spine#\d+\.prediction_time/);
  expect(text).toContain('which contradict each other');
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
  expect(text).toContain('Both were run.');
  expect(await explainColumn(input, 'gold.nothing')).toBeUndefined();
});
