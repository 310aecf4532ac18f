import type { AuditRule, LoadedRule, RenderedNode, RenderedSource } from '../../2-render/index.ts';
import { type Diagnostic, nearest, reportAudit, type Span } from '../../diagnostics/index.ts';
import { Engine } from '../engine.ts';
import type { AuditInput } from '../input.ts';
import { closureIds } from '../model/closure-ids.ts';
import { type RuleSeverity, rulePolicy } from '../policy.ts';
import { type AuditResult, placeOf, type RuleFinding } from '../report.ts';
import { callsIn, type PlacedCall } from './calls.ts';
import { ruleModel, ruleSource } from './subjects.ts';

export interface RulesOutcome {
  readonly findings: readonly RuleFinding[];
  /** Rules that failed themselves, and rules that the policy names and nobody wrote. */
  readonly diagnostics: readonly Diagnostic[];
}

/** A thing that rules visit, and where a finding on it is shown. */
type Subject = {
  [Kind in keyof AuditRule['visit']]-?: {
    readonly kind: Kind;
    readonly subject: Parameters<NonNullable<AuditRule['visit'][Kind]>>[0];
    readonly span: Span;
    readonly model: string;
    readonly column?: string;
  };
}[keyof AuditRule['visit']];

/** Runs the project's own rules over the audited models and over all that they read. */
export async function runRules(
  input: AuditInput,
  audited: readonly RenderedNode[],
  results: readonly AuditResult[],
): Promise<RulesOutcome> {
  const policy = rulePolicy(input);
  const rules = (input.rules ?? []).map((loaded) => ({
    ...loaded,
    severity: policy.get(loaded.rule.id) ?? loaded.rule.severity,
  }));
  const diagnostics = unknownRules(input, [...policy.keys()]);
  const active = rules.filter(({ severity }) => severity !== 'off');
  if (active.length === 0) return { findings: [], diagnostics };
  const wantsCalls = active.some(({ rule }) => rule.visit.call !== undefined);
  const subjects = await subjectsOf(input, audited, results, wantsCalls);
  const findings: RuleFinding[] = [];
  for (const { rule, span, severity } of active) {
    try {
      findings.push(...findingsOf(rule, severity, subjects));
    } catch (error) {
      const thrown = error instanceof Error ? error.message : String(error);
      diagnostics.push(
        reportAudit('CH505', { rule: rule.id, thrown: thrown.split('\n')[0] ?? '' }, { span }),
      );
    }
  }
  return { findings, diagnostics };
}

function findingsOf(rule: AuditRule, severity: RuleSeverity, subjects: readonly Subject[]): RuleFinding[] {
  const found: RuleFinding[] = [];
  for (const { kind, subject, span, model, column } of subjects) {
    const visitor = rule.visit[kind] as ((thing: unknown, report: unknown) => void) | undefined;
    visitor?.(subject, (name: string, data: never) => {
      const message = rule.messages[name];
      if (message === undefined) throw new Error(`it has no message \`${name}\``);
      found.push({
        rule: rule.id,
        severity: severity === 'warn' ? 'warn' : 'error',
        claim: rule.claim,
        model,
        ...(column !== undefined && { column }),
        message: message(data),
        at: placeOf(span),
      });
    });
  }
  return found;
}

/** Models, their columns, the sources they read, and the calls in their SQL and upstream: each once. */
async function subjectsOf(
  input: AuditInput,
  audited: readonly RenderedNode[],
  results: readonly AuditResult[],
  wantsCalls: boolean,
): Promise<readonly Subject[]> {
  const own = audited.flatMap((node): Subject[] => {
    const subject = ruleModel(input, node, results);
    return [
      { kind: 'model', subject, span: node.span, model: node.name },
      ...subject.columns.map((column): Subject => {
        const declared = node.columns.find(({ name }) => name.toLowerCase() === column.column.toLowerCase());
        const span = declared?.span ?? node.span;
        return { kind: 'column', subject: column, span, model: node.name, column: column.column };
      }),
    ];
  });
  const read = new Set(audited.flatMap((node) => closureIds(input, node.uniqueId)));
  const nodes = [...read].map((id) => input.graph.nodes.get(id));
  const sources = nodes
    .filter((node): node is RenderedSource => node?.kind === 'source')
    .map((node): Subject => {
      const subject = ruleSource(node);
      return { kind: 'source', subject, span: node.span, model: subject.name };
    });
  const models = nodes.filter((node): node is RenderedNode => node?.kind === 'model');
  const calls = wantsCalls ? await callsOf(models) : [];
  return [
    ...own,
    ...sources,
    ...calls.map(({ call, span }): Subject => ({ kind: 'call', subject: call, span, model: call.model })),
  ];
}

async function callsOf(models: readonly RenderedNode[]): Promise<readonly PlacedCall[]> {
  const engine = await Engine.open();
  try {
    const found: PlacedCall[] = [];
    for (const node of models) found.push(...(await callsIn(engine, node)));
    return found;
  } finally {
    engine.close();
  }
}

function unknownRules(input: AuditInput, named: readonly string[]): Diagnostic[] {
  const known = (input.rules ?? []).map(({ rule }: LoadedRule) => rule.id);
  return named
    .filter((id) => !known.includes(id))
    .map((id) => reportAudit('CH506', { id, nearest: nearest(id, known) }, { span: input.policy?.span }));
}
