import {
  type Expression,
  type FromItem,
  mapExpression,
  mapFrom,
  mapQuery,
  type Query,
} from '../../sql/index.ts';
import {
  type Environment,
  lateral,
  relationsOf,
  type Scope,
  scopeOf,
  typeIn,
  withCtes,
} from '../normalise/scope.ts';
import { type SqlType, unknown } from './family.ts';

/** Looks up the type of an expression node of one query; the tree itself stays bare. */
export type TypeOf = (expression: Expression) => SqlType;

/** Finds the type of every expression in a query whose names are qualified. */
export function annotate(query: Query, environment: Environment): TypeOf {
  const types = new Map<Expression, SqlType>();
  annotateQuery(query, environment, types);
  return (expression) => types.get(expression) ?? unknown;
}

type Types = Map<Expression, SqlType>;

function annotateQuery(query: Query, environment: Environment, types: Types): void {
  let inner = environment;
  for (const cte of query.ctes) {
    const visible = cte.query.kind === 'recursive' ? withCtes({ ...query, ctes: [cte] }, inner) : inner;
    annotateQuery(cte.query, visible, types);
    inner = withCtes({ ...query, ctes: [cte] }, inner);
  }
  const scope: Scope = query.kind === 'select' ? scopeOf(query, inner) : { relations: [] };
  if (query.kind === 'select') annotateFrom(query.from, inner, types);
  mapQuery(
    { ...query, ctes: [] },
    {
      expression: (expression) => annotateExpression(expression, scope, inner, types),
      query: (child) => {
        annotateQuery(child, inner, types);
        return child;
      },
      from: (item) => item,
    },
  );
}

function annotateExpression(
  expression: Expression,
  scope: Scope,
  environment: Environment,
  types: Types,
): Expression {
  types.set(expression, typeIn(expression, scope, environment));
  mapExpression(
    expression,
    (child) => annotateExpression(child, scope, environment, types),
    (query) => {
      annotateQuery(query, { ...environment, outer: scope }, types);
      return query;
    },
  );
  return expression;
}

function annotateFrom(item: FromItem, environment: Environment, types: Types): void {
  const outer = environment.outer ?? { relations: [] };
  if (item.kind === 'join') {
    const beside = lateral(environment, relationsOf(item.left, environment));
    annotateFrom(item.left, environment, types);
    annotateFrom(item.right, beside, types);
    // A semi join's condition sees its right side, which the select around it does not.
    const both = lateral(environment, [
      ...relationsOf(item.left, environment),
      ...relationsOf(item.right, beside),
    ]);
    if (item.condition && both.outer) annotateExpression(item.condition, both.outer, environment, types);
    return;
  }
  mapFrom(item, {
    expression: (expression) => annotateExpression(expression, outer, environment, types),
    query: (query) => {
      annotateQuery(query, environment, types);
      return query;
    },
    from: (child) => {
      annotateFrom(child, environment, types);
      return child;
    },
  });
}
