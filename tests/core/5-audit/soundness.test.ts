import { describe, expect, test } from 'vitest';
import { auditProject } from '../../../core/5-audit/index.ts';
import { fuzzProofs } from './support/fuzz.ts';
import { testInput } from './support/project.ts';
import { sources } from './support/sources.ts';
import { readTable } from './support/table.ts';

/** `AUDIT_ROUNDS=300 npx vitest run tests/core/5-audit/soundness.test.ts` is the full measure. */
const rounds = Number(process.env.AUDIT_ROUNDS ?? 5);
/** Without it, every eighth case stands for its neighbours. */
const cases = readTable().filter((_, index) => process.env.AUDIT_ROUNDS !== undefined || index % 8 === 1);

describe('every PROVED column survives random databases, run on D and on D|p', () => {
  test.each(cases)(
    '$file: $name',
    async ({ models }) => {
      const input = await testInput({ sources, models });
      const report = await auditProject(input, { attempts: 0 });
      const { found, ran, rowsSeen } = await fuzzProofs(input, report, { rounds, seed: 7 });
      expect(found).toEqual([]);
      if (report.summary.proved > 0 && rounds >= 20) {
        expect(ran).toBeGreaterThan(rounds / 2);
        expect(rowsSeen).toBeGreaterThan(0);
      }
    },
    600_000,
  );
});
