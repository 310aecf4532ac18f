import type { RenderedTest } from '../../2-render/index.ts';
import type { Graph } from '../../3-graph/index.ts';
import type { Ancestry } from './ancestry.ts';

/** Where each test of a run happens. */
export interface Gates {
  /** Tests run inside a node's transaction, by node: publication waits for them. */
  readonly within: ReadonlyMap<string, readonly RenderedTest[]>;
  /** Tests that read several nodes none of which is last, or none built in this run; after `waitsFor`. */
  readonly alone: readonly { readonly test: RenderedTest; readonly waitsFor: readonly string[] }[];
  /** For each built node, the tests of `alone` that must have passed before it starts. */
  readonly before: ReadonlyMap<string, readonly string[]>;
}

/**
 * Places tests: a test whose inputs are all upstream of one built node (or are that node) gates that node. Others run by
 * themselves as soon as all their inputs are there, and gate what is downstream of all their inputs.
 */
export function placeTests(
  graph: Graph,
  { isAncestor, frontier }: Ancestry,
  tests: readonly RenderedTest[],
  built: ReadonlySet<string>,
): Gates {
  const within = new Map<string, RenderedTest[]>();
  const alone: { test: RenderedTest; waitsFor: readonly string[] }[] = [];
  const before = new Map<string, string[]>();
  for (const test of tests) {
    const inputs = graph.parents.get(test.uniqueId) ?? test.dependsOn;
    const last = frontier(inputs, (id) => built.has(id));
    const [only] = last;
    if (only !== undefined && last.length === 1) {
      push(within, only, test);
      continue;
    }
    alone.push({ test, waitsFor: last });
    if (inputs.length === 0) continue;
    for (const id of built) {
      if (inputs.every((input) => isAncestor(input, id))) push(before, id, test.uniqueId);
    }
  }
  return { within, alone, before };
}

function push<T>(map: Map<string, T[]>, key: string, value: T): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
}
