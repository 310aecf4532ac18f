import type { RenderedNode, RenderedProject } from '../../2-render/index.ts';
import type { Graph } from '../../3-graph/index.ts';
import type { Bound } from '../../4-bind/index.ts';
import { type Diagnostic, reportEmit } from '../../diagnostics/index.ts';
import type { TargetDialect } from '../translate.ts';
import { scripting } from './script.ts';
import { catalogOf, translateNode } from './translate-node.ts';

/** One file of a deployment folder. */
export interface DeploymentFile {
  /** Relative to the folder, such as `012_gold.customer_360.sql`. */
  readonly path: string;
  readonly sql: string;
  readonly node?: string;
}

/** Scripts in the order in which they are to be run; empty when anything was refused. */
export interface Deployment {
  readonly files: readonly DeploymentFile[];
  /** Relations that must exist on the target before the first script: sources and seeds. */
  readonly requires: readonly string[];
  readonly diagnostics: readonly Diagnostic[];
}

/** Parses SQL to DuckDB's serialised tree, many statements in one call. */
export type Serialise = (statements: readonly string[]) => Promise<readonly string[]>;

/**
 * Translates the selected models, in DAG order, to scripts for a target.
 *
 * @param ids models to write; what they read but is not among them must exist on the target
 */
export async function planDeployment(
  project: { readonly rendered: RenderedProject; readonly graph: Graph; readonly bound: Bound },
  ids: ReadonlySet<string>,
  target: TargetDialect,
  serialise: Serialise,
): Promise<Deployment> {
  const { rendered, graph, bound } = project;
  const nodes = graph.order.flatMap((id) => {
    const node = ids.has(id) ? rendered.nodes.get(id) : undefined;
    return node === undefined || node.kind === 'seed' || node.config.materialized === 'ephemeral'
      ? []
      : [node];
  });
  const catalog = catalogOf(graph, bound);
  const trees = await serialise(nodes.map(({ sql }) => sql));
  const diagnostics: Diagnostic[] = [];
  const script = scripting[target];
  const schemas = [...new Set(nodes.map(({ relation }) => relation.schema))];
  const files: DeploymentFile[] = [{ path: '000_schemas.sql', sql: schemas.map(script.schema).join('') }];
  for (const [index, node] of nodes.entries()) {
    const columns = bound.columns.get(node.uniqueId) ?? [];
    const translated = translateNode({
      node,
      tree: trees[index] ?? '',
      target,
      catalog,
      columns,
      relation: node.sql,
    });
    diagnostics.push(...translated.diagnostics);
    const select = translated.sql;
    if (select === undefined) continue;
    const number = String(index + 1).padStart(3, '0');
    const path = `${number}_${node.relation.schema}.${node.relation.identifier}.sql`;
    files.push({ path, sql: heading(node) + create(node, select, target, diagnostics), node: node.uniqueId });
  }
  const requires = requirements(nodes, graph, rendered, target);
  return {
    files: diagnostics.some(({ severity }) => severity === 'error') ? [] : files,
    requires,
    diagnostics,
  };
}

function create(
  node: RenderedNode,
  select: string,
  target: TargetDialect,
  diagnostics: Diagnostic[],
): string {
  const { materialized, raw } = node.config;
  if (materialized === 'view') return scripting[target].view(node.relation, select);
  if (materialized !== 'table') {
    const args = { node: node.name, kind: materialized, target };
    diagnostics.push(reportEmit('CH603', args, { span: node.span, node: node.uniqueId }));
  }
  const clusterBy = [raw.cluster_by ?? []].flat().map(String);
  return scripting[target].table(node.relation, select, clusterBy);
}

function heading(node: RenderedNode): string {
  const about = node.description === '' ? '' : `\n${node.description.trim().replace(/^/gm, '-- ')}`;
  return `-- ${node.name}, from ${node.path}${about}\n`;
}

function requirements(
  nodes: readonly RenderedNode[],
  graph: Graph,
  rendered: RenderedProject,
  target: TargetDialect,
): string[] {
  const written = new Set(nodes.map(({ uniqueId }) => uniqueId));
  const outside = new Set(nodes.flatMap(({ uniqueId }) => graph.parents.get(uniqueId) ?? []));
  return [...outside]
    .filter((id) => !written.has(id) && rendered.nodes.get(id)?.config.materialized !== 'ephemeral')
    .flatMap((id) => {
      const node = graph.nodes.get(id);
      return node === undefined || node.kind === 'test' ? [] : [scripting[target].relation(node.relation)];
    })
    .sort();
}
