import type { ConfigValue } from '../../../../1-load/index.ts';
import type { Relation, RenderedNode } from '../../../../2-render/index.ts';
import type { Statement } from '../../../plan/plan.ts';
import type { ExistingRelation } from '../../adapter.ts';
import { aside } from '../../remote/aside.ts';
import { identifiers, relationName } from '../quote.ts';

/** `using delta`, clustered as the model's config says. */
export function tableClause({ config }: RenderedNode): string {
  const value: ConfigValue = config.raw.cluster_by ?? [];
  const columns = (Array.isArray(value) ? value : [value]).map(String);
  return columns.length > 0 ? ` using delta cluster by (${identifiers(columns)})` : ' using delta';
}

export function createTable(node: RenderedNode, relation: Relation, select: string): Statement {
  return {
    sql: `create or replace table ${relationName(relation)}${tableClause(node)} as\n${select}`,
    countsRows: false,
  };
}

/** A Delta table is replaced in one commit: readers see the old rows or the new ones. */
export function replaceFromAside(node: RenderedNode): Statement {
  return createTable(node, node.relation, `select * from ${relationName(aside(node.relation))}`);
}

export function dropTable(relation: Relation): Statement {
  return { sql: `drop table if exists ${relationName(relation)}`, countsRows: false };
}

export function dropView(relation: Relation): Statement {
  return { sql: `drop view if exists ${relationName(relation)}`, countsRows: false };
}

/** A name changes from view to table or back: `or replace` refuses that, so the old kind goes first. */
export function dropOtherKind(existing: ExistingRelation | undefined, wanted: 'table' | 'view'): Statement[] {
  if (existing === undefined || existing.kind === wanted) return [];
  return [existing.kind === 'view' ? dropView(existing.relation) : dropTable(existing.relation)];
}
