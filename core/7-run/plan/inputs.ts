import type { ModelInput } from '../../1-load/index.ts';
import type { Relation, RenderedNode } from '../../2-render/index.ts';
import type { Graph } from '../../3-graph/index.ts';
import type { BoundColumn } from '../../4-bind/index.ts';

/** A relation that a node reads, which falls into parts by entity and time. */
export interface PartInput extends ModelInput {
  readonly relation: Relation;
  /** Per entity column the type to cast it to, where the model has another one: equal keys must hash alike. */
  readonly casts: readonly (string | undefined)[];
}

/**
 * What a typed node reads, with the relations of this run. Undefined where nothing is declared, as of SQL models, and where
 * an input is no relation of its own because it is ephemeral.
 */
export function partInputs(
  node: RenderedNode,
  graph: Graph,
  columns: ReadonlyMap<string, readonly BoundColumn[]> = new Map(),
): readonly PartInput[] | undefined {
  const typeOf = (id: string, name: string) =>
    columns.get(id)?.find((column) => column.name.toLowerCase() === name.toLowerCase())?.type;
  const own = node.pointInTime?.entity.map(({ value }) => typeOf(node.uniqueId, value)) ?? [];
  const found: PartInput[] = [];
  for (const input of node.inputs ?? []) {
    const relation = node.dependsOn
      .map((id) => graph.nodes.get(id))
      .find((one) => one?.kind !== 'test' && nameOf(one) === input.name);
    if (relation === undefined || relation.kind === 'test') return undefined;
    if (relation.kind !== 'source' && relation.config.materialized === 'ephemeral') return undefined;
    const casts = input.entity.map((name, i) =>
      typeOf(relation.uniqueId, name) === own[i] ? undefined : own[i],
    );
    found.push({ ...input, relation: relation.relation, casts });
  }
  return node.inputs === undefined ? undefined : found;
}

function nameOf(node: ReturnType<Graph['nodes']['get']>): string | undefined {
  return node?.kind === 'source' ? `${node.sourceName}.${node.name}` : node?.name;
}

/** Whether a model grows by prediction times: it says so, or it is a typed declaration and says nothing else. */
export function byPredictionTime({ config, inputs }: RenderedNode): boolean {
  if (config.materialized !== 'incremental') return false;
  return (config.incrementalStrategy ?? (inputs && 'prediction_time')) === 'prediction_time';
}
