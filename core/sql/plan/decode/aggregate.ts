import { type Json, Shape } from '../../ast/decode/shape.ts';
import type { PlanAggregate, PlanExpression, PlanFrameBound, PlanOrder, PlanWindow } from '../expression.ts';
import { decodeExpression, decodeOrder, decodeType } from './expression.ts';

/** A bound aggregate of a GROUP BY. */
export function decodeAggregate(value: Json, path: string): PlanAggregate {
  const shape = new Shape(value, path);
  shape.require('expression_class', 'BOUND_AGGREGATE');
  ignoreBinding(shape);
  const aggregate: PlanAggregate = {
    type: shape.object('return_type', decodeType),
    name: shape.string('name'),
    children: shape.list('children', decodeExpression),
    distinct: shape.oneOf('aggregate_type', { NON_DISTINCT: false, DISTINCT: true }),
    filter: shape.optional('filter', decodeExpression),
    orders: shape.optional('order_bys', decodeOrders) ?? [],
  };
  shape.done();
  return aggregate;
}

export function decodeOrders(value: Json, path: string): PlanOrder[] {
  const shape = new Shape(value, path);
  const orders = shape.list('orders', decodeOrder);
  shape.done();
  return orders;
}

/** A bound window function. Frame exclusion only takes rows away: it is read over. */
export function decodeWindow(value: Json, path: string): PlanWindow {
  const shape = new Shape(value, path);
  shape.require('expression_class', 'BOUND_WINDOW');
  const type = shape.string('type');
  ignoreBinding(shape);
  shape.ignore('exclude_clause', 'ignore_nulls', 'distinct');
  const start = shape.string('start');
  const end = shape.string('end');
  const startExpression = shape.optional('start_expr', decodeExpression);
  const endExpression = shape.optional('end_expr', decodeExpression);
  const name = shape.raw('name');
  const offset = shape.optional('offset_expr', decodeExpression);
  const argumentOrders = shape.list('arg_orders', decodeOrder);
  const known = windowFunctions[type] ?? 'unknown';
  const window: PlanWindow = {
    name: typeof name === 'string' && name !== '' ? name : type.replace(/^WINDOW_/, '').toLowerCase(),
    // With an order of its own, a neighbour or a rank is found in that order.
    function: argumentOrders.length > 0 && ownOrder.has(known) ? 'unknown' : known,
    type: shape.object('return_type', decodeType),
    children: shape.list('children', decodeExpression),
    partitions: shape.list('partitions', decodeExpression),
    orders: shape.list('orders', decodeOrder),
    filter: shape.optional('filters', decodeExpression),
    unit:
      end.endsWith('_ROWS') || start.endsWith('_ROWS')
        ? 'rows'
        : end.endsWith('_GROUPS') || start.endsWith('_GROUPS')
          ? 'groups'
          : 'range',
    start: frameBound(shape, start, startExpression),
    end: frameBound(shape, end, endExpression),
    ...(offset !== undefined && { offset }),
    others: [
      shape.optional('default_expr', decodeExpression),
      ...argumentOrders.map(({ expression }) => expression),
    ].filter((expression): expression is PlanExpression => expression !== undefined),
  };
  shape.done();
  return window;
}

const ownOrder: ReadonlySet<PlanWindow['function']> = new Set(['rank', 'lag', 'lead']);

const windowFunctions: Readonly<Record<string, PlanWindow['function']>> = {
  WINDOW_AGGREGATE: 'aggregate',
  WINDOW_ROW_NUMBER: 'rank',
  WINDOW_RANK: 'rank',
  WINDOW_RANK_DENSE: 'rank',
  WINDOW_PERCENT_RANK: 'whole partition',
  WINDOW_CUME_DIST: 'whole partition',
  WINDOW_NTILE: 'whole partition',
  WINDOW_LAG: 'lag',
  WINDOW_LEAD: 'lead',
  WINDOW_FIRST_VALUE: 'frame value',
  WINDOW_LAST_VALUE: 'frame value',
  WINDOW_NTH_VALUE: 'frame value',
};

function frameBound(shape: Shape, text: string, expression: PlanExpression | undefined): PlanFrameBound {
  if (text === 'UNBOUNDED_PRECEDING') return { kind: 'unbounded preceding' };
  if (text === 'UNBOUNDED_FOLLOWING') return { kind: 'unbounded following' };
  if (/^CURRENT_ROW_(ROWS|RANGE|GROUPS)$/.test(text)) return { kind: 'current row' };
  const found = text.match(/^EXPR_(PRECEDING|FOLLOWING)_(ROWS|RANGE|GROUPS)$/);
  if (found === null || expression === undefined) throw shape.unexpected('frame bound', text);
  return { kind: found[1] === 'PRECEDING' ? 'preceding' : 'following', expression };
}

function ignoreBinding(shape: Shape): void {
  shape.ignore('type', 'alias', 'query_location', 'arguments', 'original_arguments', 'catalog_name');
  shape.ignore('schema_name', 'has_serialize', 'is_operator', 'function_data', 'aggregate_type_info');
}
