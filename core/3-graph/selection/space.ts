import type { ConfigValue, Exposure, Project } from '../../1-load/index.ts';
import type { Rendered } from '../../2-render/index.ts';
import type { Graph } from '../graph.ts';
import { parseReference } from './reference.ts';

export type ResourceType = 'model' | 'seed' | 'snapshot' | 'test' | 'source' | 'exposure';

export const resourceTypes: readonly ResourceType[] = [
  'model',
  'seed',
  'snapshot',
  'test',
  'source',
  'exposure',
];

/** Something that can be selected: a node of the graph or an exposure. */
export interface Item {
  readonly id: string;
  readonly type: ResourceType;
  readonly name: string;
  readonly path: string;
  readonly node?: Rendered;
  readonly exposure?: Exposure;
}

/** All there is to select from: the graph with exposures as further leaves. */
export interface Space {
  readonly project: Project;
  readonly graph: Graph;
  readonly items: ReadonlyMap<string, Item>;
  /** dbt's fully qualified name: package, folders below the resource root, name. */
  readonly fqn: (item: Item) => readonly string[];
}

export function selectionSpace(graph: Graph, project: Project): Space {
  const items = new Map<string, Item>();
  for (const [id, node] of graph.nodes) {
    items.set(id, { id, type: node.kind, name: node.name, path: node.path, node });
  }
  const fqn = (item: Item) => qualifiedName(item, project);
  if (project.exposures.length === 0) return { project, graph, items, fqn };
  const parents = new Map(graph.parents);
  const children = new Map(graph.children);
  const order = [...graph.order];
  for (const exposure of project.exposures) {
    const id = exposure.uniqueId;
    items.set(id, { id, type: 'exposure', name: exposure.name, path: exposure.span.file, exposure });
    const upstream = exposure.dependsOn.flatMap(({ value }) => parseReference(value, graph) ?? []);
    parents.set(id, upstream);
    children.set(id, []);
    for (const parent of upstream) children.set(parent, [...(children.get(parent) ?? []), id]);
    order.push(id);
  }
  return { project, graph: { nodes: graph.nodes, parents, children, order }, items, fqn };
}

function qualifiedName(item: Item, project: Project): string[] {
  const { paths, name } = project;
  const roots = [
    ...paths.models,
    ...paths.seeds,
    ...paths.snapshots,
    ...paths.tests,
    ...paths.features,
    ...paths.audits,
  ];
  let below = item.path;
  for (const root of roots) {
    const prefix = `${root.replace(/\/+$/, '')}/`;
    if (below.startsWith(prefix)) {
      below = below.slice(prefix.length);
      break;
    }
  }
  const folders = below.split('/').slice(0, -1);
  const own = item.node?.kind === 'source' ? [item.node.sourceName, item.name] : [item.name];
  return [name, ...folders, ...own];
}

/** Tags of an item, whatever its kind. */
export function tagsOf(item: Item): readonly string[] {
  if (item.node === undefined) {
    const tags = item.exposure?.values.tags;
    return Array.isArray(tags) ? tags.map(String) : typeof tags === 'string' ? [tags] : [];
  }
  return item.node.kind === 'source' ? item.node.table.tags : item.node.config.tags;
}

/** Configuration of an item under dbt's key names. */
export function configOf(item: Item): Readonly<Record<string, ConfigValue>> {
  const { node } = item;
  if (node === undefined) return item.exposure?.values ?? {};
  if (node.kind === 'source') {
    return { enabled: node.table.enabled, tags: node.table.tags, meta: node.table.meta };
  }
  if (node.kind === 'test') {
    const { config } = node;
    return {
      enabled: true,
      materialized: 'test',
      severity: config.severity,
      where: config.where ?? null,
      limit: config.limit ?? null,
      store_failures: config.storeFailures,
      fail_calc: config.failCalc,
      error_if: config.errorIf,
      warn_if: config.warnIf,
      tags: config.tags,
    };
  }
  const { config } = node;
  return {
    ...config.raw,
    enabled: config.enabled,
    materialized: config.materialized,
    tags: config.tags,
    meta: config.meta,
  };
}
