import type { Expression, Select } from '../../sql/index.ts';
import { integer } from '../types/whole-number.ts';
import { filterOutside } from './filter-outside.ts';
import { selectPass } from './pass.ts';

/** QUALIFY becomes a WHERE around a derived table that carries the condition as 1, 0 or NULL. */
export const liftQualify = selectPass('lift-qualify', (select) => {
  const { qualify, ...plain } = select;
  if (qualify === undefined) return select;
  const flag: Expression = {
    kind: 'case',
    branches: [{ when: qualify, result: one }],
    otherwise: integer(0),
  };
  return filterOutside(plain as Select, flag, '_qualifies');
});

/** DISTINCT ON keeps the first row of each key in the query's order, as ROW_NUMBER() = 1 does. */
export const liftDistinctOn = selectPass('lift-distinct-on', (select) => {
  const { distinct, ...plain } = select;
  if (distinct === undefined || distinct.on.length === 0) return select;
  const rank: Expression = {
    kind: 'window',
    name: 'row_number',
    args: [],
    distinct: false,
    ignoreNulls: false,
    argOrderBy: [],
    partitionBy: distinct.on,
    orderBy: select.orderBy.map((item) => ({
      ...item,
      expression: outputExpression(item.expression, select),
    })),
    frame: {
      unit: 'range',
      start: { kind: 'unbounded-preceding' },
      end: { kind: 'current-row' },
      exclude: 'no others',
    },
  };
  return filterOutside(plain as Select, rank, '_rank');
});

const one: Expression = integer(1);

/** A window cannot name an output column: it gets the expression behind the name. */
function outputExpression(key: Expression, select: Select): Expression {
  if (key.kind !== 'column' || key.path.length !== 1) return key;
  const item = select.items.find(({ alias }) => alias?.toLowerCase() === key.path[0]?.toLowerCase());
  if (item === undefined) return key;
  const { alias: _, ...expression } = item;
  return expression as Expression;
}
