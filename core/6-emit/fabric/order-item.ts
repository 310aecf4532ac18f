import type { OrderItem } from '../../sql/index.ts';
import type { PrintExpression } from '../print/dialect.ts';
import { strength } from '../print/precedence.ts';

/** NULL is T-SQL's smallest value: only NULLS LAST ascending and NULLS FIRST descending need a key of their own. */
export function printOrderItem({ expression, direction, nulls }: OrderItem, print: PrintExpression): string {
  const text = print(expression, strength.other);
  const descending = direction === 'desc';
  const first = nulls === 'first';
  const key = `${text}${descending ? ' desc' : ''}`;
  if (first === !descending || expression.kind === 'literal') return key;
  return `case when ${text} is null then ${first ? 0 : 1} else ${first ? 1 : 0} end, ${key}`;
}
