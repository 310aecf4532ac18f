import { type Expression, type Select, someExpression } from '../../sql/index.ts';
import { selectPass } from '../normalise/pass.ts';
import { integer } from '../types/whole-number.ts';
import { call } from './derived-rows.ts';

/**
 * T-SQL groups by expressions with a column only. Constants make no group of their own and are left out; where nothing
 * else is left, all rows are one group, and no rows are none.
 */
export const dropConstantKeys = selectPass('drop-constant-keys', (select): Select => {
  const { groupBy } = select;
  if (groupBy.kind !== 'keys' || groupBy.sets.length > 1) return select;
  const keys = groupBy.keys.filter((key) => someExpression(key, varies));
  if (keys.length === groupBy.keys.length) return select;
  if (keys.length > 0)
    return { ...select, groupBy: { kind: 'keys', keys, sets: [keys.map((_, index) => index)] } };
  const none: Expression = integer(0);
  const some: Expression = { kind: 'comparison', operator: '>', left: call('count_star', []), right: none };
  const having: Expression =
    select.having === undefined ? some : { kind: 'logical', operator: 'and', args: [some, select.having] };
  return { ...select, groupBy: { kind: 'none' }, having };
});

function varies({ kind }: Expression): boolean {
  return kind === 'column' || kind === 'subquery';
}
