import type { OrderItem } from '../../sql/index.ts';
import { queryPass } from './pass.ts';
import { outputOf } from './scope.ts';

/** Ordinals in ORDER BY, and ORDER BY ALL, become output names. */
export const spellOutOrderBy = queryPass('spell-out-order-by', (query, { environment }) => {
  if (query.orderBy.length === 0) return query;
  const names = outputOf(query, environment).map(({ name }) => name);
  return { ...query, orderBy: query.orderBy.flatMap((item) => keysOf(item, names)) };
});

function keysOf(item: OrderItem, names: readonly string[]): OrderItem[] {
  const { expression } = item;
  const byName = (name: string): OrderItem => ({ ...item, expression: { kind: 'column', path: [name] } });
  if (expression.kind === 'star') return names.map(byName);
  const index =
    expression.kind === 'positional'
      ? expression.index
      : expression.kind === 'literal' && typeof expression.value === 'number'
        ? expression.value
        : 0;
  const name = names[index - 1];
  return name === undefined ? [item] : [byName(name)];
}
