import type { Call, Cast, Expression, TypeNode } from '../../sql/index.ts';
import type { Dialect, PrintExpression } from '../print/dialect.ts';
import { hold } from '../print/text.ts';

/**
 * DuckDB, the dialect models are written in. What the parser rewrote is written back as people write it:
 *
 * - `interval 3 day`: parsed to `to_days(cast(trunc(cast(3 as double)) as integer))`
 * - `date '…'`, `timestamp '…'`: parsed to a cast of text
 * - `position(a in b)`: parsed to a call whose name is a keyword; `strpos` is the same function
 */
export const duckdb: Dialect = {
  name: 'duckdb',
  identifier,
  string: (value) => `'${hold(value).replaceAll("'", "''")}'`,
  type: printType,
  explicitNullOrder: false,
  expression: (expression, print) => {
    if (expression.kind === 'cast') return printCast(expression);
    if (expression.kind === 'call') return printCall(expression, print);
    return undefined;
  },
};

/** Always quoted unless lower case and plain: keywords differ between versions, quotes never hurt. */
function identifier(name: string): string {
  return /^[a-z_][a-z0-9_]*$/.test(name) && !reserved.has(name)
    ? name
    : `"${hold(name).replaceAll('"', '""')}"`;
}

const reserved = new Set(
  `all analyse analyze and any array as asc asymmetric at authorization between binary both by case cast check collate collation
  column columns concurrently constraint create cross current_date current_time current_timestamp default deferrable desc describe
  distinct do else end except exists extract false fetch filter first following for foreign freeze from full generated glob grant
  group grouping having ilike in initially inner intersect interval into is isnull join lambda last lateral leading left like limit
  localtime localtimestamp map natural not notnull null nulls offset on only or order outer over overlaps partition pivot
  pivot_longer pivot_wider placing position positional preceding primary qualify range references returning right row rows sample
  select semi session_user set show similar some struct substring summarize symmetric table tablesample then time timestamp to
  trailing trim true try_cast unbounded union unique unpack unpivot user using values variadic verbose when where window with
  within`.split(/\s+/),
);

function printType(type: TypeNode): string {
  switch (type.kind) {
    case 'plain':
      return type.name.toLowerCase();
    case 'decimal':
      return `decimal(${type.width}, ${type.scale})`;
    case 'list':
      return `${printType(type.element)}[]`;
    case 'array':
      return `${printType(type.element)}[${type.size}]`;
    case 'struct':
      return `struct(${printFields(type.fields)})`;
    case 'union':
      return `union(${printFields(type.members)})`;
    case 'map':
      return `map(${printType(type.key)}, ${printType(type.value)})`;
    case 'enum':
      return `enum (${type.values.map(duckdb.string).join(', ')})`;
    case 'user': {
      const name =
        type.schema === '' ? identifier(type.name) : `${identifier(type.schema)}.${identifier(type.name)}`;
      return type.modifiers.length > 0 ? `${name}(${type.modifiers.join(', ')})` : name;
    }
  }
}

function printFields(fields: readonly { readonly name: string; readonly type: TypeNode }[]): string {
  return fields.map(({ name, type }) => `${identifier(name)} ${printType(type)}`).join(', ');
}

/** Casts of text that only spell a constant. */
function printCast({ operand, type, lenient }: Cast): string | undefined {
  if (lenient || type.kind !== 'plain' || operand.kind !== 'literal') return undefined;
  if (operand.type.kind !== 'plain' || operand.type.name !== 'VARCHAR') return undefined;
  if (type.name === 'DATE' || type.name === 'TIMESTAMP') {
    return `${type.name.toLowerCase()} ${duckdb.string(String(operand.value))}`;
  }
  return undefined;
}

const intervalUnits: Readonly<Record<string, string>> = {
  to_years: 'year',
  to_quarters: 'quarter',
  to_months: 'month',
  to_weeks: 'week',
  to_days: 'day',
  to_hours: 'hour',
  to_minutes: 'minute',
  to_seconds: 'second',
  to_milliseconds: 'millisecond',
  to_microseconds: 'microsecond',
};

function printCall(call: Call, print: PrintExpression): string | undefined {
  if (call.name === 'position') return `strpos(${call.args.map((arg) => print(arg)).join(', ')})`;
  const unit = intervalUnits[call.name];
  const amount = unit === undefined ? undefined : intervalAmount(call.args[0]);
  if (amount === undefined) return undefined;
  return amount.kind === 'literal'
    ? `interval ${print(amount)} ${unit}`
    : `interval (${print(amount)}) ${unit}`;
}

/** The amount the user wrote inside `cast(trunc(cast(amount as double)) as integer)`. */
function intervalAmount(argument: Expression | undefined): Expression | undefined {
  const outer = argument?.kind === 'cast' ? argument.operand : argument;
  if (outer?.kind !== 'call' || outer.name !== 'trunc') return undefined;
  const inner = outer.args[0];
  if (inner?.kind !== 'cast' || inner.type.kind !== 'plain' || inner.type.name !== 'DOUBLE') return undefined;
  const isInteger = argument?.kind === 'cast';
  return isInteger ? inner.operand : undefined;
}
