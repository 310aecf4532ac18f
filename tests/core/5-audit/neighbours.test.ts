import { describe, expect, test } from 'vitest';
import { auditProject } from '../../../core/5-audit/index.ts';
import { type TestSource, testInput } from './support/project.ts';

/** Versions valid from a time that is not before they are known; where that time may be missing, so may the next one. */
const history = (notNull: readonly string[]): TestSource => ({
  columns: { customer_id: 'BIGINT', valid_from: 'TIMESTAMP', loaded_at: 'TIMESTAMP' },
  availableAt: 'loaded_at',
  axioms: ['valid_from >= loaded_at'],
  notNull: ['loaded_at', ...notNull],
});

const spine: TestSource = {
  columns: { customer_id: 'BIGINT', prediction_time: 'TIMESTAMP' },
  availableAt: 'prediction_time',
  notNull: ['customer_id', 'prediction_time'],
};

async function verdictOf(next: string, notNull: readonly string[]): Promise<string | undefined> {
  const sql = `select s.customer_id, s.prediction_time, count(h.customer_id) as versions
    from raw.spine s left join (
      select *, ${next} as next_from from raw.history) h
      on h.customer_id = s.customer_id and h.loaded_at <= s.prediction_time
      and (h.next_from is null or h.next_from > s.prediction_time)
    group by all`;
  const pointInTime = { entity: ['customer_id'], predictionTime: 'prediction_time' };
  const input = await testInput({
    sources: { spine, history: history(notNull) },
    models: { gold: { sql, pointInTime } },
  });
  const report = await auditProject(input);
  return report.results.find(({ column }) => column === 'versions')?.verdict;
}

describe('the next key of an ordered history', () => {
  const lead = 'lead(valid_from) over (partition by customer_id order by valid_from)';
  const leadNullsFirst = 'lead(valid_from) over (partition by customer_id order by valid_from nulls first)';
  const lag = 'lag(valid_from) over (partition by customer_id order by valid_from desc)';

  test.each([lead, leadNullsFirst, lag])('closes versions where every row has a key: %s', async (next) => {
    expect(await verdictOf(next, ['valid_from'])).toBe('PROVED');
  });

  test('a row without a key stands last and is nobody’s next', async () => {
    expect(await verdictOf(lead, [])).toBe('PROVED');
  });

  test.each([leadNullsFirst, lag])('a late row without a key comes between: %s', async (next) => {
    expect(await verdictOf(next, [])).not.toBe('PROVED');
  });
});
