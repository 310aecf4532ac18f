import type { Relation, RenderedNode, RenderedProject } from '../2-render/index.ts';
import { type Diagnostic, reportGraph } from '../diagnostics/index.ts';

/** Nodes that would be built over each other: same database, schema and identifier, as DuckDB compares names. */
export function reportDuplicateRelations(rendered: RenderedProject): Diagnostic[] {
  const owners = new Map<string, RenderedNode>();
  const found: Diagnostic[] = [];
  for (const node of rendered.nodes.values()) {
    if (node.config.materialized === 'ephemeral') continue;
    const key = relationKey(node.relation);
    const owner = owners.get(key);
    if (owner === undefined) {
      owners.set(key, node);
      continue;
    }
    found.push(
      reportGraph(
        'CH302',
        { relation: relationText(node.relation), node: node.name, other: owner.name },
        {
          span: node.span,
          node: node.uniqueId,
          related: [{ span: owner.span, message: `\`${owner.name}\` is built there first` }],
        },
      ),
    );
  }
  return found;
}

/** Identity of a relation; names compare without case. */
export function relationKey(relation: Relation): string {
  const { database = '', schema, identifier } = relation;
  return `${database}\0${schema}\0${identifier}`.toLowerCase();
}

function relationText(relation: Relation): string {
  return [relation.database, relation.schema, relation.identifier].filter(Boolean).join('.');
}
