/**
 * How fast is the prover? 100 feature models with 1,000 columns over six sources, cold (one process, nothing cached),
 * and one 50-line model again and again (warm); 25 to 200 models (is it linear?); and the whole command on the reference
 * project, cold, after an edit, and unchanged. Goals: 3 s, 100 ms; 300 ms unchanged.
 *
 *     npm run bench:audit
 *
 * @module
 */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
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

const models = (count: number): Record<string, TestModel> =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`f${index}`, featureModel(index)]));
const cpuSeconds = ({ user, system }: NodeJS.CpuUsage): number => (user + system) / 1e6;

const many = await testInput({ sources, models: models(100) });
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
console.log(`one model, warm: ${median(times).toFixed(0)} ms (median of 9)`);

// Everything is compiled by now: what is left grows with the models only.
for (const count of [25, 50, 100, 200]) {
  const input = await testInput({ sources, models: models(count) });
  const before = process.cpuUsage();
  await auditProject(input);
  const used = cpuSeconds(process.cpuUsage(before));
  console.log(
    `${count} models: ${used.toFixed(2)} s of CPU, ${((1000 * used) / count).toFixed(1)} ms per model`,
  );
}

// The whole command on the reference project: nothing known; all verdicts known; unchanged.
const project = mkdtempSync(join(tmpdir(), 'churn-audit-'));
const folders = ['models', 'macros', 'features', 'audits', 'seeds', 'snapshots', 'simulate'];
for (const name of [...folders, 'churn_project.yml'])
  cpSync(resolve(name), join(project, name), { recursive: true });
const audit = (): number => {
  const start = performance.now();
  const { status, stderr } = spawnSync(process.execPath, [resolve('bin/churn.cjs'), 'audit'], {
    cwd: project,
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(stderr);
  return performance.now() - start;
};
console.log(`reference project, churn audit, cold: ${(audit() / 1000).toFixed(2)} s`);
const edited: number[] = [];
const unchanged: number[] = [];
const policy = join(project, 'audits/policy.yml');
for (let run = 0; run < 9; run++) {
  writeFileSync(policy, `${readFileSync(policy, 'utf8')}\n`);
  edited.push(audit());
  unchanged.push(audit());
}
rmSync(project, { recursive: true, force: true });
console.log(`  after a blank line more in the policy: ${median(edited).toFixed(0)} ms (median of 9)`);
console.log(`  unchanged: ${median(unchanged).toFixed(0)} ms (median of 9)`);

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
}
