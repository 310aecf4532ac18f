import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { auditProject } from '../../../core/5-audit/index.ts';
import { fuzzProofs } from './support/fuzz.ts';
import { testInput } from './support/project.ts';
import { sources } from './support/sources.ts';
import { readTable } from './support/table.ts';

/**
 * Clean gold models as people write them. `AUDIT_ROUNDS=300 npx vitest run tests/core/5-audit/gold.test.ts` takes all
 * of them, and runs each on so many random databases; without it every sixth stands for its neighbours.
 */
const all = readTable(join(import.meta.dirname, '../../golden/audit-gold'));
const rounds = Number(process.env.AUDIT_ROUNDS ?? 3);
const cases = all.filter((_, index) => process.env.AUDIT_ROUNDS !== undefined || index % 6 === 0);

describe('gold models as people write them are proved', () => {
  test('there are at least seventy, and what stays open is named', () => {
    expect(all.length).toBeGreaterThanOrEqual(70);
    expect(all.filter(({ open }) => open.length > 0).map(({ name }) => name)).toEqual([
      'a list of what happened, filtered by when it was known',
      'a list of times, filtered by the prediction time',
      'a list unnested, then bounded',
    ]);
  });

  test.each(cases)(
    '$file: $name',
    async ({ models, open }) => {
      const input = await testInput({ sources, models });
      const report = await auditProject(input, { witnesses: false });
      const unproved = report.results.filter(({ verdict }) => verdict !== 'PROVED');
      expect(unproved.map(({ column }) => column)).toEqual(open);
      const { found } = await fuzzProofs(input, report, { rounds, seed: 11 });
      expect(found).toEqual([]);
    },
    600_000,
  );
});
