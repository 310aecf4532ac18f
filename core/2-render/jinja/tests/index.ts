import { nearest } from '../../../diagnostics/index.ts';
import type { CompareOperator, Expression } from '../ast.ts';
import { raise } from '../error.ts';
import { compare, evaluateArguments } from '../evaluate.ts';
import type { Evaluator } from '../evaluator.ts';
import { filterNames } from '../filters/index.ts';
import type { Scope } from '../scope.ts';
import { numberOf, textOf } from '../values/compare.ts';
import { bindArguments, type Parameters } from '../values/native.ts';
import { typeName } from '../values/show.ts';
import { type CallArguments, Dict, Float, PyObject, PySet, Undefined, type Value } from '../values/value.ts';

/** A test of the language: `value is name(argument)`. */
interface Test {
  readonly parameters: Parameters;
  readonly body: (value: Value, argument: Value) => boolean;
  /** Defined for missing values too; every other test reports them. */
  readonly takesUndefined?: boolean;
}

const plain = (body: (value: Value) => boolean): Test => ({ parameters: [], body, takesUndefined: true });
const comparing = (operator: CompareOperator): Test => ({
  parameters: ['other'],
  body: (value, other) => compare(operator, value, other),
});

const isInteger = (value: Value) => typeof value === 'number' || typeof value === 'bigint';
const isSequence = (value: Value) =>
  textOf(value) !== undefined || Array.isArray(value) || value instanceof Dict || value instanceof PySet;

const all: Readonly<Record<string, Test>> = {
  defined: plain((value) => !(value instanceof Undefined)),
  undefined: plain((value) => value instanceof Undefined),
  none: plain((value) => value === null),
  boolean: plain((value) => typeof value === 'boolean'),
  true: plain((value) => value === true),
  false: plain((value) => value === false),
  integer: plain(isInteger),
  float: plain((value) => value instanceof Float),
  number: plain((value) => numberOf(value) !== undefined),
  string: plain((value) => textOf(value) !== undefined),
  mapping: plain((value) => value instanceof Dict),
  sequence: plain(isSequence),
  iterable: plain(
    (value) => isSequence(value) || (value instanceof PyObject && value.iterate() !== undefined),
  ),
  callable: plain((value) => value instanceof PyObject && value.call !== undefined),
  escaped: plain(() => false),
  filter: plain((value) => filterNames.includes(textOf(value) ?? '')),
  test: plain((value) => tests.has(textOf(value) ?? '')),
  odd: { parameters: [], body: (value) => Math.abs(whole(value) % 2) === 1 },
  even: { parameters: [], body: (value) => whole(value) % 2 === 0 },
  divisibleby: {
    parameters: ['num'],
    body: (value, divisor) => {
      if (whole(divisor) === 0) return raise('CH204', { problem: 'division by zero' });
      return whole(value) % whole(divisor) === 0;
    },
  },
  lower: { parameters: [], body: (value) => cased(value) === cased(value).toLowerCase() && hasCase(value) },
  upper: { parameters: [], body: (value) => cased(value) === cased(value).toUpperCase() && hasCase(value) },
  sameas: {
    parameters: ['other'],
    body: (value, other) => (textOf(value) === undefined ? value === other : textOf(value) === textOf(other)),
    takesUndefined: true,
  },
  in: comparing('in'),
  eq: comparing('=='),
  equalto: comparing('=='),
  '==': comparing('=='),
  ne: comparing('!='),
  '!=': comparing('!='),
  lt: comparing('<'),
  lessthan: comparing('<'),
  '<': comparing('<'),
  le: comparing('<='),
  '<=': comparing('<='),
  gt: comparing('>'),
  greaterthan: comparing('>'),
  '>': comparing('>'),
  ge: comparing('>='),
  '>=': comparing('>='),
};

const tests: ReadonlyMap<string, Test> = new Map(Object.entries(all));

export const testNames: readonly string[] = [...tests.keys()];

/** Applies a test as written in a template. */
export function applyTest(
  evaluator: Evaluator,
  node: Extract<Expression, { kind: 'test' }>,
  value: Value,
  scope: Scope,
): boolean {
  const args = evaluateArguments(evaluator, node.args, scope);
  evaluator.at = { start: node.nameStart, end: node.nameStart + node.name.length };
  return applyTestByName(node.name, value, args) !== node.negated;
}

/** Applies a test by name; also what `select('odd')` asks of each item. */
export function applyTestByName(name: string, value: Value, args: CallArguments): boolean {
  const test = tests.get(name);
  if (!test) {
    const close = nearest(name, tests.keys());
    return raise('CH207', { name, ...(close !== undefined && { nearest: close }) });
  }
  if (value instanceof Undefined && value.owner === undefined && !test.takesUndefined) return value.fail();
  const [argument] = bindArguments(name, test.parameters, args);
  return test.body(value, argument ?? null);
}

function whole(value: Value): number {
  const number = numberOf(value);
  return number ?? raise('CH204', { problem: `a number is needed, not ${typeName(value)}` });
}

function cased(value: Value): string {
  return textOf(value) ?? raise('CH204', { problem: `a string is needed, not ${typeName(value)}` });
}

function hasCase(value: Value): boolean {
  return cased(value).toLowerCase() !== cased(value).toUpperCase();
}
