import type { AuditInput } from '../input.ts';

/** Everything a node reads, directly or not, and the node itself, in build order. */
export function closureIds(input: AuditInput, root: string): string[] {
  const wanted = new Set<string>();
  const visit = (id: string): void => {
    if (wanted.has(id)) return;
    wanted.add(id);
    for (const parent of input.graph.parents.get(id) ?? []) visit(parent);
  };
  visit(root);
  return input.graph.order.filter((id) => wanted.has(id));
}
