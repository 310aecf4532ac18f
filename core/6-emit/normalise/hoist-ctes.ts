import { type Cte, type FromItem, mapExpression, mapFrom, mapQuery, type Query } from '../../sql/index.ts';
import type { Pass } from './pass.ts';

/**
 * Every CTE moves to the top of the query, in an order in which each comes after what it reads; a name used
 * twice gets a number. T-SQL knows no other place for them.
 */
export const hoistCtes: Pass = {
  name: 'hoist-ctes',
  apply: (query) => {
    const collected: Cte[] = [];
    const body = hoist(query, new Map(), collected);
    return { ...body, ctes: collected };
  },
};

type Names = ReadonlyMap<string, string>;

function hoist(query: Query, names: Names, collected: Cte[]): Query {
  let visible = names;
  for (const cte of query.ctes) {
    const name = freshName(cte.name, collected);
    const self = new Map(visible).set(cte.name.toLowerCase(), name);
    const inner = cte.query.kind === 'recursive' ? self : visible;
    const body = hoist(
      { ...cte.query, ...(cte.query.kind === 'recursive' ? { name } : {}) } as Query,
      inner,
      collected,
    );
    collected.push({ ...cte, name, query: body });
    visible = self;
  }
  return mapQuery(
    { ...query, ctes: [] },
    {
      expression: (expression) => hoistExpression(expression, visible, collected),
      query: (child) => hoist(child, visible, collected),
      from: (item) => hoistFrom(item, visible, collected),
    },
  );
}

function freshName(wanted: string, collected: readonly Cte[]): string {
  const taken = new Set(collected.map(({ name }) => name.toLowerCase()));
  let name = wanted;
  for (let suffix = 2; taken.has(name.toLowerCase()); suffix++) name = `${wanted}_${suffix}`;
  return name;
}

type Expression = Parameters<typeof mapExpression>[0];

function hoistExpression(expression: Expression, names: Names, collected: Cte[]): Expression {
  return mapExpression(
    expression,
    (child) => hoistExpression(child, names, collected),
    (query) => hoist(query, names, collected),
  );
}

/** A renamed CTE keeps its old name as alias, so that columns qualified by it still resolve. */
function hoistFrom(item: FromItem, names: Names, collected: Cte[]): FromItem {
  if (item.kind === 'table' && item.schema === undefined) {
    const name = names.get(item.name.toLowerCase());
    return name === undefined || name === item.name
      ? item
      : { ...item, name, alias: item.alias ?? item.name };
  }
  return mapFrom(item, {
    expression: (expression) => hoistExpression(expression, names, collected),
    query: (query) => hoist(query, names, collected),
    from: (child) => hoistFrom(child, names, collected),
  });
}
