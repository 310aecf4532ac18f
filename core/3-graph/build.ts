import type { Project } from '../1-load/index.ts';
import type { Rendered, RenderedProject } from '../2-render/index.ts';
import type { Diagnostic } from '../diagnostics/index.ts';
import { reportCycles } from './cycles.ts';
import type { Graph } from './graph.ts';
import { reportDuplicateRelations } from './relations.ts';

export interface GraphResult {
  readonly graph: Graph;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * The DAG of a rendered project: edges from what SQL refers to, order, cycles and relations built twice.
 * References to nodes that do not exist are 2-render's to report and make no edge here.
 *
 * @example
 * const { graph, diagnostics } = buildGraph(rendered, project);
 * graph.order // ['source.shop.raw.orders', 'model.shop.orders', 'test.shop.not_null_orders_id']
 */
export function buildGraph(rendered: RenderedProject, project: Project): GraphResult {
  const nodes = new Map<string, Rendered>();
  for (const part of [rendered.sources, rendered.nodes, rendered.tests]) {
    for (const [id, node] of part) nodes.set(id, node);
  }
  const parents = new Map<string, readonly string[]>();
  const children = new Map<string, string[]>();
  for (const [id, node] of nodes) {
    const upstream = node.kind === 'source' ? none : existing(node.dependsOn, nodes);
    parents.set(id, upstream);
    for (const parent of upstream) {
      const list = children.get(parent);
      if (list === undefined) children.set(parent, [id]);
      else list.push(id);
    }
  }
  const order = topologicalOrder(nodes, parents, children);
  const graph: Graph = { nodes, parents, children, order };
  const cycles = order.length === nodes.size ? [] : reportCycles(graph, project);
  return { graph, diagnostics: [...cycles, ...reportDuplicateRelations(rendered)] };
}

const none: readonly string[] = [];

function existing(ids: readonly string[], nodes: ReadonlyMap<string, Rendered>): readonly string[] {
  return ids.every((id) => nodes.has(id)) ? ids : ids.filter((id) => nodes.has(id));
}

/**
 * Kahn's algorithm by levels; within a level by unique_id, so that the order never depends on file order. Tests,
 * the many leaves, come last.
 */
function topologicalOrder(
  nodes: ReadonlyMap<string, Rendered>,
  parents: ReadonlyMap<string, readonly string[]>,
  children: ReadonlyMap<string, readonly string[]>,
): string[] {
  const waiting = new Map<string, number>();
  const tests: string[] = [];
  let level: string[] = [];
  for (const [id, node] of nodes) {
    const upstream = parents.get(id) ?? none;
    if (node.kind === 'test') tests.push(id);
    else if (upstream.length === 0) level.push(id);
    else waiting.set(id, upstream.length);
  }
  const order: string[] = [];
  while (level.length > 0) {
    const next: string[] = [];
    for (const id of level.sort()) {
      order.push(id);
      for (const child of children.get(id) ?? none) {
        const left = waiting.get(child);
        if (left === undefined) continue;
        waiting.set(child, left - 1);
        if (left === 1) {
          waiting.delete(child);
          next.push(child);
        }
      }
    }
    level = next;
  }
  const isPlaced = (id: string) => !waiting.has(id);
  const ready = waiting.size === 0 ? tests : tests.filter((id) => (parents.get(id) ?? none).every(isPlaced));
  return order.concat(ready.sort());
}
