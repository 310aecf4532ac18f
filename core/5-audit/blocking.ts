import type { AuditResult, RuleFinding } from './report.ts';

/** Results that stop a merge: refuted or unproven, not waived, and not merely warned about. */
export function blockingResults(results: readonly AuditResult[]): readonly AuditResult[] {
  return results.filter(
    (result) => isOpen(result) && result.waived === undefined && result.severity !== 'warn',
  );
}

/** Not proved, or a label of which it is not proved when it is known. */
export function isOpen({ verdict, known_at }: AuditResult): boolean {
  return verdict === 'REFUTED' || verdict === 'UNPROVEN' || known_at?.verdict === 'UNPROVEN';
}

/** Findings of the project's own rules that stop a merge. */
export function blockingFindings(findings: readonly RuleFinding[] | undefined): readonly RuleFinding[] {
  return (findings ?? []).filter(({ severity }) => severity === 'error');
}
