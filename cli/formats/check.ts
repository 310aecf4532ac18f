import type { AuditJson, AuditResult, Diagnostic, NodeResult, RuleFinding } from '#core';

/** One thing that was checked, as the formats for other tools see it. */
export interface Check {
  /** `model`, `test`, `audit`, ... */
  readonly suite: string;
  readonly name: string;
  /** Stable id of the rule: a diagnostic's code, a kind of node. */
  readonly rule: string;
  readonly outcome: 'passed' | 'warned' | 'failed' | 'skipped';
  readonly message: string;
  readonly seconds: number;
  readonly at?: { readonly file: string; readonly line: number; readonly column: number };
}

const outcomes: Readonly<Record<NodeResult['status'], Check['outcome']>> = {
  success: 'passed',
  pass: 'passed',
  'no-op': 'passed',
  warn: 'warned',
  fail: 'failed',
  error: 'failed',
  skipped: 'skipped',
};

/** @param pathOf the file of a node, for results whose diagnostics have no place */
export function checksOfResults(
  results: readonly NodeResult[],
  pathOf: (uniqueId: string) => string | undefined,
): readonly Check[] {
  return results.map((result) => {
    const diagnostic = result.diagnostics[0];
    const path = pathOf(result.uniqueId);
    return {
      suite: result.kind,
      name: result.name,
      rule: diagnostic?.code ?? result.kind,
      outcome: outcomes[result.status],
      message: diagnostic?.message ?? result.message ?? '',
      seconds: result.seconds,
      at: placeOf(diagnostic) ?? (path === undefined ? undefined : { file: path, line: 1, column: 1 }),
    };
  });
}

export function checksOfAudit(audit: AuditJson): readonly Check[] {
  return [...audit.results.map(checkOfResult), ...(audit.findings ?? []).map(checkOfFinding)];
}

function checkOfResult(result: AuditResult): Check {
  return {
    suite: `audit ${result.model}`,
    name: result.column,
    rule: `leakage/${result.verdict.toLowerCase()}`,
    outcome: auditOutcome(result),
    message: result.reason ?? result.known_at?.reason ?? '',
    seconds: 0,
    at: result.at,
  };
}

function checkOfFinding({ rule, severity, model, column, message, at }: RuleFinding): Check {
  return {
    suite: 'audit rules',
    name: `${rule} ${column === undefined ? model : `${model}.${column}`}`,
    rule: `rule/${rule}`,
    outcome: severity === 'error' ? 'failed' : 'warned',
    message,
    seconds: 0,
    at,
  };
}

function auditOutcome({ verdict, waived, known_at }: AuditResult): Check['outcome'] {
  if (waived !== undefined) return 'warned';
  return verdict === 'REFUTED' || verdict === 'UNPROVEN' || known_at?.verdict === 'UNPROVEN'
    ? 'failed'
    : 'passed';
}

function placeOf(diagnostic: Diagnostic | undefined): Check['at'] {
  const span = diagnostic?.span;
  return span && { file: span.file, line: span.start.line, column: span.start.column };
}
