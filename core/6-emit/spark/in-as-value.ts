import { type Expression, type FromItem, type Select, someExpression } from '../../sql/index.ts';
import { queryPass } from '../normalise/pass.ts';
import type { Refusals } from '../refusal.ts';

/**
 * Spark answers `x in (select ...)` rightly as a condition of WHERE or HAVING, `not in` too. Anywhere else it says false
 * where the answer is NULL (an unknown `x`, or a NULL among the values): as a value, or within NOT, it is refused.
 */
export const refuseInAsValue = queryPass('refuse-in-as-value', (query, { refusals }) => {
  if (query.kind !== 'select') return query;
  for (const condition of [query.where, query.having]) if (condition) look(condition, true, refusals);
  for (const value of values(query)) refuseWithin(value, refusals);
  return query;
});

/** True or not is all that counts here; `conjunct`: every row needs it. */
function look(condition: Expression, conjunct: boolean, refusals: Refusals): void {
  if (condition.kind === 'logical') {
    for (const arg of condition.args) look(arg, conjunct && condition.operator === 'and', refusals);
    return;
  }
  if (isIn(condition)) return;
  if (conjunct && condition.kind === 'not' && isIn(condition.operand)) return;
  refuseWithin(condition, refusals);
}

function values({ items, from, groupBy, qualify, orderBy, distinct }: Select): readonly Expression[] {
  return [
    ...items,
    ...(groupBy.kind === 'keys' ? groupBy.keys : []),
    ...(qualify ? [qualify] : []),
    ...orderBy.map(({ expression }) => expression),
    ...(distinct?.on ?? []),
    ...conditions(from),
  ];
}

function conditions(item: FromItem): readonly Expression[] {
  if (item.kind !== 'join') return [];
  return [...conditions(item.left), ...conditions(item.right), ...(item.condition ? [item.condition] : [])];
}

function refuseWithin(expression: Expression, refusals: Refusals): void {
  if (!someExpression(expression, isIn)) return;
  refusals.add({
    ...(expression.at === undefined ? {} : { at: expression.at }),
    what: 'IN with a query, other than as a condition of WHERE',
    why: 'Spark answers false where the answer is NULL',
    rewrite: 'use EXISTS, or a left join and a test for NULL',
  });
}

function isIn(expression: Expression): boolean {
  return expression.kind === 'subquery' && expression.role === 'any';
}
