import type { Expression } from '../../sql/index.ts';
import type { PrintExpression } from './dialect.ts';

/** ` filter (where …)` of an aggregate, or nothing. */
export function printedFilter(call: { readonly filter?: Expression }, print: PrintExpression): string {
  return call.filter === undefined ? '' : ` filter (where ${print(call.filter)})`;
}
