import type { RenderedNode } from '../2-render/index.ts';
import { reportAudit } from '../diagnostics/index.ts';
import type { AuditInput } from './input.ts';
import { lateRowWarnings } from './late-rows.ts';
import { auditModel } from './model/audit-model.ts';
import { closureIds } from './model/closure-ids.ts';
import { auditedModels } from './on-data/closure.ts';
import { openAudit } from './open-audit.ts';
import type { AuditOptions } from './options.ts';
import type { PlannedModel } from './plan/analysis.ts';
import { applyPolicy } from './policy.ts';
import { type AuditJson, type AuditReport, type AuditResult, placeOf, ROWS } from './report.ts';

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
  const results: AuditResult[] = [];
  const audit = await openAudit(input, audited);
  try {
    for (const node of audited) {
      const model = audit.planned(node.uniqueId);
      if (model === undefined) {
        results.push(...unreadable(input, node, audit.reason(node.uniqueId) ?? 'it was not planned'));
        continue;
      }
      const models = closureIds(input, node.uniqueId)
        .map((id) => audit.planned(id))
        .filter((other): other is PlannedModel => other !== undefined);
      results.push(...(await auditModel(input, audit.analysis, model, node, models, options)));
    }
  } finally {
    audit.close();
  }
  const judged = applyPolicy(input, results, options.today ?? new Date().toISOString().slice(0, 10));
  const diagnostics = [
    ...audit.bad.map((one) =>
      reportAudit('CH501', one, { span: input.graph.nodes.get(one.node)?.span, node: one.node }),
    ),
    ...lateRowWarnings(input, audit.ids),
    ...judged.diagnostics,
  ];
  return { ...summarise(audited.length, judged.results, started), diagnostics };
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

function summarise(models: number, results: readonly AuditResult[], started: number): AuditJson {
  const count = (verdict: AuditResult['verdict']): number =>
    results.filter((result) => result.verdict === verdict).length;
  return {
    schema_version: 1,
    summary: {
      models,
      columns: results.length,
      proved: count('PROVED'),
      refuted: count('REFUTED'),
      unproven: count('UNPROVEN'),
      waived: results.filter(({ waived }) => waived !== undefined).length,
      seconds: Math.round(performance.now() - started) / 1000,
    },
    results,
  };
}
