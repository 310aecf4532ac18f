import type { Check } from './check.ts';

/** Checks as one JSON document, for tools without a format of their own. */
export function jsonFormat(checks: readonly Check[]): string {
  const count = (outcome: Check['outcome']) => checks.filter((check) => check.outcome === outcome).length;
  const summary = {
    total: checks.length,
    passed: count('passed'),
    warned: count('warned'),
    failed: count('failed'),
    skipped: count('skipped'),
  };
  const results = checks.map(({ suite, name, rule, outcome, message, seconds, at }) => ({
    kind: suite,
    name,
    rule,
    outcome,
    message,
    seconds,
    at: at ?? null,
  }));
  return `${JSON.stringify({ schema_version: 1, summary, results }, null, 2)}\n`;
}
