import type { Evaluator } from '../evaluator.ts';
import type { Parameters } from '../values/native.ts';
import type { Value } from '../values/value.ts';

/** A Python method of a built-in type; `self` has that type. */
export interface Method {
  readonly parameters: Parameters;
  readonly body: (self: Value, args: readonly (Value | undefined)[], evaluator: Evaluator) => Value;
}

export type Methods = ReadonlyMap<string, Method>;
