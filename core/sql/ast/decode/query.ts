import type { Expression } from '../expression.ts';
import type { Cte, GroupBy, Limit, Query, Select } from '../query.ts';
import { decodeExpression, decodeOrderModifier } from './expression.ts';
import { decodeFrom, decodeSample } from './from.ts';
import { type Json, parseSerialised, Shape, UnknownShape } from './shape.ts';

/**
 * Decodes the answer of `json_serialize_sql` for one SELECT.
 *
 * @param serialised the function's text result
 * @returns the query, or the parser's complaint with its offset
 * @throws UnknownShape when DuckDB says something this version was not taught
 * @example decodeSerialisedSql('{"error":false,"statements":[...]}')
 */
export function decodeSerialisedSql(
  serialised: string,
): { readonly query: Query } | { readonly error: string; readonly at?: number } {
  const root = new Shape(parseSerialised(serialised), '$');
  if (root.boolean('error')) {
    const position = root.raw('position');
    const at = position === undefined ? {} : { at: Number(position) };
    return { error: root.string('error_message'), ...at };
  }
  const statements = root.list('statements', decodeQueryStatement);
  const [query] = statements;
  if (query === undefined || statements.length > 1) {
    throw new UnknownShape(`${statements.length} statements instead of one`, '$');
  }
  return { query };
}

/** Decodes a `SelectStatement`. */
export function decodeQueryStatement(json: Json, path: string): Query {
  const shape = new Shape(json, path);
  shape.ignore('named_param_map');
  const query = shape.object('node', decodeQuery);
  shape.done();
  return query;
}

function decodeQuery(json: Json, path: string): Query {
  const shape = new Shape(json, path);
  const type = shape.string('type');
  const base = { ...decodeModifiers(shape), ctes: shape.object('cte_map', decodeCtes) };
  const query = { ...base, ...decodeBody(type, shape) } as Query;
  shape.done();
  return query;
}

const setOperators = {
  UNION: 'union',
  EXCEPT: 'except',
  INTERSECT: 'intersect',
  UNION_BY_NAME: 'union by name',
} as const;

function decodeBody(type: string, shape: Shape) {
  switch (type) {
    case 'SELECT_NODE':
      return decodeSelect(shape);
    case 'SET_OPERATION_NODE': {
      return {
        kind: 'set-operation' as const,
        operator: shape.oneOf('setop_type', setOperators),
        all: shape.boolean('setop_all'),
        left: shape.object('left', decodeQuery),
        right: shape.object('right', decodeQuery),
      };
    }
    case 'RECURSIVE_CTE_NODE':
      return {
        kind: 'recursive' as const,
        name: shape.string('cte_name'),
        columns: shape.strings('aliases'),
        all: shape.boolean('union_all'),
        anchor: shape.object('left', decodeQuery),
        step: shape.object('right', decodeQuery),
        keys: shape.list('key_targets', decodeExpression),
      };
    default:
      throw new UnknownShape(`query node ${type}`, shape.path);
  }
}

function decodeSelect(shape: Shape): Omit<Select, 'ctes' | 'orderBy' | 'distinct' | 'limit'> {
  const where = shape.optional('where_clause', decodeExpression);
  const having = shape.optional('having', decodeExpression);
  const qualify = shape.optional('qualify', decodeExpression);
  const sample = shape.optional('sample', decodeSample);
  return {
    kind: 'select',
    items: shape.list('select_list', decodeExpression),
    from: shape.object('from_table', decodeFrom),
    ...(where === undefined ? {} : { where }),
    groupBy: decodeGroupBy(shape),
    ...(having === undefined ? {} : { having }),
    ...(qualify === undefined ? {} : { qualify }),
    ...(sample === undefined ? {} : { sample }),
  };
}

function decodeGroupBy(shape: Shape): GroupBy {
  const handling = shape.string('aggregate_handling');
  const keys = shape.list('group_expressions', decodeExpression);
  const sets = shape.list('group_sets', (item) => item as readonly number[]);
  if (handling === 'FORCE_AGGREGATES') return { kind: 'all' };
  if (handling !== 'STANDARD_HANDLING') throw new UnknownShape(`aggregate handling ${handling}`, shape.path);
  return sets.length === 0 ? { kind: 'none' } : { kind: 'keys', keys, sets };
}

function decodeCtes(json: Json, path: string): Cte[] {
  const shape = new Shape(json, path);
  const ctes = shape.list('map', (item, at) => {
    const entry = new Shape(item, at);
    const cte = { name: entry.string('key'), ...entry.object('value', decodeCte) };
    entry.done();
    return cte;
  });
  shape.done();
  return ctes;
}

const materialisations = {
  CTE_MATERIALIZE_DEFAULT: 'default',
  CTE_MATERIALIZE_ALWAYS: 'always',
  CTE_MATERIALIZE_NEVER: 'never',
} as const;

function decodeCte(json: Json, path: string): Omit<Cte, 'name'> {
  const shape = new Shape(json, path);
  // The key of a recursive CTE stands on its node as well.
  shape.ignore('key_targets');
  const cte = {
    columns: shape.strings('aliases'),
    query: shape.object('query', decodeQueryStatement),
    materialized: shape.oneOf('materialized', materialisations),
  };
  shape.done();
  return cte;
}

interface Modifiers {
  readonly distinct?: { readonly on: readonly Expression[] };
  readonly orderBy: Query['orderBy'];
  readonly limit?: Limit;
}

function decodeModifiers(shape: Shape): Modifiers {
  let modifiers: Modifiers = { orderBy: [] };
  shape.list('modifiers', (item, path) => {
    const modifier = new Shape(item, path);
    const type = modifier.string('type');
    switch (type) {
      case 'DISTINCT_MODIFIER':
        modifiers = {
          ...modifiers,
          distinct: { on: modifier.list('distinct_on_targets', decodeExpression) },
        };
        break;
      case 'ORDER_MODIFIER':
        modifiers = { ...modifiers, orderBy: decodeOrderModifier(item, path) };
        return;
      case 'LIMIT_MODIFIER':
      case 'LIMIT_PERCENT_MODIFIER': {
        const count = modifier.optional('limit', decodeExpression);
        const offset = modifier.optional('offset', decodeExpression);
        const limit = {
          ...(count === undefined ? {} : { count }),
          ...(offset === undefined ? {} : { offset }),
          percent: type === 'LIMIT_PERCENT_MODIFIER',
        };
        modifiers = { ...modifiers, limit };
        break;
      }
      default:
        throw new UnknownShape(`modifier ${type}`, path);
    }
    modifier.done();
  });
  return modifiers;
}
