import type { Graph } from '../../3-graph/index.ts';
import type { DatabaseState, ExistingRelation } from '../adapters/adapter.ts';
import { artifactMetadata, type Invocation } from './metadata.ts';

/** `catalog.json` in dbt's shape v1: what of the graph exists in the database, with its columns and row counts. */
export function buildCatalog(graph: Graph, state: DatabaseState, invocation: Invocation): object {
  const nodes: Record<string, object> = {};
  const sources: Record<string, object> = {};
  for (const [id, node] of graph.nodes) {
    if (node.kind === 'test') continue;
    const existing = state.get(node.relation);
    if (existing === undefined) continue;
    (node.kind === 'source' ? sources : nodes)[id] = catalogEntry(id, existing);
  }
  return { metadata: artifactMetadata('catalog/v1', invocation), nodes, sources, errors: null };
}

function catalogEntry(id: string, existing: ExistingRelation): object {
  const { relation, rows } = existing;
  return {
    metadata: {
      type: existing.kind === 'view' ? 'VIEW' : 'BASE TABLE',
      schema: relation.schema,
      name: relation.identifier,
      database: relation.database ?? null,
      comment: existing.comment ?? null,
      owner: null,
    },
    columns: Object.fromEntries(
      existing.columns.map(({ name, type }, index) => [
        name,
        { type, index: index + 1, name, comment: null },
      ]),
    ),
    stats: {
      has_stats: {
        id: 'has_stats',
        label: 'Has Stats?',
        value: rows !== undefined,
        include: false,
        description: 'Indicates whether there are statistics for this table',
      },
      ...(rows === undefined
        ? {}
        : {
            row_count: {
              id: 'row_count',
              label: 'Row Count',
              value: rows,
              include: true,
              description: "Rows, as the database's catalog counts them",
            },
          }),
    },
    unique_id: id,
  };
}
