import type { ColumnRef, Expression, FromItem, Query, Select, TableRef } from '../../sql/index.ts';
import { nodesIn, selectsIn } from './tree.ts';

/** One place where a query reads a relation: the table in a FROM clause, and the SELECT that it belongs to. */
export interface Read {
  readonly table: TableRef;
  readonly select: Select;
  /** The join that it is the right side of. */
  readonly join?: FromItem & { readonly kind: 'join' };
  /** Whether a column of the SELECT can be one of the table: qualified by its alias, or known by name. */
  readonly owns: (column: ColumnRef) => boolean;
}

/** Every read of the relation, the outermost SELECT's first. */
export function readsOf(query: Query, relation: string, columns: readonly string[]): readonly Read[] {
  const names = new Set(columns.map((name) => name.toLowerCase()));
  return selectsIn(query).flatMap((select) => {
    const tables = tablesOf(select.from);
    return tables
      .filter(({ table }) => table.name.toLowerCase() === relation.toLowerCase())
      .map(({ table, join }): Read => {
        const alias = (table.alias ?? table.name).toLowerCase();
        const owns = ({ path }: ColumnRef): boolean =>
          path.length > 1
            ? path.at(-2)?.toLowerCase() === alias
            : names.has(path.at(-1)?.toLowerCase() ?? '');
        return { table, select, join, owns };
      });
  });
}

/** The tables of a FROM clause, subqueries aside. */
function tablesOf(item: FromItem, join?: Read['join']): readonly Pick<Read, 'table' | 'join'>[] {
  if (item.kind === 'table') return [{ table: item, join }];
  if (item.kind === 'join') return [...tablesOf(item.left), ...tablesOf(item.right, item)];
  return item.kind === 'pivot' || item.kind === 'unpivot' ? tablesOf(item.source) : [];
}

/** The conditions of a SELECT, and what it computes for some of its outputs. */
export function partsOf(select: Select, outputs: ReadonlySet<string>): readonly Expression[] {
  const ons = [...nodesIn(select.from)].flatMap((node) =>
    node.kind === 'join' && node.condition !== undefined ? [node.condition] : [],
  );
  const named = select.items.filter((item) => outputs.has(outputName(item)));
  return [
    ...(named.length > 0 ? named : select.items),
    ...ons,
    ...[select.where, select.having, select.qualify].filter((part) => part !== undefined),
  ];
}

/** Names that a column's value goes by on its way to the query's output. */
export function namesOf(query: Query, column: string): ReadonlySet<string> {
  const names = new Set([column.toLowerCase()]);
  for (let size = 0; size < names.size; ) {
    size = names.size;
    for (const item of selectsIn(query).flatMap(({ items }) => items)) {
      if (!names.has(outputName(item))) continue;
      for (const node of nodesIn(item)) {
        if (node.kind === 'column') names.add(node.path.at(-1)?.toLowerCase() ?? '');
      }
    }
  }
  return names;
}

function outputName(item: Expression): string {
  return (item.alias ?? (item.kind === 'column' ? item.path.at(-1) : undefined) ?? '').toLowerCase();
}
