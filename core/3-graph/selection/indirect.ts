import type { Graph } from '../graph.ts';
import { ancestors } from '../traverse.ts';
import type { IndirectSelection } from './expression.ts';
import type { Space } from './space.ts';

/** Nodes chosen so far, and tests that join once all of their parents are chosen. */
export interface Chosen {
  readonly direct: ReadonlySet<string>;
  readonly waiting: ReadonlySet<string>;
}

/** Adds the tests that look at selected nodes, as dbt does for each criterion. */
export function withTests(selected: ReadonlySet<string>, mode: IndirectSelection, space: Space): Chosen {
  if (mode === 'empty') return { direct: selected, waiting: new Set() };
  const { graph, items } = space;
  const direct = new Set(selected);
  const waiting = new Set<string>();
  const reachable = mode === 'buildable' ? buildable(graph, selected, space) : selected;
  for (const id of selected) {
    for (const child of graph.children.get(id) ?? []) {
      if (items.get(child)?.type !== 'test' || direct.has(child)) continue;
      if (mode === 'eager' || hasAllParents(graph, child, reachable)) direct.add(child);
      else waiting.add(child);
    }
  }
  return { direct, waiting };
}

/** Tests that waited and whose parents are all chosen by now. */
export function settle(chosen: Chosen, mode: IndirectSelection, space: Space): Set<string> {
  const all = new Set(chosen.direct);
  if (chosen.waiting.size === 0) return all;
  const reachable = mode === 'buildable' ? buildable(space.graph, all, space) : all;
  for (const test of chosen.waiting) if (hasAllParents(space.graph, test, reachable)) all.add(test);
  return all;
}

/** Selected nodes, everything above them, and sources: what exists once the selection is built. */
function buildable(graph: Graph, selected: ReadonlySet<string>, { items }: Space): Set<string> {
  const reachable = ancestors(graph, selected);
  for (const id of selected) reachable.add(id);
  for (const item of items.values()) if (item.type === 'source') reachable.add(item.id);
  return reachable;
}

function hasAllParents(graph: Graph, test: string, within: ReadonlySet<string>): boolean {
  return (graph.parents.get(test) ?? []).every((parent) => within.has(parent));
}
