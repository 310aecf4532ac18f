import { raise } from '../error.ts';
import type { Evaluator } from '../evaluator.ts';
import { numberOf, textOf } from '../values/compare.ts';
import type { Parameters } from '../values/native.ts';
import { typeName } from '../values/show.ts';
import type { Value } from '../values/value.ts';

/** A filter of the language: `input | name(arguments)`. */
export interface Filter {
  readonly parameters: Parameters;
  readonly body: (input: Value, args: readonly (Value | undefined)[], evaluator: Evaluator) => Value;
  /** `default` takes what is not defined; every other filter reports it. */
  readonly takesUndefined?: boolean;
}

export type Filters = Readonly<Record<string, Filter>>;

/** An integer argument, or its default. */
export function integer(value: Value | undefined, fallback: number): number {
  if (value === undefined || value === null) return fallback;
  const number = numberOf(value);
  return number === undefined
    ? raise('CH204', { problem: `an integer is needed, not ${typeName(value)}` })
    : Math.trunc(number);
}

/** The text of a string, or of anything else as printed by `show`. */
export function text(value: Value | undefined, fallback = ''): string {
  if (value === undefined) return fallback;
  return textOf(value) ?? raise('CH204', { problem: `a string is needed, not ${typeName(value)}` });
}
