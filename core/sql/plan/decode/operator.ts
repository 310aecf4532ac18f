import { type Json, parseSerialised, Shape, UnknownShape } from '../../ast/decode/shape.ts';
import type { JoinCondition, JoinType, PlanOperator } from '../operator.ts';
import { decodeAggregate, decodeOrders, decodeWindow } from './aggregate.ts';
import { comparisonOperators, decodeExpression, decodeType } from './expression.ts';

/**
 * Decodes what `json_serialize_plan(sql)` (unoptimised, nothing skipped) returned. DuckDB's version is pinned:
 * a field that is not known here throws {@link UnknownShape}, an operator that is not known becomes `opaque`.
 *
 * @returns the plan, or DuckDB's error message
 */
export function decodePlan(serialised: string): PlanOperator | { readonly error: string } {
  const shape = new Shape(parseSerialised(serialised), 'plan');
  if (shape.boolean('error')) return { error: shape.string('error_message') };
  const plans = shape.list('plans', decodeOperator);
  const [plan] = plans;
  if (plan === undefined || plans.length > 1) throw new UnknownShape(`${plans.length} plans`, 'plan');
  return plan;
}

export function decodeOperator(value: Json, path: string): PlanOperator {
  const shape = new Shape(value, path);
  const type = shape.string('type');
  const decode = decoders[type];
  const children = shape.list('children', decodeOperator);
  if (decode === undefined) {
    const width =
      typeof (value as Fields).column_count === 'number'
        ? ((value as Fields).column_count as number)
        : undefined;
    const types = (value as Fields).chunk_types ?? (value as Fields).returned_types;
    return { kind: 'opaque', what: type, children, width: Array.isArray(types) ? types.length : width };
  }
  const decoded = decode(shape, children, path);
  shape.done();
  return decoded;
}

type Fields = { readonly [key: string]: Json };
type Decoder = (shape: Shape, children: readonly PlanOperator[], path: string) => PlanOperator;

const decoders: Readonly<Record<string, Decoder>> = {
  LOGICAL_GET: decodeGet,
  LOGICAL_DUMMY_SCAN: (shape) => {
    shape.ignore('table_index');
    return { kind: 'dummy' };
  },
  LOGICAL_EMPTY_RESULT: (shape) => {
    shape.ignore('table_index', 'bindings');
    return { kind: 'empty', types: shape.list('return_types', decodeType) };
  },
  LOGICAL_EXPRESSION_GET: (shape) => {
    shape.ignore('table_index');
    return {
      kind: 'values',
      types: shape.list('expr_types', decodeType),
      rows: shape.list('expressions', (row, path) => {
        if (!Array.isArray(row)) throw new UnknownShape('a row that is no list', path);
        return row.map((item: Json, index) => decodeExpression(item, `${path}[${index}]`));
      }),
    };
  },
  LOGICAL_PROJECTION: (shape, children, path) => {
    shape.ignore('table_index');
    return {
      kind: 'projection',
      child: only(children, path),
      expressions: shape.list('expressions', decodeExpression),
    };
  },
  LOGICAL_FILTER: (shape, children, path) => ({
    kind: 'filter',
    child: only(children, path),
    conditions: shape.list('expressions', decodeExpression),
    map: columnMap(shape, 'projection_map'),
  }),
  LOGICAL_ORDER_BY: (shape, children, path) => {
    shape.ignore('orders');
    return { kind: 'order', child: only(children, path), map: columnMap(shape, 'projections') };
  },
  LOGICAL_LIMIT: (shape, children, path) => {
    shape.ignore('limit_val', 'offset_val');
    return { kind: 'limit', what: 'LIMIT', child: only(children, path) };
  },
  LOGICAL_SAMPLE: (shape, children, path) => {
    shape.ignore('sample_options');
    return { kind: 'limit', what: 'SAMPLE', child: only(children, path) };
  },
  LOGICAL_AGGREGATE_AND_GROUP_BY: (shape, children, path) => {
    shape.ignore('group_index', 'aggregate_index', 'groupings_index', 'distinct_validity');
    const groups = shape.list('groups', decodeExpression);
    const sets = shape.list('grouping_sets', positions);
    return {
      kind: 'aggregate',
      child: only(children, path),
      groups,
      aggregates: shape.list('expressions', decodeAggregate),
      sets: sets.length === 0 ? [groups.map((_, index) => index)] : sets,
      groupings: shape.list('grouping_functions', positions).length,
    };
  },
  LOGICAL_DISTINCT: (shape, children, path) => ({
    kind: 'distinct',
    child: only(children, path),
    on: shape.oneOf('distinct_type', { DISTINCT: false, DISTINCT_ON: true }),
    targets: shape.list('distinct_targets', decodeExpression),
    orders: shape.optional('order_by', decodeOrders) ?? [],
  }),
  LOGICAL_WINDOW: (shape, children, path) => {
    shape.ignore('window_index');
    return { kind: 'window', child: only(children, path), windows: shape.list('expressions', decodeWindow) };
  },
  LOGICAL_UNNEST: (shape, children, path) => {
    shape.ignore('unnest_index');
    return {
      kind: 'unnest',
      child: only(children, path),
      expressions: shape.list('expressions', decodeExpression),
    };
  },
  LOGICAL_COMPARISON_JOIN: (shape, children, path) => comparisonJoin(shape, children, path, false),
  LOGICAL_ASOF_JOIN: (shape, children, path) => comparisonJoin(shape, children, path, true),
  LOGICAL_DELIM_JOIN: (shape, children, path) => comparisonJoin(shape, children, path, false),
  LOGICAL_ANY_JOIN: (shape, children, path) => {
    shape.ignore('mark_index');
    shape.require('left_projection_map', []);
    shape.require('right_projection_map', []);
    const [left, right] = both(children, path);
    return {
      kind: 'join',
      type: shape.oneOf('join_type', joinTypes),
      left,
      right,
      conditions: [],
      predicate: shape.object('condition', decodeExpression),
      asof: false,
    };
  },
  LOGICAL_CROSS_PRODUCT: (_shape, children, path) => {
    const [left, right] = both(children, path);
    return { kind: 'cross', left, right };
  },
  LOGICAL_UNION: (shape, children, path) => setOperator('union', shape, children, path),
  LOGICAL_EXCEPT: (shape, children, path) => setOperator('except', shape, children, path),
  LOGICAL_INTERSECT: (shape, children, path) => setOperator('intersect', shape, children, path),
  LOGICAL_MATERIALIZED_CTE: (shape, children, path) => {
    shape.ignore('column_count', 'ctename', 'materialize');
    const [definition, body] = both(children, path);
    return { kind: 'cte', index: shape.number('table_index'), definition, body };
  },
  LOGICAL_RECURSIVE_CTE: (shape, children, path) => {
    shape.ignore('ctename', 'ref_recurring', 'aggregates', 'payload_aggregates');
    const [anchor, step] = both(children, path);
    return {
      kind: 'recursive cte',
      index: shape.number('table_index'),
      anchor,
      step,
      all: shape.boolean('union_all'),
      width: shape.number('column_count'),
      keyed: shape.list('key_targets', (item) => item).length > 0,
    };
  },
  LOGICAL_CTE_REF: (shape) => {
    shape.ignore('table_index', 'bound_columns');
    return {
      kind: 'cte ref',
      index: shape.number('cte_index'),
      types: shape.list('chunk_types', decodeType),
      recurring: shape.boolean('is_recurring'),
    };
  },
  LOGICAL_DELIM_GET: (shape) => {
    shape.ignore('table_index');
    return { kind: 'delim get', types: shape.list('chunk_types', decodeType) };
  },
};

const joinTypes: Readonly<Record<string, JoinType>> = {
  INNER: 'inner',
  LEFT: 'left',
  RIGHT: 'right',
  FULL: 'full',
  OUTER: 'full',
  SEMI: 'semi',
  ANTI: 'anti',
  MARK: 'mark',
  SINGLE: 'single',
};

function decodeGet(shape: Shape): PlanOperator {
  shape.ignore(
    'table_index',
    'arguments',
    'original_arguments',
    'catalog_name',
    'schema_name',
    'has_serialize',
  );
  shape.ignore('extra_info', 'ordinality_idx', 'row_group_order_options', 'projected_input');
  shape.ignore('parameters', 'named_parameters', 'input_table_types', 'input_table_names');
  shape.require('projection_ids', []);
  shape.require('table_filters', { filters: [] });
  const name = shape.string('name');
  const names = shape.list('names', (item) => String(item));
  const types = shape.list('returned_types', decodeType);
  const columns = shape.list('column_indexes', (item) => {
    const index = (item as Fields | null)?.index;
    return typeof index === 'number' && index < names.length ? index : undefined;
  });
  const data = shape.raw('function_data') as Fields | null | undefined;
  if (name === 'seq_scan' && typeof data?.table === 'string') {
    return {
      kind: 'get',
      catalog: String(data.catalog),
      schema: String(data.schema),
      table: data.table,
      names,
      types,
      columns,
    };
  }
  if (['generate_series', 'range', 'repeat'].includes(name)) {
    return { kind: 'table function', name, types: columns.map((index) => types[index ?? 0] ?? 'UNKNOWN') };
  }
  return { kind: 'opaque', what: `table function ${name}`, children: [], width: columns.length };
}

function comparisonJoin(
  shape: Shape,
  children: readonly PlanOperator[],
  path: string,
  asof: boolean,
): PlanOperator {
  shape.ignore('mark_index', 'mark_types', 'delim_types');
  shape.require('left_projection_map', []);
  shape.require('right_projection_map', []);
  shape.require('delim_flipped', false);
  const [left, right] = both(children, path);
  const correlated = shape.list('duplicate_eliminated_columns', decodeExpression);
  return {
    kind: 'join',
    type: shape.oneOf('join_type', joinTypes),
    left,
    right,
    conditions: shape.list('conditions', decodeCondition),
    predicate: shape.optional('predicate', decodeExpression),
    asof,
    correlated: shape.raw('type') === 'LOGICAL_DELIM_JOIN' ? correlated : undefined,
  };
}

function decodeCondition(value: Json, path: string): JoinCondition {
  const shape = new Shape(value, path);
  const condition: JoinCondition = {
    left: shape.object('left', decodeExpression),
    right: shape.object('right', decodeExpression),
    operator: shape.oneOf('comparison', comparisonOperators),
  };
  shape.done();
  return condition;
}

function setOperator(
  kind: 'union' | 'except' | 'intersect',
  shape: Shape,
  children: readonly PlanOperator[],
  path: string,
): PlanOperator {
  shape.ignore('table_index', 'column_count', 'allow_out_of_order');
  if (children.length < 2) throw new UnknownShape(`${children.length} children`, path);
  const all = shape.boolean('setop_all');
  return children
    .slice(1)
    .reduce<PlanOperator>((left, right) => ({ kind, left, right, all }), children[0] as PlanOperator);
}

function columnMap(shape: Shape, key: string): readonly number[] | undefined {
  const map = shape.list(key, (item) => Number(item));
  return map.length === 0 ? undefined : map;
}

function positions(value: Json, path: string): number[] {
  if (!Array.isArray(value)) throw new UnknownShape('a grouping set that is no list', path);
  return value.map((item: Json) => Number(item));
}

function only(children: readonly PlanOperator[], path: string): PlanOperator {
  const [child] = children;
  if (child === undefined || children.length !== 1)
    throw new UnknownShape(`${children.length} children`, path);
  return child;
}

function both(children: readonly PlanOperator[], path: string): [PlanOperator, PlanOperator] {
  const [left, right] = children;
  if (left === undefined || right === undefined || children.length !== 2) {
    throw new UnknownShape(`${children.length} children`, path);
  }
  return [left, right];
}
