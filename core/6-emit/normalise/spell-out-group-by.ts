import { type Expression, type Select, someExpression } from '../../sql/index.ts';
import { isAggregate } from '../types/aggregates.ts';
import { selectPass } from './pass.ts';

/** Ordinals in GROUP BY, and GROUP BY ALL, become the expressions they stand for. */
export const spellOutGroupBy = selectPass('spell-out-group-by', (select) => ({
  ...select,
  groupBy: groupKeys(select),
}));

function groupKeys(select: Select): Select['groupBy'] {
  const { groupBy } = select;
  if (groupBy.kind === 'none') return groupBy;
  if (groupBy.kind === 'keys') {
    return { ...groupBy, keys: groupBy.keys.map((key) => ordinalItem(key, select.items) ?? key) };
  }
  // DuckDB leaves constants out: with nothing but constants there is no group, and one row of nothing.
  const keys = select.items
    .filter((item) => !someExpression(item, isAggregate) && someExpression(item, varies))
    .map(withoutAlias);
  return keys.length === 0 ? { kind: 'none' } : { kind: 'keys', keys, sets: [keys.map((_, index) => index)] };
}

/** The select item that an integer literal or `#n` points at. */
function ordinalItem(key: Expression, items: readonly Expression[]): Expression | undefined {
  const index =
    key.kind === 'positional'
      ? key.index
      : key.kind === 'literal' && typeof key.value === 'number'
        ? key.value
        : 0;
  const item = items[index - 1];
  return item && withoutAlias(item);
}

function withoutAlias({ alias: _, ...expression }: Expression): Expression {
  return expression as Expression;
}

function varies({ kind, ...rest }: Expression): boolean {
  const volatile = 'name' in rest && /^(random|uuid|gen_random_uuid|nextval)$/.test(String(rest.name));
  return kind === 'column' || kind === 'subquery' || kind === 'star' || (kind === 'call' && volatile);
}
