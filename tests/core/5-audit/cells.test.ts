import { describe, expect, test } from 'vitest';
import { auditProject } from '../../../core/5-audit/index.ts';
import { type TestSource, testInput } from './support/project.ts';

const daily: TestSource = {
  columns: { customer_id: 'BIGINT', day: 'TIMESTAMP', known_at: 'TIMESTAMP', minutes: 'INTEGER' },
  availableAt: 'known_at',
  notNull: ['known_at'],
};

const spine: TestSource = {
  columns: { customer_id: 'BIGINT', prediction_time: 'TIMESTAMP' },
  availableAt: 'prediction_time',
  notNull: ['customer_id', 'prediction_time'],
};

/** Rows summed up by calendar month and by the month they are known by, then months summed up to a window. */
async function sumOfMonths(knownBy: string) {
  const sql = `with cells as (
      select customer_id, date_trunc('month', day) as since, date_trunc('month', day) + interval 1 month as until,
        ${knownBy} as known_by, sum(minutes) as minutes
      from raw.daily group by all)
    select s.customer_id, s.prediction_time, sum(c.minutes) as minutes
    from raw.spine s left join cells c on c.customer_id = s.customer_id and c.known_by <= s.prediction_time
      and c.until <= s.prediction_time and c.since >= s.prediction_time - interval 90 day
    group by all`;
  const pointInTime = { entity: ['customer_id'], predictionTime: 'prediction_time' };
  const input = await testInput({ sources: { spine, daily }, models: { gold: { sql, pointInTime } } });
  const report = await auditProject(input);
  return report.results.find(({ column }) => column === 'minutes');
}

describe('rows summed up before they meet their prediction times', () => {
  test('by the end of the month they are known in: proved, and their window too', async () => {
    const result = await sumOfMonths("date_trunc('month', known_at) + interval 1 month");
    expect(result?.verdict).toBe('PROVED');
    expect(result?.window).toMatchObject({ from: '-90 days', clock: 'day' });
  });

  test('by the beginning of that month: not known yet', async () => {
    expect((await sumOfMonths("date_trunc('month', known_at)"))?.verdict).toBe('REFUTED');
  });

  // A late row takes the others of its cell away, which tells that there is one.
  test('by the last of a cell to be known', async () => {
    expect((await sumOfMonths('max(known_at)'))?.verdict).not.toBe('PROVED');
  });
});
