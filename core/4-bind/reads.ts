import type { Binding } from './binding.ts';

/** What a node's SQL reads as tables: its parents, and for ephemeral ones, which are inlined, theirs. */
export function tableReads({ graph, rendered }: Binding): (id: string) => readonly string[] {
  const known = new Map<string, readonly string[]>();
  const ephemeral = new Set<string>();
  for (const [id, { config }] of rendered.nodes) if (config.materialized === 'ephemeral') ephemeral.add(id);
  const readsOf = (id: string): readonly string[] => {
    const found = known.get(id);
    if (found !== undefined) return found;
    const parents = graph.parents.get(id) ?? [];
    if (!parents.some((parent) => ephemeral.has(parent))) {
      known.set(id, parents);
      return parents;
    }
    const reads = new Set<string>();
    known.set(id, []);
    for (const parent of parents) {
      if (!ephemeral.has(parent)) reads.add(parent);
      else for (const above of readsOf(parent)) reads.add(above);
    }
    const list = [...reads];
    known.set(id, list);
    return list;
  };
  return readsOf;
}

/** False, and noted, when something upstream failed here or could not be rendered. Nodes on a cycle never become ready. */
export function isReady(
  binding: Binding,
  node: { readonly uniqueId: string; readonly dependsOn: readonly string[] },
): boolean {
  const allFine = binding.failed.size === 0 && binding.notChecked.size === 0;
  if (allFine && node.dependsOn.every((parent) => binding.graph.nodes.has(parent))) return true;
  const causes = new Set<string>();
  for (const parent of node.dependsOn) {
    const isMissing = !binding.graph.nodes.has(parent);
    if (isMissing || binding.failed.has(parent)) causes.add(parent);
    for (const cause of binding.notChecked.get(parent) ?? []) causes.add(cause);
  }
  if (causes.size > 0) binding.notChecked.set(node.uniqueId, [...causes]);
  return causes.size === 0;
}
