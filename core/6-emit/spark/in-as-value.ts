import { type Expression, type FromItem, mapExpression, type Select } from '../../sql/index.ts';
import { queryPass } from '../normalise/pass.ts';
import type { Refusals } from '../refusal.ts';

/**
 * Spark answers `x in (select ...)` rightly where only true counts: conditions of WHERE, HAVING, joins, FILTER and CASE.
 * As a value it says false where the answer is NULL (an unknown `x`, or a NULL among the values), which was seen on
 * Spark 3.5; so as a value, or within NOT, it is refused. `not in` is right as a condition that every row needs.
 */
export const refuseInAsValue = queryPass('refuse-in-as-value', (query, { refusals }) => {
  if (query.kind !== 'select') return query;
  for (const condition of [query.where, query.having]) if (condition) asCondition(condition, true, refusals);
  for (const condition of joinConditions(query.from)) asCondition(condition, false, refusals);
  for (const value of values(query)) asValue(value, refusals);
  return query;
});

/** True or not is all that counts here; `conjunct`: every row needs it. */
function asCondition(condition: Expression, conjunct: boolean, refusals: Refusals): void {
  if (condition.kind === 'logical') {
    for (const arg of condition.args) asCondition(arg, conjunct && condition.operator === 'and', refusals);
    return;
  }
  if (isIn(condition)) {
    if (condition.operand !== undefined) asValue(condition.operand, refusals);
    return;
  }
  if (conjunct && condition.kind === 'not' && isIn(condition.operand)) {
    asCondition(condition.operand, false, refusals);
    return;
  }
  asValue(condition, refusals);
}

function asValue(expression: Expression, refusals: Refusals): void {
  if (isIn(expression)) {
    refusals.add({
      ...(expression.at === undefined ? {} : { at: expression.at }),
      what: 'IN with a query, other than as a condition',
      why: 'Spark answers false where the answer is NULL',
      rewrite: 'use EXISTS, or a left join and a test for NULL',
    });
    return;
  }
  if (expression.kind === 'case') {
    for (const { when, result } of expression.branches) {
      asCondition(when, false, refusals);
      asValue(result, refusals);
    }
    asValue(expression.otherwise, refusals);
    return;
  }
  const filter = expression.kind === 'call' || expression.kind === 'window' ? expression.filter : undefined;
  // Queries within are passed by themselves.
  mapExpression(
    expression,
    (child) => {
      if (child === filter) asCondition(child, false, refusals);
      else asValue(child, refusals);
      return child;
    },
    (within) => within,
  );
}

function values({ items, groupBy, qualify, orderBy, distinct }: Select): readonly Expression[] {
  return [
    ...items,
    ...(groupBy.kind === 'keys' ? groupBy.keys : []),
    ...(qualify ? [qualify] : []),
    ...orderBy.map(({ expression }) => expression),
    ...(distinct?.on ?? []),
  ];
}

function joinConditions(item: FromItem): readonly Expression[] {
  if (item.kind !== 'join') return [];
  return [
    ...joinConditions(item.left),
    ...joinConditions(item.right),
    ...(item.condition ? [item.condition] : []),
  ];
}

function isIn(expression: Expression): expression is Extract<Expression, { kind: 'subquery' }> {
  return expression.kind === 'subquery' && expression.role === 'any';
}
