import type { RenderedNode } from '../2-render/index.ts';
import { reportAudit } from '../diagnostics/index.ts';
import { Engine } from './engine.ts';
import type { AuditInput } from './input.ts';
import { lateRowWarnings } from './late-rows.ts';
import { auditModel } from './model/audit-model.ts';
import { Catalog } from './model/catalog.ts';
import { closureIds } from './model/closure-ids.ts';
import { planModel } from './model/planned-model.ts';
import { type BadDeclaration, sourceFacts } from './model/source-facts.ts';
import { auditedModels } from './on-data/closure.ts';
import type { AuditOptions } from './options.ts';
import { Analysis, type PlannedModel, type Resolved, Unreadable } from './plan/analysis.ts';
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
  const engine = await Engine.open();
  const results: AuditResult[] = [];
  const bad: BadDeclaration[] = [];
  const ids = new Set(audited.flatMap((node) => closureIds(input, node.uniqueId)));
  try {
    const catalog = new Catalog(input, engine);
    await catalog.make(input.graph.order.filter((id) => ids.has(id)));
    const planned = new Map<string, PlannedModel | Unreadable>();
    const resolved = new Map<string, Resolved>();
    for (const id of ids) {
      const node = input.graph.nodes.get(id);
      if (node === undefined || node.kind === 'test') continue;
      if (node.kind === 'model') {
        const model = await planOrReason(catalog, node);
        planned.set(id, model);
        if (!(model instanceof Unreadable)) resolved.set(id, { kind: 'model', model });
      } else resolved.set(id, { kind: 'source', source: await sourceFacts(catalog, node, bad) });
    }
    const analysis = new Analysis((catalogName, schema, table) => {
      const node = catalog.resolve(catalogName, schema, table);
      if (node === undefined) return undefined;
      const reason = planned.get(node.uniqueId);
      if (reason instanceof Unreadable) throw reason;
      return resolved.get(node.uniqueId);
    });
    for (const node of audited) {
      const model = planned.get(node.uniqueId);
      const closure = closureIds(input, node.uniqueId);
      if (model === undefined || model instanceof Unreadable) {
        results.push(...unreadable(input, node, model?.reason ?? 'it was not planned'));
        continue;
      }
      const models = closure
        .map((id) => planned.get(id))
        .filter((other): other is PlannedModel => other !== undefined && !(other instanceof Unreadable));
      results.push(...(await auditModel(input, analysis, model, node, models, options)));
    }
  } finally {
    engine.close();
  }
  const today = options.today ?? new Date().toISOString().slice(0, 10);
  const judged = applyPolicy(input, results, today);
  const diagnostics = [
    ...bad.map((one) =>
      reportAudit('CH501', one, { span: input.graph.nodes.get(one.node)?.span, node: one.node }),
    ),
    ...lateRowWarnings(input, ids),
    ...judged.diagnostics,
  ];
  return { ...report(audited.length, judged.results, started), diagnostics };
}

async function planOrReason(catalog: Catalog, node: RenderedNode): Promise<PlannedModel | Unreadable> {
  try {
    return await planModel(catalog, node);
  } catch (error) {
    if (error instanceof Unreadable) return error;
    throw error;
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

function report(models: number, results: readonly AuditResult[], started: number): AuditJson {
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
