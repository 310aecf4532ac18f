import type { Graph } from '../../3-graph/index.ts';

/** Who is upstream of whom, for all nodes but tests; bitsets, so that ten thousand models stay cheap. */
export interface Ancestry {
  /** True when `ancestor` is upstream of `node`, not the node itself. */
  readonly isAncestor: (ancestor: string, node: string) => boolean;
  /** The node and its ancestors that satisfy `keep` and are not upstream of another such one. */
  readonly frontier: (nodes: readonly string[], keep: (id: string) => boolean) => string[];
}

export function ancestry(graph: Graph): Ancestry {
  const ids = graph.order.filter((id) => graph.nodes.get(id)?.kind !== 'test');
  const indexOf = new Map(ids.map((id, index) => [id, index]));
  const words = Math.ceil(ids.length / 32);
  const bits = ids.map(() => new Uint32Array(words));
  for (const [index, id] of ids.entries()) {
    const own = bits[index] as Uint32Array;
    for (const parent of graph.parents.get(id) ?? []) {
      const at = indexOf.get(parent);
      if (at === undefined) continue;
      const theirs = bits[at] as Uint32Array;
      for (let word = 0; word < words; word++) own[word] = (own[word] as number) | (theirs[word] as number);
      own[at >> 5] = (own[at >> 5] as number) | (1 << (at & 31));
    }
  }
  const isAncestor = (ancestor: string, node: string) => {
    const at = indexOf.get(ancestor);
    const index = indexOf.get(node);
    if (at === undefined || index === undefined) return false;
    return (((bits[index] as Uint32Array)[at >> 5] as number) & (1 << (at & 31))) !== 0;
  };
  return { isAncestor, frontier: (nodes, keep) => frontier(graph, isAncestor, nodes, keep) };
}

/** Walks up from `nodes` to the first kept node on each path, then drops those upstream of another. */
function frontier(
  graph: Graph,
  isAncestor: Ancestry['isAncestor'],
  nodes: readonly string[],
  keep: (id: string) => boolean,
): string[] {
  const found = new Set<string>();
  const seen = new Set<string>();
  const queue = [...nodes].reverse();
  for (let id = queue.pop(); id !== undefined; id = queue.pop()) {
    if (seen.has(id)) continue;
    seen.add(id);
    if (keep(id)) found.add(id);
    else queue.push(...(graph.parents.get(id) ?? []));
  }
  const list = [...found];
  return list.filter((id) => !list.some((other) => other !== id && isAncestor(id, other)));
}
