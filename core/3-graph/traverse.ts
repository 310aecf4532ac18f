import type { Graph } from './graph.ts';

/**
 * Nodes reached upstream of `start`, without `start` itself unless a cycle leads back.
 *
 * @param depth edges to follow at most; undefined means all
 */
export function ancestors(graph: Graph, start: Iterable<string>, depth?: number): Set<string> {
  return reach(graph.parents, start, depth);
}

/** Nodes reached downstream of `start`, tests included. */
export function descendants(graph: Graph, start: Iterable<string>, depth?: number): Set<string> {
  return reach(graph.children, start, depth);
}

function reach(
  edges: ReadonlyMap<string, readonly string[]>,
  start: Iterable<string>,
  depth = Number.POSITIVE_INFINITY,
): Set<string> {
  const reached = new Set<string>();
  let frontier = [...start];
  for (let step = 0; step < depth && frontier.length > 0; step++) {
    const next: string[] = [];
    for (const id of frontier) {
      for (const neighbour of edges.get(id) ?? []) {
        if (reached.has(neighbour)) continue;
        reached.add(neighbour);
        next.push(neighbour);
      }
    }
    frontier = next;
  }
  return reached;
}

/** The ids of `set` in the graph's order; ids that the order leaves out come last, by name. */
export function inOrder(graph: Graph, set: ReadonlySet<string>): string[] {
  const ordered = graph.order.filter((id) => set.has(id));
  if (ordered.length === set.size) return ordered;
  const placed = new Set(ordered);
  return [...ordered, ...[...set].filter((id) => !placed.has(id)).sort()];
}
