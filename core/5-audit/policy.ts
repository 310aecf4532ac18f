import type { ConfigValue } from '../1-load/index.ts';
import { type Diagnostic, reportAudit } from '../diagnostics/index.ts';
import { isOpen } from './blocking.ts';
import type { AuditInput } from './input.ts';
import type { AuditResult } from './report.ts';

interface Waiver {
  readonly model: string;
  readonly column: string;
  readonly who: string;
  readonly why: string;
  readonly until: string;
}

type Severity = 'error' | 'warn';
type Fields = { readonly [key: string]: ConfigValue };

/** Results with the policy's severities and waivers, and what is wrong with the policy itself. */
export interface Judged {
  readonly results: readonly AuditResult[];
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Applies audits/policy.yml: a result that is REFUTED or UNPROVEN gets the severity of its model, and a waiver
 * where somebody signed one that has not expired. An expired waiver waives nothing and is an error.
 *
 * @param today `2026-11-23`
 */
export function applyPolicy(input: AuditInput, results: readonly AuditResult[], today: string): Judged {
  const policy = fieldsOf(input.policy?.value);
  const span = input.policy?.span;
  const waivers = listOf(policy.waivers).map(readWaiver);
  const used = new Set<Waiver>();
  const diagnostics: Diagnostic[] = [];
  const judged = results.map((result): AuditResult => {
    if (!isOpen(result)) return result;
    const severity = severityOf(policy, result);
    const waiver = waivers.find(
      ({ model, column }) => model === result.model && (column === result.column || column === '*'),
    );
    if (waiver === undefined) return { ...result, severity };
    used.add(waiver);
    if (waiver.until < today) {
      diagnostics.push(reportAudit('CH502', { ...waiver }, { span }));
      return { ...result, severity };
    }
    const { who, why, until } = waiver;
    return { ...result, severity, waived: { by: who, why, until } };
  });
  const audited = new Set(results.map(({ model }) => model));
  for (const waiver of waivers) {
    if (!used.has(waiver) && audited.has(waiver.model)) {
      diagnostics.push(reportAudit('CH503', { ...waiver }, { span }));
    }
  }
  return { results: judged, diagnostics };
}

export type RuleSeverity = Severity | 'off';

/** `rules:` of the policy: what is made of a rule's findings, by its id. */
export function rulePolicy(input: AuditInput): ReadonlyMap<string, RuleSeverity> {
  return new Map(
    Object.entries(fieldsOf(fieldsOf(input.policy?.value).rules)).map(([id, value]) => [
      id,
      value === 'warn' || value === 'off' ? value : 'error',
    ]),
  );
}

function severityOf(policy: Fields, { model, verdict }: AuditResult): Severity {
  const key = verdict === 'REFUTED' ? 'refuted' : 'unproven';
  const own = fieldsOf(policy.models)[model];
  const chosen = typeof own === 'string' ? own : (fieldsOf(own)[key] ?? policy[key]);
  return chosen === 'warn' ? 'warn' : 'error';
}

function readWaiver(value: ConfigValue): Waiver {
  const fields = fieldsOf(value);
  const text = (key: string): string => String(fields[key] ?? '');
  return {
    model: text('model'),
    column: text('column'),
    who: text('who'),
    why: text('why'),
    until: text('until'),
  };
}

function fieldsOf(value: ConfigValue | undefined): Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {};
}

function listOf(value: ConfigValue | undefined): readonly ConfigValue[] {
  return Array.isArray(value) ? value : [];
}
