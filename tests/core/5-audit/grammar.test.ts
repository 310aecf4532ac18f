import { describe, expect, test } from 'vitest';
import { auditProject } from '../../../core/5-audit/index.ts';
import { Random } from '../../../core/5-audit/witness/random.ts';
import { fuzzProofs } from './support/fuzz.ts';
import { randomModel } from './support/grammar.ts';
import { testInput } from './support/project.ts';
import { sources } from './support/sources.ts';

const pointInTime = { entity: ['customer_id'], predictionTime: 'prediction_time' };
/** `AUDIT_QUERIES=1000 AUDIT_ROUNDS=300 npx vitest run tests/core/5-audit/grammar.test.ts` is the full measure. */
const queries = Number(process.env.AUDIT_QUERIES ?? 8);
const rounds = Number(process.env.AUDIT_ROUNDS ?? 6);
const seed = Number(process.env.AUDIT_SEED ?? 1);

describe('random SQL', () => {
  test('is audited without a crash, and no proof of it is false', { timeout: 3_600_000 }, async () => {
    const random = new Random(seed);
    const counts = { queries: 0, unbound: 0, proved: 0, columns: 0, runs: 0 };
    while (counts.queries < queries) {
      const sql = randomModel(random);
      const made = testInput({ sources, models: { gold: { sql, pointInTime } } });
      const input = await made.catch(() => undefined);
      if (input === undefined) {
        counts.unbound += 1;
        continue;
      }
      counts.queries += 1;
      const report = await auditProject(input, { attempts: 0 });
      counts.proved += report.summary.proved;
      counts.columns += report.summary.columns;
      const { found, ran } = await fuzzProofs(input, report, { rounds, seed: counts.queries });
      counts.runs += ran;
      expect(found, sql).toEqual([]);
    }
    console.log('random SQL', JSON.stringify(counts));
    expect(counts.proved).toBeGreaterThan(0);
  });
});
