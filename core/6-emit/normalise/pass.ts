import { type FromItem, mapExpression, mapFrom, mapQuery, type Query, type Select } from '../../sql/index.ts';
import type { Refusals } from '../refusal.ts';
import { type Environment, lateral, relationsOf, type Scope, scopeOf, withCtes } from './scope.ts';

/** What a pass knows besides the select it looks at. */
export interface PassContext {
  readonly scope: Scope;
  readonly environment: Environment;
  readonly refusals: Refusals;
}

/** One step of normalisation: a query in, an equal and simpler query out. */
export interface Pass {
  readonly name: string;
  readonly apply: (query: Query, environment: Environment, refusals: Refusals) => Query;
}

/**
 * A pass over every select of a query, innermost first: CTE bodies, FROM subqueries, expression subqueries, then
 * the select itself, each with the names that can be seen from it.
 */
export function selectPass(name: string, visit: (select: Select, context: PassContext) => Query): Pass {
  return queryPass(name, (query, context) => (query.kind === 'select' ? visit(query, context) : query));
}

/** Like `selectPass`, for set operations and recursive CTEs as well; their scope is empty. */
export function queryPass(name: string, visit: (query: Query, context: PassContext) => Query): Pass {
  return {
    name,
    apply: (query, environment, refusals) => visitQuery(query, environment, { visit, refusals }),
  };
}

interface Visitor {
  readonly visit: (query: Query, context: PassContext) => Query;
  readonly refusals: Refusals;
}

function visitQuery(query: Query, environment: Environment, visitor: Visitor): Query {
  let inner = environment;
  const ctes = query.ctes.map((cte) => {
    const visited = { ...cte, query: visitQuery(cte.query, cteEnvironment(cte, inner), visitor) };
    inner = withCtes({ ...query, ctes: [visited] }, inner);
    return visited;
  });
  const here = { ...query, ctes };
  if (here.kind === 'select') return visitSelect(here, inner, visitor);
  const visited = mapQuery(here, {
    expression: (expression) => expression,
    query: (child) => (ctes.some((cte) => cte.query === child) ? child : visitQuery(child, inner, visitor)),
    from: (item) => item,
  });
  return visitor.visit(visited, { scope: { relations: [] }, environment: inner, refusals: visitor.refusals });
}

/** A recursive CTE's step sees the CTE itself. */
function cteEnvironment(cte: Query['ctes'][number], environment: Environment): Environment {
  if (cte.query.kind !== 'recursive') return environment;
  return withCtes({ ...cte.query, ctes: [cte] }, environment);
}

function visitSelect(select: Select, environment: Environment, visitor: Visitor): Query {
  const from = visitFrom(select.from, environment, visitor);
  const scope = scopeOf({ ...select, from }, environment);
  const nested = { ...environment, outer: scope };
  const visited = mapQuery(
    { ...select, from },
    {
      expression: (expression) => visitSubqueries(expression, nested, visitor),
      query: (child) => child,
      from: (item) => item,
    },
  );
  return visitor.visit(visited as Select, { scope, environment, refusals: visitor.refusals });
}

function visitSubqueries(
  expression: Select['items'][number],
  environment: Environment,
  visitor: Visitor,
): Select['items'][number] {
  return mapExpression(
    expression,
    (child) => visitSubqueries(child, environment, visitor),
    (query) => visitQuery(query, environment, visitor),
  );
}

function visitFrom(item: FromItem, environment: Environment, visitor: Visitor): FromItem {
  if (item.kind === 'join') {
    const left = visitFrom(item.left, environment, visitor);
    const beside = lateral(environment, relationsOf(left, environment));
    const right = visitFrom(item.right, beside, visitor);
    const both = lateral(environment, relationsOf({ ...item, left, right }, environment));
    return {
      ...item,
      left,
      right,
      ...(item.condition ? { condition: visitSubqueries(item.condition, both, visitor) } : {}),
    };
  }
  return mapFrom(item, {
    expression: (expression) => visitSubqueries(expression, environment, visitor),
    query: (query) => visitQuery(query, environment, visitor),
    from: (child) => visitFrom(child, environment, visitor),
  });
}
