import type { RenderedNode } from '../2-render/index.ts';
import { reportAudit } from '../diagnostics/index.ts';
import { type Fault, Faults } from './fault.ts';
import type { AuditInput } from './input.ts';
import { lateRowWarnings } from './late-rows.ts';
import { auditModel } from './model/audit-model.ts';
import { closureIds } from './model/closure-ids.ts';
import type { BadDeclaration } from './model/source-facts.ts';
import { auditedModels } from './on-data/closure.ts';
import { openAudit } from './open-audit.ts';
import type { AuditOptions } from './options.ts';
import { applyPolicy } from './policy.ts';
import { type AuditReport, type AuditResult, placeOf, ROWS } from './report.ts';
import { runRules } from './rules/run-rules.ts';
import { summarise } from './summary.ts';
import { verdictKey } from './verdict-cache.ts';
import { withdrawProofs } from './withdraw.ts';

/**
 * Proves, for every column of every model with a `point_in_time`, that it was knowable at its prediction time,
 * or refutes it by an executed counterexample. Reads no data.
 *
 * @example
 * const report = await auditProject(compiled);
 * report.results.filter(({ verdict }) => verdict === 'REFUTED');
 */
export async function auditProject(input: AuditInput, options: AuditOptions = {}): Promise<AuditReport> {
  const started = performance.now();
  const audited = auditedModels(input, options.models);
  const known = new Map<RenderedNode, readonly AuditResult[]>();
  const keys = new Map<RenderedNode, string>();
  for (const node of options.cache === undefined ? [] : audited) {
    const key = verdictKey(input, node, options);
    keys.set(node, key);
    const before = options.cache?.get(key);
    if (before !== undefined) known.set(node, before);
  }
  const unknown = audited.filter((node) => !known.has(node));
  const faults = new Faults(options.faults ?? 'throw');
  const { proved, bad } = await proveModels(input, unknown, options, faults);
  const faulty = new Set(faults.found.map(({ model }) => model));
  // A declaration that cannot be read is told every time: what was proved without it is not kept.
  if (bad.length === 0)
    for (const [node, found] of proved)
      if (!faulty.has(node.name)) options.cache?.set(keys.get(node) ?? '', found);
  const results = audited.flatMap((node) => known.get(node) ?? proved.get(node) ?? []);
  const standing = withdrawProofs(results, options.broken ?? []);
  const judged = applyPolicy(input, standing, options.today ?? new Date().toISOString().slice(0, 10));
  const read = new Set(audited.flatMap((node) => closureIds(input, node.uniqueId)));
  const rules = await runRules(input, audited, judged.results);
  const diagnostics = [
    ...bad.map((one) =>
      reportAudit('CH501', one, { span: input.graph.nodes.get(one.node)?.span, node: one.node }),
    ),
    ...faults.found.map((fault) => reportAudit('CH507', fault, { span: spanOf(audited, fault) })),
    ...lateRowWarnings(input, read),
    ...judged.diagnostics,
    ...rules.diagnostics,
  ];
  const summary = {
    models: audited.length,
    ...summarise(judged.results),
    seconds: Math.round(performance.now() - started) / 1000,
  };
  const { findings } = rules;
  const { results: final } = judged;
  if ((input.rules ?? []).length === 0) return { schema_version: 1, summary, results: final, diagnostics };
  const counted = { ...summary, findings: findings.length };
  return { schema_version: 1, summary: counted, results: final, findings, diagnostics };
}

/** Where the model is written that a fault was met in. */
function spanOf(audited: readonly RenderedNode[], { model }: Fault) {
  return audited.find(({ name }) => name === model)?.span;
}

interface Proved {
  readonly proved: ReadonlyMap<RenderedNode, readonly AuditResult[]>;
  readonly bad: readonly BadDeclaration[];
}

/** The verdicts of some models; the engine is opened only when there are any. */
async function proveModels(
  input: AuditInput,
  nodes: readonly RenderedNode[],
  options: AuditOptions,
  faults: Faults,
): Promise<Proved> {
  const proved = new Map<RenderedNode, readonly AuditResult[]>();
  if (nodes.length === 0) return { proved, bad: [] };
  const audit = await openAudit(input, nodes, faults);
  try {
    for (const node of nodes) {
      const model = audit.planned(node.uniqueId);
      if (model === undefined) {
        proved.set(node, unreadable(input, node, audit.reason(node.uniqueId) ?? 'it was not planned'));
        continue;
      }
      const found = await faults.guard(
        { model: node.name },
        () => auditModel(input, audit, model, node, options, faults),
        (reason) => unreadable(input, node, reason),
      );
      proved.set(node, found);
    }
    return { proved, bad: audit.bad };
  } finally {
    audit.close();
  }
}

function unreadable(input: AuditInput, node: RenderedNode, reason: string): AuditResult[] {
  const keys = new Set(
    [...(node.pointInTime?.entity ?? []), node.pointInTime?.predictionTime].map((name) =>
      name?.value.toLowerCase(),
    ),
  );
  const columns = (input.bound.columns.get(node.uniqueId) ?? []).filter(
    ({ name }) => !keys.has(name.toLowerCase()),
  );
  return [ROWS, ...columns.map(({ name }) => name)].map((column) => ({
    model: node.name,
    column,
    verdict: 'UNPROVEN',
    sources: [],
    reason,
    at: placeOf(node.span),
  }));
}
