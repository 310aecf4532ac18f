import type { Project } from '../1-load/index.ts';
import { type Diagnostic, type RelatedSpan, reportGraph } from '../diagnostics/index.ts';
import type { Graph } from './graph.ts';
import { refSpan } from './ref-span.ts';

/** One diagnostic per knot of mutually dependent nodes, each with its shortest cycle and every ref on it. */
export function reportCycles(graph: Graph, project: Project): Diagnostic[] {
  return knots(graph).map((knot) => {
    const cycle = shortestCycle(graph, knot);
    const names = cycle.map((id) => graph.nodes.get(id)?.name ?? id);
    const related: RelatedSpan[] = [];
    for (const [index, id] of cycle.entries()) {
      const target = cycle[(index + 1) % cycle.length] as string;
      const span = refSpan(graph.nodes.get(id), graph.nodes.get(target), project);
      const to = graph.nodes.get(target)?.name ?? target;
      if (span) related.push({ span, message: `\`${names[index]}\` refers to \`${to}\` here` });
    }
    const [first, ...rest] = related;
    return reportGraph(
      'CH301',
      { path: [...names, names[0] as string], knot: knot.length },
      { span: first?.span, related: rest, node: cycle[0] },
    );
  });
}

/** Strongly connected components with a cycle, each sorted by id (Tarjan, without recursion). */
function knots(graph: Graph): string[][] {
  const ordered = new Set(graph.order);
  const stuck = [...graph.nodes.keys()].filter((id) => !ordered.has(id)).sort();
  const index = new Map<string, number>();
  const low = new Map<string, number>();
  const onStack = new Set<string>();
  const stack: string[] = [];
  const found: string[][] = [];
  for (const root of stuck) {
    if (index.has(root)) continue;
    const work: { id: string; next: number }[] = [{ id: root, next: 0 }];
    while (work.length > 0) {
      const frame = work[work.length - 1] as { id: string; next: number };
      const { id } = frame;
      if (frame.next === 0) {
        index.set(id, index.size);
        low.set(id, index.get(id) as number);
        stack.push(id);
        onStack.add(id);
      }
      const upstream = graph.parents.get(id) ?? [];
      const target = upstream[frame.next];
      if (target !== undefined) {
        frame.next++;
        if (ordered.has(target)) continue;
        if (!index.has(target)) work.push({ id: target, next: 0 });
        else if (onStack.has(target)) lower(low, id, index.get(target) as number);
        continue;
      }
      work.pop();
      const caller = work[work.length - 1];
      if (caller) lower(low, caller.id, low.get(id) as number);
      if (low.get(id) !== index.get(id)) continue;
      const component = stack.splice(stack.indexOf(id));
      for (const member of component) onStack.delete(member);
      if (component.length > 1 || upstream.includes(id)) found.push(component.sort());
    }
  }
  return found;
}

function lower(low: Map<string, number>, id: string, value: number): void {
  if (value < (low.get(id) as number)) low.set(id, value);
}

/** The shortest cycle through the knot's first node, in the direction of references. */
function shortestCycle(graph: Graph, knot: readonly string[]): string[] {
  const start = knot[0] as string;
  const inside = new Set(knot);
  const via = new Map<string, string>();
  const queue = [start];
  for (const id of queue) {
    for (const target of graph.parents.get(id) ?? []) {
      if (target === start) {
        const path = [id];
        for (let at = id; at !== start; ) {
          at = via.get(at) as string;
          path.unshift(at);
        }
        return path;
      }
      if (!inside.has(target) || via.has(target)) continue;
      via.set(target, id);
      queue.push(target);
    }
  }
  return [start];
}
