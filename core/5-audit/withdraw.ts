import type { RenderedTest } from '../2-render/index.ts';
import type { Graph } from '../3-graph/index.ts';
import { axiomFact, type Fact, notNullFact, uniqueFact } from './plan/facts.ts';
import type { AuditJson, AuditResult } from './report.ts';
import { summarise } from './summary.ts';

/** A declared fact that the data breaks: what its test found last. */
export interface BrokenFact {
  readonly fact: Fact;
  /** Rows (or keys) that break it. */
  readonly failures: number;
  /** When the test ran, ISO 8601. */
  readonly at: string;
}

/**
 * Proofs that rest on a fact which the data breaks are no proofs about this data: their results become UNPROVEN,
 * and say which facts failed. All others stand.
 *
 * @example
 * withdrawProofs(results, [{ fact: 'raw.events: event_ts <= loaded_at', failures: 12, at: '2026-11-27T08:00:00Z' }])
 */
export function withdrawProofs(
  results: readonly AuditResult[],
  broken: readonly BrokenFact[],
): readonly AuditResult[] {
  if (broken.length === 0) return results;
  const byFact = new Map(broken.map((one) => [one.fact, one]));
  return results.map((result): AuditResult => {
    if (result.verdict !== 'PROVED') return result;
    const failed = (result.facts ?? []).flatMap((fact) => byFact.get(fact) ?? []);
    if (failed.length === 0) return result;
    const { window, ...rest } = result;
    return {
      ...rest,
      verdict: 'UNPROVEN',
      withdrawn: failed.map(({ fact }) => fact),
      reason: `its proof is withdrawn: it rests on ${failed.map(brokenText).join(', and on ')}`,
    };
  });
}

/** The same for a report that was written before the tests ran. */
export function withdrawFromReport(audit: AuditJson, broken: readonly BrokenFact[]): AuditJson {
  const results = withdrawProofs(audit.results, broken);
  return { ...audit, results, summary: { ...audit.summary, ...summarise(results) } };
}

function brokenText({ fact, failures, at }: BrokenFact): string {
  return `"${fact}", which ${failures} row${failures === 1 ? '' : 's'} broke when it was tested at ${at.slice(0, 16).replace('T', ' ')}`;
}

/** The facts of a source that a data test checks; none for tests of other things. */
export function factsOfTest(test: RenderedTest, nodes: Graph['nodes']): readonly Fact[] {
  const { generic } = test;
  const source = generic && nodes.get(generic.attachedTo);
  if (generic === undefined || source?.kind !== 'source') return [];
  const name = `${source.sourceName}.${source.name}`;
  const columns = Array.isArray(generic.arguments.columns) ? generic.arguments.columns.map(String) : [];
  switch (generic.test) {
    case 'axiom':
      return [axiomFact(name, String(generic.arguments.expression))];
    case 'primary_key':
      return [uniqueFact(name, columns)];
    case 'primary_key_not_null':
      return columns.map((column) => notNullFact(name, column));
    case 'not_null':
      return generic.column === undefined ? [] : [notNullFact(name, generic.column)];
    case 'unique':
      return generic.column === undefined ? [] : [uniqueFact(name, [generic.column])];
    default:
      return [];
  }
}
