import { describe, expect, test } from 'vitest';
import { auditProject } from '../../../core/5-audit/index.ts';
import { keys, queries } from './support/any-sql.ts';
import { testInput } from './support/project.ts';
import { sources } from './support/sources.ts';

const pointInTime = { entity: ['customer_id'], predictionTime: 'prediction_time' };
describe('any SQL that the engine accepts', () => {
  test.each(queries)('ends with verdicts: %s', async (sql) => {
    const input = await testInput({ sources, models: { gold: { sql, pointInTime } } }).catch(
      (error: Error) => error,
    );
    // What this version of the engine refuses is no matter of the audit.
    if (input instanceof Error) expect(input.message).toMatch(/Error/);
    else {
      const { results } = await auditProject(input, { witnesses: false });
      expect(results.length).toBeGreaterThan(0);
      for (const { verdict, reason } of results) if (verdict !== 'PROVED') expect(reason).toBeTruthy();
    }
  });

  test('a search that ends its budget is UNPROVEN, and says so', async () => {
    // Not known at p, a row passes none of the four together: that takes a case distinction.
    const cases = [
      ['', ''],
      ['', 'not'],
      ['not', ''],
      ['not', 'not'],
    ].map(([x, y]) => `(e.loaded_at <= s.prediction_time or ${x} e.kind = 'a' or ${y} e.customer_id > 5)`);
    const sql = `select ${keys}, count(*) as n from raw.spine s left join raw.events e
      on e.customer_id = s.customer_id and ${cases.join(' and ')} group by all`;
    const of = await testInput({ sources, models: { gold: { sql, pointInTime } } });
    expect((await auditProject(of)).summary).toMatchObject({ proved: 2, unproven: 0 });
    const input = await testInput({ sources, models: { gold: { sql, pointInTime } } });
    const { results } = await auditProject(input, { budget: 0, witnesses: false });
    const open = results.filter(({ verdict }) => verdict === 'UNPROVEN');
    expect(open.length).toBeGreaterThan(0);
    expect(open.map(({ reason }) => reason).join()).toContain('ran out of its budget');
  });
});
