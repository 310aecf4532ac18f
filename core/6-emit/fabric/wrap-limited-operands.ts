import type { Expression, Query } from '../../sql/index.ts';
import { queryPass } from '../normalise/pass.ts';
import { outputOf } from '../normalise/scope.ts';

/** T-SQL has no ORDER BY in an operand of UNION and its like, not even in parentheses: TOP goes into a derived table. */
export const wrapLimitedOperands = queryPass('wrap-limited-operands', (query, { environment }) => {
  if (query.kind !== 'set-operation') return query;
  const wrap = (operand: Query, alias: string): Query =>
    operand.limit === undefined
      ? operand
      : {
          kind: 'select',
          ctes: [],
          items: outputOf(operand, environment).map(
            ({ name }): Expression => ({ kind: 'column', path: [alias, name], alias: name }),
          ),
          from: { kind: 'subquery', alias, columns: [], query: operand },
          groupBy: { kind: 'none' },
          orderBy: [],
        };
  return { ...query, left: wrap(query.left, '_left'), right: wrap(query.right, '_right') };
});
