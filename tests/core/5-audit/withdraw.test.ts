import { describe, expect, test } from 'vitest';
import { auditProject, withdrawFromReport } from '../../../core/5-audit/index.ts';
import { testInput } from './support/project.ts';
import { sources } from './support/sources.ts';

const pointInTime = { entity: ['customer_id'], predictionTime: 'prediction_time' };
const of = (bound: string): string =>
  `(select count(*) from raw.feed e where e.customer_id = s.customer_id and ${bound})`;
const sql = `select s.customer_id, s.prediction_time, ${of('e.loaded_at <= s.prediction_time')} as strict,
  ${of('e.event_ts <= s.prediction_time - interval 1 day')} as lax from raw.spine s`;
const feed = {
  ...sources.feed,
  columns: sources.feed?.columns ?? {},
  axioms: ["loaded_at <= event_ts + interval '1 day'"],
  notNull: ['loaded_at'],
};
const axiom = "raw.feed: loaded_at <= event_ts + interval '1 day'";
const broken = [{ fact: axiom, failures: 3, at: '2026-11-27T08:15:00.000Z' }];

describe('a fact that the data breaks', () => {
  test('withdraws the proofs that rest on it, and no others', async () => {
    const input = await testInput({ sources: { ...sources, feed }, models: { gold: { sql, pointInTime } } });
    const whole = await auditProject(input);
    expect(whole.summary.proved).toBe(3);
    const report = await auditProject(input, { broken });
    const verdicts = Object.fromEntries(report.results.map(({ column, verdict }) => [column, verdict]));
    expect(verdicts).toEqual({ '(rows)': 'PROVED', strict: 'PROVED', lax: 'UNPROVEN' });
    const lax = report.results.find(({ column }) => column === 'lax');
    expect(lax).toMatchObject({ withdrawn: [axiom], severity: 'error' });
    expect(lax?.window).toBeUndefined();
    expect(lax?.reason).toBe(
      `its proof is withdrawn: it rests on "${axiom}", which 3 rows broke when it was tested at 2026-11-27 08:15`,
    );
    // A report of yesterday and today's tests say the same.
    expect(withdrawFromReport(whole, broken).summary).toMatchObject({ proved: 2, unproven: 1 });
  });

  test('of another source withdraws nothing', async () => {
    const input = await testInput({ sources: { ...sources, feed }, models: { gold: { sql, pointInTime } } });
    const other = [
      { fact: 'raw.events: event_ts <= loaded_at', failures: 1, at: '2026-11-27T08:15:00.000Z' },
    ];
    expect((await auditProject(input, { broken: other })).summary.proved).toBe(3);
  });
});
