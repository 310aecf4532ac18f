import type { Relation, RenderedNode } from '../../../../2-render/index.ts';
import type { Statement } from '../../../plan/plan.ts';
import type { ExistingRelation, RelationKind } from '../../adapter.ts';
import { aside } from '../../remote/aside.ts';
import { identifier, identifiers, literal, relationName } from '../quote.ts';

/** One batch. All of ours may be sent again: each replaces what it makes, or looks first whether its work is done. */
export function batch(lines: readonly string[], countsRows = false): Statement {
  return { sql: lines.join('\n'), repeatable: true, countsRows };
}

/** `create table as`, clustered as the model's config says; what a broken run left under the name goes first. */
export function createTable(
  node: RenderedNode,
  relation: Relation,
  select: string,
  countsRows = false,
): Statement {
  const columns = clusterBy(node);
  const clustered = columns.length > 0 ? ` with (cluster by (${identifiers(columns)}))` : '';
  const name = relationName(relation);
  return batch(
    [`drop table if exists ${name};`, `create table ${name}${clustered} as\n${select}`],
    countsRows,
  );
}

/** Columns of the model's `cluster_by`. */
export function clusterBy({ config }: RenderedNode): readonly string[] {
  return [config.raw.cluster_by ?? []].flat().map(String);
}

/** The work of a batch whose input is a table of its own, in one transaction that ends with dropping that table. */
export function once(input: Relation, work: readonly string[]): Statement {
  const name = relationName(input);
  return batch([
    `if object_id(${literal(name)}) is not null`,
    'begin',
    ...['begin transaction;', ...work, 'commit transaction;'].map((line) => line.replace(/^/gm, '  ')),
    'end',
  ]);
}

/** The table built aside gets the published name; the old relation goes in the same transaction. */
export function swapIn(node: RenderedNode, existing: ExistingRelation | undefined): Statement {
  const { relation } = node;
  const built = aside(relation);
  return once(built, [
    `${dropText(relation, existing?.kind ?? 'table')};`,
    `exec sp_rename ${literal(relationName(built))}, ${literal(relation.identifier)};`,
  ]);
}

export function dropText(relation: Relation, kind: RelationKind): string {
  return `drop ${kind} if exists ${relationName(relation)}`;
}

export function drop(relation: Relation, kind: RelationKind = 'table'): Statement {
  return batch([dropText(relation, kind)]);
}

/** Adds nullable columns, which a warehouse does outside transactions only; those that are there already stay. */
export function addColumns(
  relation: Relation,
  added: readonly { readonly name: string; readonly type: string }[],
): Statement[] {
  const name = relationName(relation);
  return added.map((column) =>
    batch([
      `if col_length(${literal(name)}, ${literal(column.name)}) is null`,
      `  alter table ${name} add ${identifier(column.name)} ${column.type} null`,
    ]),
  );
}
