import {
  type Comparison,
  type Expression,
  mapExpression,
  rewriteExpression,
  someExpression,
} from '../../sql/index.ts';
import { selectPass } from '../normalise/pass.ts';
import { isAggregate } from '../types/aggregates.ts';
import { integer } from '../types/whole-number.ts';

/**
 * T-SQL aggregates no expression with a query in it, nor groups by one (errors 130 and 144 of Microsoft's list of database
 * engine errors). IS DISTINCT FROM, which is a query over INTERSECT elsewhere, is spelt as a CASE there; queries are refused.
 */
export const noQueriesInAggregates = selectPass('no-queries-in-aggregates', (select, { refusals }) => {
  const { items, having, orderBy, groupBy } = select;
  const outputs = [...items, ...(having ? [having] : []), ...orderBy.map(({ expression }) => expression)];
  const keys = groupBy.kind === 'keys' ? groupBy.keys : [];
  if (groupBy.kind === 'none' && !outputs.some((output) => someExpression(output, isAggregate)))
    return select;
  const refuse = (guilty: Expression, what: string) =>
    refusals.add({
      ...(guilty.at === undefined ? {} : { at: guilty.at }),
      what,
      why: 'T-SQL takes no query there',
      rewrite: 'compute the expression in a CTE, and aggregate its column',
    });
  const look = (expression: Expression): Expression => {
    if (!isAggregate(expression)) return mapExpression(expression, look, (query) => query);
    if (someExpression(expression, isQuery)) refuse(expression, 'an aggregate of an expression with a query');
    return expression;
  };
  for (const output of outputs) look(output);
  for (const key of keys)
    if (someExpression(key, isQuery)) refuse(key, 'GROUP BY an expression with a query');
  const spell = (expression: Expression) => rewriteExpression(expression, { expression: withoutIntersect });
  return {
    ...select,
    items: items.map(spell),
    ...(having ? { having: spell(having) } : {}),
    orderBy: orderBy.map((item) => ({ ...item, expression: spell(item.expression) })),
    groupBy: groupBy.kind === 'keys' ? { ...groupBy, keys: groupBy.keys.map(spell) } : groupBy,
  };
});

/** `case when a = b or (a is null and b is null) then 1 else 0 end = 1` instead of `a is not distinct from b`. */
function withoutIntersect(expression: Expression): Expression {
  if (expression.kind !== 'comparison' || !expression.operator.startsWith('is ')) return expression;
  const { left, right } = expression;
  const unknown = (operand: Expression): Expression => ({ kind: 'null-test', operand, negated: false });
  const same: Expression = {
    kind: 'logical',
    operator: 'or',
    args: [
      { kind: 'comparison', operator: '=', left, right },
      { kind: 'logical', operator: 'and', args: [unknown(left), unknown(right)] },
    ],
  };
  const answer: Comparison = {
    ...expression,
    operator: '=',
    left: { kind: 'case', branches: [{ when: same, result: integer(1) }], otherwise: integer(0) },
    right: integer(expression.operator === 'is distinct from' ? 0 : 1),
  };
  return answer;
}

function isQuery({ kind }: Expression): boolean {
  return kind === 'subquery';
}
