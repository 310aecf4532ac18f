import type { Expression, FromItem, Query, Select, TableRef } from '../../sql/index.ts';
import { type SqlType, unknown } from '../types/family.ts';
import { inferType } from '../types/infer.ts';
import { commonType } from '../types/promote.ts';

export interface ScopeColumn {
  readonly name: string;
  readonly type: SqlType;
}

/** A FROM item as names see it. */
export interface ScopeRelation {
  readonly alias: string;
  readonly columns: readonly ScopeColumn[];
}

/** What column names can mean inside one select; `outer` is the select around a subquery. */
export interface Scope {
  readonly relations: readonly ScopeRelation[];
  readonly outer?: Scope;
}

/** Columns of a table of the target; undefined for a table the catalog does not know. */
export type Catalog = (table: TableRef) => readonly ScopeColumn[] | undefined;

/** What stands around a query: tables, the CTEs visible here, and the scope of the select around it. */
export interface Environment {
  readonly catalog: Catalog;
  readonly ctes: ReadonlyMap<string, readonly ScopeColumn[]>;
  readonly outer?: Scope;
}

const same = (a: string, b: string) => a.toLowerCase() === b.toLowerCase();

/** The relation and column a path names, looked up from the inside out; undefined when nothing fits. */
export function resolveColumn(
  path: readonly string[],
  scope: Scope,
): { readonly relation: ScopeRelation; readonly column: ScopeColumn } | undefined {
  const name = path.at(-1) as string;
  const alias = path.at(-2);
  for (const relation of scope.relations) {
    if (alias !== undefined && !same(relation.alias, alias)) continue;
    const column = relation.columns.find((candidate) => same(candidate.name, name));
    if (column !== undefined) return { relation, column };
  }
  return scope.outer && resolveColumn(path, scope.outer);
}

export function typeIn(expression: Expression, scope: Scope, environment: Environment): SqlType {
  return inferType(expression, {
    column: (path) => resolveColumn(path, scope)?.column.type ?? unknown,
    query: (query) => outputOf(query, { ...environment, outer: scope }).map(({ type }) => type),
  });
}

/** The relations a FROM item brings into scope, left to right. */
export function relationsOf(item: FromItem, environment: Environment): ScopeRelation[] {
  switch (item.kind) {
    case 'none':
      return [];
    case 'join': {
      const left = relationsOf(item.left, environment);
      if (item.type === 'semi' || item.type === 'anti') return left;
      return [...left, ...relationsOf(item.right, lateral(environment, left))];
    }
    case 'table': {
      const columns = tableColumns(item, environment);
      return [{ alias: item.alias ?? item.name, columns: renamed(columns, item.columns) }];
    }
    case 'subquery':
      return [{ alias: item.alias ?? '', columns: renamed(outputOf(item.query, environment), item.columns) }];
    case 'values': {
      const width = item.rows[0]?.length ?? 0;
      const columns = Array.from({ length: width }, (_, index) => ({
        name: `col${index}`,
        type: item.rows.map((row) => cellType(row[index], environment)).reduce(commonType, 'NULL'),
      }));
      return [{ alias: item.alias ?? '', columns: renamed(columns, item.columns) }];
    }
    case 'function':
      return [{ alias: item.alias ?? functionName(item.call), columns: functionColumns(item, environment) }];
    case 'pivot':
    case 'unpivot':
      return [{ alias: item.alias ?? '', columns: item.columns.map((name) => ({ name, type: unknown })) }];
  }
}

/** The environment of something that may look at the relations to its left. */
export function lateral(environment: Environment, left: readonly ScopeRelation[]): Environment {
  return {
    ...environment,
    outer: { relations: left, ...(environment.outer ? { outer: environment.outer } : {}) },
  };
}

function cellType(cell: Expression | undefined, environment: Environment): SqlType {
  return cell === undefined ? unknown : typeIn(cell, { relations: [] }, environment);
}

function tableColumns(table: TableRef, environment: Environment): readonly ScopeColumn[] {
  const cte = table.schema === undefined ? environment.ctes.get(table.name.toLowerCase()) : undefined;
  return cte ?? environment.catalog(table) ?? [];
}

function renamed(columns: readonly ScopeColumn[], names: readonly string[]): readonly ScopeColumn[] {
  return columns.map((column, index) => ({ ...column, name: names[index] ?? column.name }));
}

function functionName(call: Expression): string {
  return call.kind === 'call' ? call.name : '';
}

/** `range`, `generate_series` and `unnest` have one column, named after the function unless aliased. */
function functionColumns(
  item: Extract<FromItem, { kind: 'function' }>,
  environment: Environment,
): readonly ScopeColumn[] {
  if (item.call.kind !== 'call') return [];
  const [argument] = item.call.args;
  const type =
    argument === undefined ? unknown : typeIn(argument, environment.outer ?? { relations: [] }, environment);
  const name = item.columns[0] ?? item.call.name;
  if (item.call.name === 'unnest') return [{ name, type: type.endsWith('[]') ? type.slice(0, -2) : unknown }];
  return [{ name, type: type === 'INTEGER' ? 'BIGINT' : type === 'DATE' ? 'TIMESTAMP' : type }];
}

/** Names and types of a query's output columns. */
export function outputOf(query: Query, environment: Environment): ScopeColumn[] {
  const inner = withCtes(query, environment);
  switch (query.kind) {
    case 'select':
      return selectOutput(query, inner);
    case 'set-operation': {
      const [left, right] = [outputOf(query.left, inner), outputOf(query.right, inner)];
      return left.map((column, index) => ({
        name: column.name,
        type: commonType(column.type, right[index]?.type ?? column.type),
      }));
    }
    case 'recursive':
      return [...renamed(outputOf(query.anchor, inner), query.columns)];
  }
}

function selectOutput(select: Select, environment: Environment): ScopeColumn[] {
  const scope = scopeOf(select, environment);
  return select.items.flatMap((item): ScopeColumn[] => {
    if (item.kind !== 'star') {
      return [{ name: outputName(item), type: typeIn(item, scope, environment) }];
    }
    return starColumns(select.from, environment).filter(
      ({ name }) => !item.exclude.some((path) => same(path.at(-1) as string, name)),
    );
  });
}

/** Alias, column name, or for an unnamed expression its function's name. */
export function outputName(item: Expression): string {
  if (item.alias !== undefined) return item.alias;
  if (item.kind === 'column') return item.path.at(-1) as string;
  return item.kind === 'call' || item.kind === 'window' ? item.name : item.kind;
}

export function scopeOf(select: Select, environment: Environment): Scope {
  return {
    relations: relationsOf(select.from, environment),
    ...(environment.outer ? { outer: environment.outer } : {}),
  };
}

/** The environment inside a query: its CTEs, each seeing those before it. */
export function withCtes(query: Query, environment: Environment): Environment {
  const ctes = new Map(environment.ctes);
  const inner = { ...environment, ctes };
  for (const cte of query.ctes) {
    // A recursive CTE has its anchor's columns, which do not need the CTE itself.
    const body = cte.query.kind === 'recursive' ? cte.query.anchor : cte.query;
    ctes.set(cte.name.toLowerCase(), renamed(outputOf(body, inner), cte.columns));
  }
  return inner;
}

/** A column of `*`: its relation is undefined where USING merged two into one. */
export interface StarColumn extends ScopeColumn {
  readonly relation?: string;
}

/** What `*` stands for over a FROM item, in order: USING columns once, from the left. */
export function starColumns(item: FromItem, environment: Environment): StarColumn[] {
  if (item.kind !== 'join') {
    return relationsOf(item, environment).flatMap(({ alias, columns }) =>
      columns.map((column) => ({ ...column, relation: alias })),
    );
  }
  const left = starColumns(item.left, environment);
  if (item.type === 'semi' || item.type === 'anti') return left;
  const right = starColumns(item.right, lateral(environment, relationsOf(item.left, environment)));
  const merged = mergedNames(item, left, right);
  const isMerged = ({ name }: ScopeColumn) => merged.some((key) => same(key, name));
  return [
    ...left.map((column) => (isMerged(column) ? { name: column.name, type: column.type } : column)),
    ...right.filter((column) => !isMerged(column)),
  ];
}

/** The columns a join merges: those of USING, or of a NATURAL join all that both sides have. */
export function mergedNames(
  join: Extract<FromItem, { kind: 'join' }>,
  left: readonly ScopeColumn[],
  right: readonly ScopeColumn[],
): readonly string[] {
  if (join.form !== 'natural') return join.using;
  return left.map(({ name }) => name).filter((name) => right.some((column) => same(column.name, name)));
}
