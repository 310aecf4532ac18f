import type { Expression, OrderItem, Query, Select } from '../../sql/index.ts';
import { mapQuery } from '../../sql/index.ts';
import { type Pass, queryPass } from '../normalise/pass.ts';
import { outputOf } from '../normalise/scope.ts';

/**
 * T-SQL lets ORDER BY name an output alone, not within the CASE that NULLS LAST needs: outputs become the
 * expressions behind them, and where rows are made distinct or united first, a derived table stands between.
 */
export const orderByExpressions = queryPass('order-by-expressions', (query, { environment }) => {
  if (query.orderBy.length === 0) return query;
  if (query.kind === 'select' && query.distinct === undefined) {
    return { ...query, orderBy: query.orderBy.map((item) => behindOutput(item, query)) };
  }
  const alias = '_ordered';
  const { orderBy, limit, ctes, ...rest } = query;
  const names = outputOf(query, environment).map(({ name }) => name);
  const outer: Select = {
    kind: 'select',
    ctes,
    items: names.map((name): Expression => ({ kind: 'column', path: [alias, name], alias: name })),
    from: { kind: 'subquery', alias, columns: [], query: { ...rest, ctes: [], orderBy: [] } as Query },
    groupBy: { kind: 'none' },
    orderBy: orderBy.map((item) =>
      item.expression.kind === 'column'
        ? {
            ...item,
            expression: { ...item.expression, path: [alias, item.expression.path.at(-1) as string] },
          }
        : item,
    ),
    ...(limit ? { limit } : {}),
  };
  return outer;
});

function behindOutput(item: OrderItem, select: Select): OrderItem {
  const { expression } = item;
  if (expression.kind !== 'column' || expression.path.length !== 1) return item;
  const output = select.items.find(({ alias }) => alias?.toLowerCase() === expression.path[0]?.toLowerCase());
  if (output === undefined) return item;
  const { alias: _, ...bare } = output;
  return { ...item, expression: bare as Expression };
}

/** ORDER BY inside a CTE or derived table means nothing without a limit, and T-SQL refuses it. */
export const dropInnerOrder: Pass = {
  name: 'drop-inner-order',
  apply: (query) =>
    mapQuery(query, { expression: (expression) => expression, query: drop, from: (item) => dropIn(item) }),
};

type From = Select['from'];

function dropIn(item: From): From {
  if (item.kind === 'subquery') return { ...item, query: drop(item.query) };
  return item.kind === 'join' ? { ...item, left: dropIn(item.left), right: dropIn(item.right) } : item;
}

function drop(query: Query): Query {
  const inner = mapQuery(query, { expression: (expression) => expression, query: drop, from: dropIn });
  return inner.limit === undefined ? { ...inner, orderBy: [] } : inner;
}
