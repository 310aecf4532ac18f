import type { AuditResult, AuditSummary } from './report.ts';

/** How many results there are of each kind. */
export function summarise(
  results: readonly AuditResult[],
): Omit<AuditSummary, 'models' | 'seconds' | 'unchanged'> {
  const count = (verdict: AuditResult['verdict']): number =>
    results.filter((result) => result.verdict === verdict).length;
  return {
    columns: results.length,
    proved: count('PROVED'),
    refuted: count('REFUTED'),
    unproven: count('UNPROVEN'),
    waived: results.filter(({ waived }) => waived !== undefined).length,
  };
}
