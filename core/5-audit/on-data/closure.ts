import type { RenderedNode, RenderedSource } from '../../2-render/index.ts';
import type { AuditInput } from '../input.ts';

/** Everything a set of models reads, directly or not, in build order. */
export interface Closure {
  readonly sources: readonly RenderedSource[];
  /** Seeds and snapshots: read as they stand in the target. */
  readonly standing: readonly RenderedNode[];
  /** Models to rebuild, the given ones included; ephemeral ones are inlined in their readers already. */
  readonly models: readonly RenderedNode[];
}

export function closureOf(input: AuditInput, roots: readonly string[]): Closure {
  const wanted = new Set<string>();
  const visit = (id: string): void => {
    if (wanted.has(id)) return;
    wanted.add(id);
    for (const parent of input.graph.parents.get(id) ?? []) visit(parent);
  };
  for (const root of roots) visit(root);
  const ordered = input.graph.order.filter((id) => wanted.has(id));
  const nodes = ordered.map((id) => input.graph.nodes.get(id)).filter((node) => node !== undefined);
  return {
    sources: nodes.filter((node) => node.kind === 'source'),
    standing: nodes.filter((node): node is RenderedNode => node.kind === 'seed' || node.kind === 'snapshot'),
    models: nodes.filter(
      (node): node is RenderedNode => node.kind === 'model' && node.config.materialized !== 'ephemeral',
    ),
  };
}

/** The models with a `point_in_time`, in build order; `selected` narrows them. */
export function auditedModels(input: AuditInput, selected?: ReadonlySet<string>): RenderedNode[] {
  return input.graph.order
    .map((id) => input.graph.nodes.get(id))
    .filter(
      (node): node is RenderedNode =>
        node?.kind === 'model' &&
        node.pointInTime !== undefined &&
        (selected === undefined || selected.has(node.uniqueId)),
    );
}
