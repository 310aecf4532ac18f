import { nearest } from '../../../diagnostics/index.ts';
import type { FilterExpression } from '../ast.ts';
import { raise } from '../error.ts';
import { evaluateArguments } from '../evaluate.ts';
import type { Evaluator } from '../evaluator.ts';
import type { Scope } from '../scope.ts';
import { bindArguments } from '../values/native.ts';
import { type CallArguments, Undefined, type Value } from '../values/value.ts';
import { collectionFilters } from './collections.ts';
import { conversionFilters } from './conversions.ts';
import type { Filter } from './filter.ts';
import { numberFilters } from './numbers.ts';
import { selectionFilters } from './selection.ts';
import { stringFilters } from './strings.ts';

const filters: ReadonlyMap<string, Filter> = new Map(
  Object.entries({
    ...stringFilters,
    ...numberFilters,
    ...collectionFilters,
    ...selectionFilters,
    ...conversionFilters,
  }),
);

export const filterNames: readonly string[] = [...filters.keys()];

/** Applies a filter as written in a template. */
export function applyFilter(evaluator: Evaluator, node: FilterExpression, input: Value, scope: Scope): Value {
  const args = evaluateArguments(evaluator, node.args, scope);
  evaluator.at = { start: node.nameStart, end: node.end };
  return applyFilterByName(evaluator, node.name, input, args);
}

/** Applies a filter by name; also what `map('upper')` does to each item. */
export function applyFilterByName(
  evaluator: Evaluator,
  name: string,
  input: Value,
  args: CallArguments,
): Value {
  const filter = filters.get(name);
  if (!filter) {
    const close = nearest(name, filters.keys());
    return raise('CH206', { name, ...(close !== undefined && { nearest: close }) });
  }
  if (input instanceof Undefined && !filter.takesUndefined) return input.fail();
  return filter.body(input, bindArguments(name, filter.parameters, args), evaluator);
}
