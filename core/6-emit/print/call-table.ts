import type { Call, Expression } from '../../sql/index.ts';
import { type Family, familyOf, unknown } from '../types/family.ts';
import type { PrintExpression, Tools } from './dialect.ts';
import { printedFilter } from './filter.ts';

/** What a call's printer works with. */
export interface CallParts {
  readonly call: Call;
  readonly args: readonly Expression[];
  /** Printed arguments. */
  readonly text: readonly string[];
  readonly family: (index: number) => Family;
  readonly print: PrintExpression;
  readonly tools: Tools;
  /** The constant value of an argument, if it is one. */
  readonly constant: (index: number) => string | number | boolean | null | undefined;
  readonly refuse: (why: string, rewrite: string) => string;
}

/** Prints a call in a dialect's own way; undefined leaves it to the common form. */
export type CallPrinter = (parts: CallParts) => string | undefined;

/** Printers by DuckDB function name. A function that is not listed is refused. */
export type CallTable = ReadonlyMap<string, CallPrinter>;

/** Builds a table from rows of names that share a printer. */
export function callTable(rows: readonly (readonly [string, CallPrinter])[]): CallTable {
  return new Map(
    rows.flatMap(([names, printer]) => names.split(' ').map((name) => [name, printer] as const)),
  );
}

/** The same function under another name. */
export const renamed =
  (name: string): CallPrinter =>
  ({ text, call, print }) =>
    `${name}(${call.distinct ? 'distinct ' : ''}${text.join(', ')})${printedFilter(call, print)}`;

/** A template with `$1`, `$2`, ... for printed arguments. */
export const template =
  (pattern: string): CallPrinter =>
  ({ text }) =>
    pattern.replace(/\$(\d)/g, (_, index) => text[Number(index) - 1] ?? '');

export const refused =
  (why: string, rewrite: string): CallPrinter =>
  ({ refuse }) =>
    refuse(why, rewrite);

/** Looks a call up and prints it; an unknown function is refused by name. */
export function printFromTable(
  table: CallTable,
  call: Call,
  print: PrintExpression,
  tools: Tools,
): string | undefined {
  const parts: CallParts = {
    call,
    args: call.args,
    // Printed on demand: an interval is no value of its own, only part of a sum.
    get text() {
      return call.args.map((arg) => print(arg));
    },
    family: (index) => familyOf(call.args[index] ? tools.typeOf(call.args[index]) : unknown),
    print,
    tools,
    constant: (index) => {
      const arg = call.args[index];
      return arg?.kind === 'literal' ? arg.value : undefined;
    },
    refuse: (why, rewrite) => tools.refuse(call, { what: `${call.name}()`, why, rewrite }),
  };
  const printer = table.get(call.name);
  if (printer !== undefined) return printer(parts);
  return parts.refuse(
    'no equal function is known',
    'compute it in a DuckDB model upstream, or write it with other functions',
  );
}
