import { describe, expect, test } from 'vitest';
import { auditProject } from '../../../core/5-audit/index.ts';
import { testInput } from './support/project.ts';
import { sources } from './support/sources.ts';
import { readTable } from './support/table.ts';

const table = readTable();

describe('the public table of leaks', () => {
  test('has a leaking and a clean twin throughout, and at least 120 cases', () => {
    expect(table.length).toBeGreaterThanOrEqual(120);
    expect(table.filter(({ clean }) => clean).length * 2).toBe(table.length);
    expect(new Set(table.map(({ name }) => name)).size).toBe(table.length);
  });

  test.each(table)('$file: $name', async ({ models, leaks, open, except, clean }) => {
    const report = await auditProject(await testInput({ sources, models }));
    const verdict = Object.fromEntries(report.results.map((result) => [result.column, result]));
    for (const column of leaks) {
      expect(verdict[column]?.verdict, `${column}: ${verdict[column]?.reason}`).toBe('REFUTED');
      expect(verdict[column]?.witness?.with).not.toEqual(verdict[column]?.witness?.without);
    }
    for (const column of open) expect(verdict[column]?.verdict).toBe('UNPROVEN');
    if (!clean) return;
    const unproved = report.results.filter((one) => one.verdict !== 'PROVED' && !except.includes(one.column));
    expect(unproved.map(({ column, verdict: v, reason }) => `${column} ${v}: ${reason}`)).toEqual([]);
  });
});
