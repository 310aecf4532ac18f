import { ancestors, type Graph } from '#core';
import type { Lineage, LineageNode } from '../site/lineage.ts';

/** A model with everything it is made of; tests are left out. Without a model: the whole project. */
export function lineageOf(graph: Graph, uniqueId?: string, href?: (id: string) => string): Lineage {
  const chosen = uniqueId === undefined ? undefined : new Set([...ancestors(graph, [uniqueId]), uniqueId]);
  const nodes: LineageNode[] = [];
  const edges: { from: string; to: string }[] = [];
  for (const [id, node] of graph.nodes) {
    if (node.kind === 'test' || chosen?.has(id) === false) continue;
    const label = node.kind === 'source' ? `${node.sourceName}.${node.name}` : node.name;
    nodes.push({ id, label, kind: node.kind, href: href?.(id) });
    for (const from of graph.parents.get(id) ?? []) edges.push({ from, to: id });
  }
  return { nodes, edges };
}
