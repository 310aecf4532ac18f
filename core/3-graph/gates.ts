import type { Graph } from './graph.ts';

/**
 * What a node of a selected run waits for. `after`: its nearest selected ancestors. `gates`: tests that must
 * pass first, because they guard data that the node reads.
 */
export interface Waits {
  readonly after: readonly string[];
  readonly gates: readonly string[];
}

/**
 * Waits of every selected node. A test gates the nodes that read all of the data it looks at: the children of
 * its parent, or the first common descendants of its parents. Test-to-child edges are not put into the graph:
 * a test with one parent is found through that parent, and skipping spreads to later nodes by itself.
 *
 * @param selected unique_ids of the run, tests included
 */
export function waits(graph: Graph, selected: ReadonlySet<string>): ReadonlyMap<string, Waits> {
  const order = graph.order.filter((id) => selected.has(id));
  const nearest = nearestSelected(graph, selected);
  const guards = new Map<string, string[]>();
  const shared: string[] = [];
  for (const id of order) {
    if (graph.nodes.get(id)?.kind !== 'test') continue;
    const looksAt = nearest.get(id) ?? [];
    if (looksAt.length === 1) push(guards, looksAt[0] as string, id);
    else if (looksAt.length > 1) shared.push(id);
  }
  const readers = invert(order, nearest, graph);
  const extra = new Map<string, string[]>();
  for (const test of shared) {
    for (const id of firstCommonReaders(nearest.get(test) ?? [], readers, nearest)) push(extra, id, test);
  }
  const result = new Map<string, Waits>();
  for (const id of order) {
    const after = nearest.get(id) ?? [];
    const isTest = graph.nodes.get(id)?.kind === 'test';
    const gates = isTest
      ? []
      : [...after.flatMap((parent) => guards.get(parent) ?? []), ...(extra.get(id) ?? [])];
    result.set(id, { after: after.filter((parent) => selected.has(parent)), gates: [...new Set(gates)] });
  }
  return result;
}

/** Tests that must pass before the node is built; see {@link waits}. */
export function gates(graph: Graph, selected: ReadonlySet<string>): ReadonlyMap<string, readonly string[]> {
  return new Map([...waits(graph, selected)].map(([id, wait]) => [id, wait.gates]));
}

/**
 * For every node: selected nodes and sources reached upstream through unselected ones only. Sources are never
 * run, but their tests gate what reads them.
 */
function nearestSelected(graph: Graph, selected: ReadonlySet<string>): Map<string, readonly string[]> {
  const nearest = new Map<string, readonly string[]>();
  for (const id of graph.order) {
    const found = new Set<string>();
    for (const parent of graph.parents.get(id) ?? []) {
      if (selected.has(parent) || graph.nodes.get(parent)?.kind === 'source') found.add(parent);
      else for (const above of nearest.get(parent) ?? []) found.add(above);
    }
    nearest.set(id, [...found]);
  }
  return nearest;
}

function invert(
  order: readonly string[],
  nearest: ReadonlyMap<string, readonly string[]>,
  graph: Graph,
): Map<string, string[]> {
  const readers = new Map<string, string[]>();
  for (const id of order) {
    if (graph.nodes.get(id)?.kind === 'test') continue;
    for (const parent of nearest.get(id) ?? []) push(readers, parent, id);
  }
  return readers;
}

/** Nodes downstream of (or among) all of `sources` none of whose own parents is such a node. */
function firstCommonReaders(
  sources: readonly string[],
  readers: ReadonlyMap<string, readonly string[]>,
  nearest: ReadonlyMap<string, readonly string[]>,
): string[] {
  let common: Set<string> | undefined;
  for (const source of sources) {
    const below = new Set([source]);
    for (const id of below) for (const reader of readers.get(id) ?? []) below.add(reader);
    const before: Set<string> | undefined = common;
    common = before === undefined ? below : new Set([...before].filter((id) => below.has(id)));
    if (common.size === 0) return [];
  }
  const all = common ?? new Set<string>();
  for (const source of sources) all.delete(source);
  return [...all].filter((id) => !(nearest.get(id) ?? []).some((parent) => all.has(parent)));
}

function push(map: Map<string, string[]>, key: string, value: string): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}
