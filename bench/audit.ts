/**
 * How fast is the prover? 100 feature models with 1,000 columns over six sources, cold (one process, nothing cached),
 * and one 50-line model again and again (warm). Goals: 3 s, and 100 ms.
 *
 *     npm run bench:audit
 *
 * @module
 */
import { auditProject } from '../core/5-audit/index.ts';
import { type TestModel, testInput } from '../tests/core/5-audit/support/project.ts';
import { sources } from '../tests/core/5-audit/support/sources.ts';

const pointInTime = { entity: ['customer_id'], predictionTime: 'prediction_time' };

/** Ten features of events, tickets and plans, with windows of their own. */
function featureModel(index: number): TestModel {
  const days = (k: number): number => 7 + ((index * 13 + k * 5) % 90);
  const window = (k: number): string =>
    `filter (where e.event_ts >= s.prediction_time - interval ${days(k)} day)`;
  return {
    pointInTime,
    sql: `
with ev as (
  select s.customer_id, s.prediction_time,
    count(*) ${window(0)} as n_${days(0)}d,
    count(*) ${window(1)} as m_${days(1)}d,
    sum(e.amount) ${window(2)} as spend_a,
    sum(e.amount) ${window(3)} as spend_b,
    max(e.event_ts) as last_ts,
    count(distinct e.kind) as kinds
  from raw.spine s join raw.events e
    on e.customer_id = s.customer_id and e.loaded_at <= s.prediction_time
   and e.event_ts >= s.prediction_time - interval 100 day and e.event_ts < s.prediction_time
  group by all
),
tk as (
  select s.customer_id, s.prediction_time, count(t.ticket_id) as tickets,
    avg(t.severity) filter (where t.closed_at is null or t.closed_at > s.prediction_time) as open_severity
  from raw.spine s left join raw.tickets t on t.customer_id = s.customer_id and t.loaded_at <= s.prediction_time
  group by all
)
select s.customer_id, s.prediction_time,
  coalesce(ev.n_${days(0)}d, 0) as f1, coalesce(ev.m_${days(1)}d, 0) as f2,
  coalesce(ev.spend_a, 0) as f3, coalesce(ev.spend_b, 0) as f4,
  date_diff('day', ev.last_ts, s.prediction_time) as f5, ev.kinds as f6,
  tk.tickets as f7, tk.open_severity as f8, h.plan as f9, h.mrr as f10
from raw.spine s
left join ev using (customer_id, prediction_time)
left join tk using (customer_id, prediction_time)
asof left join raw.plan_history h on h.customer_id = s.customer_id and s.prediction_time >= h.recorded_at`,
  };
}

const models = Object.fromEntries(
  Array.from({ length: 100 }, (_, index) => [`f${index}`, featureModel(index)]),
);
const many = await testInput({ sources, models });
const cold = performance.now();
const { summary } = await auditProject(many);
console.log(
  `100 models, cold: ${((performance.now() - cold) / 1000).toFixed(2)} s  ${JSON.stringify(summary)}`,
);

const one = await testInput({ sources, models: { f: featureModel(3) } });
const times: number[] = [];
for (let run = 0; run < 9; run++) {
  const start = performance.now();
  await auditProject(one);
  times.push(performance.now() - start);
}
console.log(`one model, warm: ${times.sort((a, b) => a - b)[4]?.toFixed(0)} ms (median of 9)`);
