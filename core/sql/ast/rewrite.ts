import type { Expression, Frame, FrameBound, OrderItem } from './expression.ts';
import type { Cte, FromItem, GroupBy, Limit, Query, Select } from './query.ts';

/**
 * Functions applied to a node whose children are already rewritten. A function returns the node itself to
 * keep it; trees are never changed in place.
 */
export interface Rewriter {
  readonly expression?: (expression: Expression) => Expression;
  readonly query?: (query: Query) => Query;
  readonly from?: (item: FromItem) => FromItem;
}

/** Rewrites an expression bottom-up, subqueries included. */
export function rewriteExpression(expression: Expression, rewriter: Rewriter): Expression {
  const rewritten = mapExpression(
    expression,
    (child) => rewriteExpression(child, rewriter),
    (query) => rewriteQuery(query, rewriter),
  );
  return rewriter.expression ? rewriter.expression(rewritten) : rewritten;
}

/** Rewrites a query bottom-up, CTEs and FROM items included. */
export function rewriteQuery(query: Query, rewriter: Rewriter): Query {
  const rewritten = mapQuery(query, {
    expression: (child) => rewriteExpression(child, rewriter),
    query: (child) => rewriteQuery(child, rewriter),
    from: (item) => rewriteFrom(item, rewriter),
  });
  return rewriter.query ? rewriter.query(rewritten) : rewritten;
}

export function rewriteFrom(item: FromItem, rewriter: Rewriter): FromItem {
  const rewritten = mapFrom(item, {
    expression: (child) => rewriteExpression(child, rewriter),
    query: (child) => rewriteQuery(child, rewriter),
    from: (child) => rewriteFrom(child, rewriter),
  });
  return rewriter.from ? rewriter.from(rewritten) : rewritten;
}

type MapExpression = (expression: Expression) => Expression;
type MapQuery = (query: Query) => Query;

/** Applies `map` to an expression's direct children and `mapSubquery` to a subquery it holds. */
export function mapExpression(expression: Expression, map: MapExpression, mapSubquery: MapQuery): Expression {
  const all = (items: readonly Expression[]) => items.map(map);
  const maybe = <Key extends string>(key: Key, child: Expression | undefined) =>
    (child === undefined ? {} : { [key]: map(child) }) as { readonly [K in Key]?: Expression };
  const order = (items: readonly OrderItem[]) => mapOrder(items, map);
  switch (expression.kind) {
    case 'column':
    case 'literal':
    case 'parameter':
    case 'positional':
    case 'default':
      return expression;
    case 'star':
      return {
        ...expression,
        replace: expression.replace.map((entry) => ({ ...entry, expression: map(entry.expression) })),
        ...maybe('pattern', expression.pattern),
      };
    case 'call':
      return {
        ...expression,
        args: all(expression.args),
        orderBy: order(expression.orderBy),
        ...maybe('filter', expression.filter),
      };
    case 'window':
      return {
        ...expression,
        args: all(expression.args),
        argOrderBy: order(expression.argOrderBy),
        partitionBy: all(expression.partitionBy),
        orderBy: order(expression.orderBy),
        frame: mapFrame(expression.frame, map),
        ...maybe('filter', expression.filter),
      };
    case 'comparison':
      return { ...expression, left: map(expression.left), right: map(expression.right) };
    case 'logical':
    case 'special':
      return { ...expression, args: all(expression.args) };
    case 'not':
    case 'null-test':
    case 'cast':
    case 'collate':
      return { ...expression, operand: map(expression.operand) };
    case 'in-list':
      return { ...expression, operand: map(expression.operand), items: all(expression.items) };
    case 'between':
      return {
        ...expression,
        operand: map(expression.operand),
        lower: map(expression.lower),
        upper: map(expression.upper),
      };
    case 'case':
      return {
        ...expression,
        branches: expression.branches.map(({ when, result }) => ({ when: map(when), result: map(result) })),
        otherwise: map(expression.otherwise),
      };
    case 'subquery':
      return { ...expression, query: mapSubquery(expression.query), ...maybe('operand', expression.operand) };
    case 'lambda':
      return { ...expression, body: map(expression.body) };
  }
}

function mapOrder(items: readonly OrderItem[], map: MapExpression): OrderItem[] {
  return items.map((item) => ({ ...item, expression: map(item.expression) }));
}

function mapFrame(frame: Frame, map: MapExpression): Frame {
  const bound = (side: FrameBound): FrameBound =>
    'offset' in side ? { ...side, offset: map(side.offset) } : side;
  return { ...frame, start: bound(frame.start), end: bound(frame.end) };
}

export interface QueryMaps {
  readonly expression: MapExpression;
  readonly query: MapQuery;
  readonly from: (item: FromItem) => FromItem;
}

/** Applies the maps to a query's direct parts: CTE bodies, operands, FROM, and the expressions of its clauses. */
export function mapQuery(query: Query, maps: QueryMaps): Query {
  const base = {
    ctes: query.ctes.map((cte): Cte => ({ ...cte, query: maps.query(cte.query) })),
    orderBy: mapOrder(query.orderBy, maps.expression),
    ...(query.distinct ? { distinct: { on: query.distinct.on.map(maps.expression) } } : {}),
    ...(query.limit ? { limit: mapLimit(query.limit, maps.expression) } : {}),
  };
  switch (query.kind) {
    case 'select':
      return { ...query, ...base, ...mapSelect(query, maps) };
    case 'set-operation':
      return { ...query, ...base, left: maps.query(query.left), right: maps.query(query.right) };
    case 'recursive':
      return {
        ...query,
        ...base,
        anchor: maps.query(query.anchor),
        step: maps.query(query.step),
        keys: query.keys.map(maps.expression),
      };
  }
}

function mapLimit(limit: Limit, map: MapExpression): Limit {
  return {
    ...limit,
    ...(limit.count ? { count: map(limit.count) } : {}),
    ...(limit.offset ? { offset: map(limit.offset) } : {}),
  };
}

function mapSelect(select: Select, maps: QueryMaps): Partial<Select> {
  const { expression: map } = maps;
  return {
    items: select.items.map(map),
    from: maps.from(select.from),
    ...(select.where ? { where: map(select.where) } : {}),
    groupBy: mapGroupBy(select.groupBy, map),
    ...(select.having ? { having: map(select.having) } : {}),
    ...(select.qualify ? { qualify: map(select.qualify) } : {}),
  };
}

function mapGroupBy(groupBy: GroupBy, map: MapExpression): GroupBy {
  return groupBy.kind === 'keys' ? { ...groupBy, keys: groupBy.keys.map(map) } : groupBy;
}

/** Applies the maps to a FROM item's direct parts. */
export function mapFrom(item: FromItem, maps: QueryMaps): FromItem {
  switch (item.kind) {
    case 'none':
    case 'table':
      return item;
    case 'subquery':
      return { ...item, query: maps.query(item.query) };
    case 'function':
      return { ...item, call: maps.expression(item.call) };
    case 'values':
      return { ...item, rows: item.rows.map((row) => row.map(maps.expression)) };
    case 'join':
      return {
        ...item,
        left: maps.from(item.left),
        right: maps.from(item.right),
        ...(item.condition ? { condition: maps.expression(item.condition) } : {}),
      };
    case 'pivot':
      return {
        ...item,
        source: maps.from(item.source),
        aggregates: item.aggregates.map(maps.expression),
        pivots: item.pivots.map((pivot) => ({
          ...pivot,
          expressions: pivot.expressions.map(maps.expression),
        })),
      };
    case 'unpivot':
      return { ...item, source: maps.from(item.source) };
  }
}

/** True when `test` holds for the expression or any part of it; subqueries are not entered. */
export function someExpression(expression: Expression, test: (part: Expression) => boolean): boolean {
  if (test(expression)) return true;
  let found = false;
  mapExpression(
    expression,
    (child) => {
      found ||= someExpression(child, test);
      return child;
    },
    (query) => query,
  );
  return found;
}
