import type { Relation, RenderedNode } from '../../2-render/index.ts';
import { type Graph, relationKey } from '../../3-graph/index.ts';
import type { Bound } from '../../4-bind/index.ts';
import type { Serialise, TargetDialect } from '../../6-emit/index.ts';
import { type Diagnostic, reportEmit } from '../../diagnostics/index.ts';
import type { DatabaseState, ExistingRelation } from '../adapters/adapter.ts';
import { incrementalPredicates } from '../adapters/duckdb/materialize/incremental.ts';
import { fabricPlanner } from '../adapters/fabric/planner.ts';
import { relationName as fabricName } from '../adapters/fabric/quote.ts';
import { readSeeds } from '../adapters/remote/read-seeds.ts';
import { translateSelected } from '../adapters/remote/translations.ts';
import { sparkPlanner } from '../adapters/spark/planner.ts';
import { relationName as sparkName } from '../adapters/spark/quote.ts';
import { byPredictionTime } from '../plan/inputs.ts';
import type { NodeStep, RunPlan, Statement } from '../plan/plan.ts';
import { planRun } from '../plan/plan-run.ts';

/** One file of a deployment folder. */
export interface DeploymentFile {
  /** Relative to the folder, such as `012_gold.customer_360.sql`. */
  readonly path: string;
  readonly sql: string;
  readonly node?: string;
  /** What to run instead when the relation is there already: new rows of an incremental model, versions of a snapshot. */
  readonly later?: { readonly path: string; readonly sql: string };
}

/** Scripts in the order in which they are to be run; empty when anything was refused. */
export interface Deployment {
  readonly files: readonly DeploymentFile[];
  /** Relations that must exist on the target before the first script: sources, and nodes that were not chosen. */
  readonly requires: readonly string[];
  readonly diagnostics: readonly Diagnostic[];
}

export interface DeployedProject {
  readonly graph: Graph;
  readonly bound: Pick<Bound, 'columns'>;
  /** Absolute path of the project: seeds are read there. */
  readonly root: string;
  readonly hooks?: { readonly onRunStart: readonly string[]; readonly onRunEnd: readonly string[] };
}

/**
 * Plans the selected nodes twice, for a target that holds nothing and for one that holds all of them, and writes both
 * plans as scripts for people to run. They are the statements that a build through the adapter sends, without its tests.
 *
 * @param ids nodes to write, tests among them passed over; what they read but is not among them must exist on the target
 * @example
 * const { files } = await planDeployment({ graph, bound, root }, new Set(graph.order), 'fabric', serialiseWithDuckdb);
 */
export async function planDeployment(
  { graph, bound, root, hooks }: DeployedProject,
  ids: ReadonlySet<string>,
  target: TargetDialect,
  serialise: Serialise,
): Promise<Deployment> {
  const { columns } = bound;
  const diagnostics: Diagnostic[] = [];
  const nodes = graph.order.flatMap((id) => {
    const node = ids.has(id) ? graph.nodes.get(id) : undefined;
    if (node === undefined || node.kind === 'test' || node.kind === 'source') return [];
    return node.config.materialized === 'ephemeral' ? [] : [asScript(node, target, diagnostics)];
  });
  const selected = new Set(nodes.map(({ uniqueId }) => uniqueId));
  const changed = new Map(nodes.map((node) => [node.uniqueId, node]));
  const scripted: Graph = {
    ...graph,
    nodes: new Map([...graph.nodes].map(([id, node]) => [id, changed.get(id) ?? node])),
  };
  const translations = await translateSelected({ graph: scripted, columns, selected, target, serialise });
  const seeds = await readSeeds(
    nodes.filter(({ kind }) => kind === 'seed'),
    columns,
    root,
  );
  const work = { translations, seeds, clock: 'engine' } as const;
  const planner = target === 'fabric' ? fabricPlanner(work) : sparkPlanner(work);
  const planOn = (state: DatabaseState) =>
    planRun({ graph: scripted, selected, command: 'build', planner, state, columns, root, target, hooks });
  const first = planOn(holding([], columns));
  const later = planOn(holding(nodes, columns));
  diagnostics.push(...translations.diagnostics, ...first.diagnostics);
  const isRefused = diagnostics.some(({ severity }) => severity === 'error');
  return {
    files: isRefused ? [] : filesOf(first.plan, later.plan),
    requires: requirements(nodes, graph, target),
    diagnostics,
  };
}

/** A node as scripts can make it: what asks the engine for more than its own rows is built whole each time. */
function asScript(node: RenderedNode, target: TargetDialect, diagnostics: Diagnostic[]): RenderedNode {
  const { config } = node;
  if (config.materialized !== 'incremental') return node;
  const isMore =
    config.incrementalStrategy === 'microbatch' ||
    byPredictionTime(node) ||
    incrementalPredicates(config.raw).length > 0;
  if (!isMore) return node;
  const kind = config.incrementalStrategy ?? 'incremental_predicates';
  const args = { node: node.name, kind: byPredictionTime(node) ? 'prediction_time' : kind, target };
  diagnostics.push(reportEmit('CH603', args, { span: node.span, node: node.uniqueId }));
  return { ...node, config: { ...config, materialized: 'table' } };
}

/** A target that holds the given nodes as they are declared, and nothing else. */
function holding(nodes: readonly RenderedNode[], columns: Bound['columns']): DatabaseState {
  const relations = nodes.map(
    ({ relation, config, uniqueId }): ExistingRelation => ({
      relation,
      kind: config.materialized === 'view' ? 'view' : 'table',
      columns: columns.get(uniqueId) ?? [],
    }),
  );
  const byKey = new Map(relations.map((one) => [relationKey(one.relation), one]));
  const get = (relation: Relation) => byKey.get(relationKey(relation));
  return { database: '', schemas: [], relations, get };
}

function filesOf(first: RunPlan, later: RunPlan): DeploymentFile[] {
  const { separator } = first;
  const text = (statements: readonly Statement[]) =>
    statements.map(({ sql }) => `${sql};\n${separator === undefined ? '' : `${separator}\n`}`).join('');
  const isNode = (step: RunPlan['steps'][number]): step is NodeStep =>
    step.kind !== 'test' && step.kind !== 'source';
  const scriptOf = ({ name, node, statements, publish = [], cleanUp = [] }: NodeStep) =>
    heading(name, node as RenderedNode) + text([...statements, ...publish, ...cleanUp]);
  const laterById = new Map(later.steps.filter(isNode).map((step) => [step.uniqueId, step]));
  const nodeFiles = first.steps.filter(isNode).map((step, index): DeploymentFile => {
    const { schema, identifier } = step.relation;
    const path = `${String(index + 1).padStart(3, '0')}_${schema}.${identifier}.sql`;
    const sql = scriptOf(step);
    const again = laterById.get(step.uniqueId);
    const laterSql = again === undefined ? sql : scriptOf(again);
    return {
      path,
      sql,
      node: step.uniqueId,
      ...(laterSql === sql ? {} : { later: { path: `later/${path}`, sql: laterSql } }),
    };
  });
  const hookFile = (path: string, statements: readonly Statement[]): DeploymentFile[] =>
    statements.length === 0 ? [] : [{ path, sql: text(statements) }];
  return [
    { path: '000_schemas.sql', sql: text(first.prepare) },
    ...hookFile('000_on_run_start.sql', first.onRunStart),
    ...nodeFiles,
    ...hookFile('999_on_run_end.sql', first.onRunEnd),
  ];
}

function heading(name: string, { path, description }: RenderedNode): string {
  const about = description === '' ? '' : `\n${description.trim().replace(/^/gm, '-- ')}`;
  return `-- ${name}, from ${path}${about}\n`;
}

function requirements(nodes: readonly RenderedNode[], graph: Graph, target: TargetDialect): string[] {
  const nameOf = target === 'fabric' ? fabricName : sparkName;
  const written = new Set(nodes.map(({ uniqueId }) => uniqueId));
  const found = new Set<string>();
  const queue = [...written];
  for (let id = queue.pop(); id !== undefined; id = queue.pop()) {
    for (const parent of graph.parents.get(id) ?? []) {
      const node = graph.nodes.get(parent);
      if (node === undefined || node.kind === 'test' || written.has(parent)) continue;
      // What an ephemeral model reads is read by its readers.
      if (node.kind !== 'source' && node.config.materialized === 'ephemeral') queue.push(parent);
      else found.add(nameOf(node.relation));
    }
  }
  return [...found].sort();
}
