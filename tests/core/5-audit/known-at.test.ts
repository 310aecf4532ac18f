import { describe, expect, test } from 'vitest';
import type { PredictionConfig } from '../../../core/1-load/index.ts';
import { auditProject, blockingResults } from '../../../core/5-audit/index.ts';
import { LineIndex } from '../../../core/diagnostics/index.ts';
import { testInput } from './support/project.ts';
import { sources } from './support/sources.ts';

const pointInTime = { entity: ['customer_id'], predictionTime: 'prediction_time' };
const span = new LineIndex('').span('churn_project.yml', 0, 0);

/** New customers' labels look 30 days ahead, the others' 90: as a flag of events within. */
const gold = (known: string) => `with c as (
  select s.customer_id, s.prediction_time, case when s.customer_id < 10 then 'new' else 'old' end as cohort
  from raw.spine s)
select c.customer_id, c.prediction_time, c.cohort, ${known} as label_known_at,
  exists (select 1 from raw.events e where e.customer_id = c.customer_id and e.event_ts > c.prediction_time
    and e.loaded_at > c.prediction_time
    and e.event_ts <= case when c.cohort = 'new' then c.prediction_time + interval 30 day
                           else c.prediction_time + interval 90 day end) as churned
from c`;

async function audit(known: string, config: Partial<PredictionConfig> = { labelKnownAt: 'label_known_at' }) {
  const models = { gold: { sql: gold(known), pointInTime, labels: { churned: '90 days' } } };
  const input = await testInput({ sources, models });
  const prediction = {
    model: { value: 'gold', span },
    entity: 'customer_id',
    predictionTime: 'prediction_time',
    label: 'churned',
    exclude: [],
    actions: [],
    span,
    ...config,
  } as PredictionConfig;
  const { results } = await auditProject({ ...input, prediction }, { witnesses: false });
  const label = results.find(({ column }) => column === 'churned');
  return { label, blocking: blockingResults(results).map(({ column }) => column) };
}

const byCohort = (days: number, others: number) =>
  `c.prediction_time + to_days(case c.cohort when 'new' then ${days} when 'old' then ${others} end)`;

describe('the instant that folds are purged by', () => {
  test('is proved where each cohort waits for its own horizon', async () => {
    const { label, blocking } = await audit(byCohort(30, 90));
    expect(label?.known_at).toEqual({ by: 'label_known_at', verdict: 'PROVED' });
    expect(blocking).toEqual([]);
  });

  test.each([
    ['a cohort a day too early', byCohort(29, 90)],
    ['the short horizon for all', 'c.prediction_time + interval 30 day'],
    ['the prediction time itself', 'c.prediction_time'],
  ])('is not proved, and stops a merge: %s', async (_, known) => {
    const { label, blocking } = await audit(known);
    expect(label?.verdict).toBe('PROVED');
    expect(label?.known_at?.verdict).toBe('UNPROVEN');
    expect(label?.known_at?.reason).toContain('what happens after label_known_at can change the label');
    expect(blocking).toEqual(['churned']);
  });

  test('may be later than it must be', async () => {
    expect((await audit('c.prediction_time + interval 4 month')).label?.known_at?.verdict).toBe('PROVED');
  });

  test('may not come from the future itself', async () => {
    const known = '(select max(e.event_ts) from raw.events e where e.customer_id = c.customer_id)';
    expect((await audit(known)).label?.known_at?.reason).toContain('itself may depend');
  });

  test('is the prediction time and the horizon where no column is named', async () => {
    const told = async (horizon: string) => (await audit('c.prediction_time', { horizon })).label?.known_at;
    expect(await told('90 days')).toEqual({ by: 'prediction_time + 90 days', verdict: 'PROVED' });
    expect(await told('60 days')).toMatchObject({ verdict: 'UNPROVEN' });
  });

  test.each([
    ['90 days', 'PROVED'],
    ['60 days', 'UNPROVEN'],
  ])('goes by what happened, not by when the row began: %s', async (horizon, verdict) => {
    const sql = `select t.customer_id, p.prediction_time, t.closed_at is not null and t.closed_at > p.prediction_time
  and t.closed_at <= p.prediction_time + interval 90 day as churned
from (select distinct prediction_time from raw.spine) p join raw.tickets t on t.loaded_at <= p.prediction_time`;
    const models = { gold: { sql, pointInTime, labels: { churned: '90 days' } } };
    const input = await testInput({ sources, models });
    const model = { value: 'gold', span };
    const prediction = { model, label: 'churned', horizon } as PredictionConfig;
    const { results } = await auditProject({ ...input, prediction }, { witnesses: false });
    const label = results.find(({ column }) => column === 'churned');
    expect([label?.verdict, label?.known_at?.verdict]).toEqual(['PROVED', verdict]);
  });

  test('is asked of the label of `prediction:` only', async () => {
    expect((await audit('c.prediction_time', { label: 'cohort' })).label?.known_at).toBeUndefined();
  });
});
