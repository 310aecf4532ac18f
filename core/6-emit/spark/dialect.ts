import type { Call, Expression, Special } from '../../sql/index.ts';
import { type CallTable, printFromTable } from '../print/call-table.ts';
import type { Dialect, PrintExpression, Tools } from '../print/dialect.ts';
import { printOrder } from '../print/expression.ts';
import { strength } from '../print/precedence.ts';
import { hold } from '../print/text.ts';
import { isAggregate } from '../types/aggregates.ts';
import { intervalParts } from '../types/interval.ts';
import { aggregates } from './aggregates.ts';
import { dates, sparkInterval } from './dates.ts';
import { sparkFrom } from './from.ts';
import { numbers, sparkCast } from './numbers.ts';
import { sparkString } from './string.ts';
import { strings } from './strings.ts';
import { sparkType } from './types.ts';
import { sparkWindow } from './window.ts';

/**
 * Spark SQL 3.5 (Fabric Lakehouse runtime 1.3), ANSI mode off, session time zone UTC. Deviations from DuckDB, each
 * checked by running both engines on the cases of tests/peers/dialects:
 *
 * - names in backticks, text literals with backslash escapes                       ./string.ts
 * - NULLS LAST is written out: Spark puts NULLs first when ascending               ../print/expression.ts
 * - `a / b` is computed in doubles and is infinite or NaN over zero                ./numbers.ts
 * - casts from fractions to integers round                                         ./numbers.ts
 * - date + integer, date - date, date ± interval (a timestamp)                     ./numbers.ts
 * - date parts are BIGINT, weeks count Mondays, dow counts from Sunday = 0         ./dates.ts
 * - IS [NOT] DISTINCT FROM is `<=>`                                                below
 * - arg_max ignores NULL keys; string_agg of nothing is NULL                       ./aggregates.ts
 * - ranking windows need an order; no EXCLUDE, GROUPS, FILTER or DISTINCT          ./window.ts
 * - series and UNNEST explode arrays                                               ./from.ts
 * - `concat` skips NULLs                                                           ./strings.ts
 *
 * A function that is in none of the tables is refused.
 */
export function spark(tools: Tools): Dialect {
  const dialect: Dialect = {
    name: 'spark',
    identifier: (name) => `\`${hold(name).replaceAll('`', '``')}\``,
    string: sparkString,
    type: (type) => sparkType(type, tools),
    explicitNullOrder: true,
    lateral: 'lateral',
    expression: (expression, print) => printSpark(expression, print, tools, dialect),
    from: (item, print) => sparkFrom(item, print, tools),
  };
  return dialect;
}

const tables: readonly CallTable[] = [aggregates, dates, numbers, strings];
const calls: CallTable = new Map(tables.flatMap((table) => [...table]));

function printSpark(
  expression: Expression,
  print: PrintExpression,
  tools: Tools,
  dialect: Dialect,
): string | undefined {
  const interval = intervalParts(expression);
  if (interval !== undefined) {
    return sparkInterval(interval, (amount) => (typeof amount === 'number' ? String(amount) : print(amount)));
  }
  switch (expression.kind) {
    case 'literal':
      return printLiteral(expression, tools);
    case 'call':
      return printCall(expression, print, tools);
    case 'window':
      return sparkWindow(expression, print, tools, (items) => printOrder(items, dialect));
    case 'cast':
      return sparkCast(expression, tools.typeOf(expression.operand), dialect.type(expression.type), print);
    case 'comparison': {
      if (!expression.operator.startsWith('is ')) return undefined;
      const equal = `${print(expression.left, strength.primary)} <=> ${print(expression.right, strength.primary)}`;
      return expression.operator === 'is distinct from' ? `(not (${equal}))` : `(${equal})`;
    }
    case 'special':
      return printSpecial(expression, print, tools);
    case 'star':
      return expression.columns ? tools.refuse(expression, columnsWithin) : undefined;
    case 'collate':
    case 'lambda':
    case 'parameter':
    case 'positional':
      return tools.refuse(expression, {
        what: expression.kind,
        why: 'it has no equal in Spark',
        rewrite: 'write it out with plain columns and functions',
      });
    default:
      return undefined;
  }
}

function printLiteral(literal: Extract<Expression, { kind: 'literal' }>, tools: Tools): string | undefined {
  const { type, value } = literal;
  if (type.kind === 'plain' && type.name === 'DOUBLE') return `${value}D`;
  if (type.kind === 'decimal') return `${value}BD`;
  if (type.kind === 'plain' && type.name === 'BIGINT') return `${value}L`;
  if (type.kind === 'plain' && type.name === 'HUGEINT') return `${value}BD`;
  return type.kind === 'list' ? tools.refuse(literal, openSlice) : undefined;
}

const columnsWithin = {
  what: 'COLUMNS within an expression',
  why: 'only DuckDB spreads an expression over columns',
  rewrite: 'write the expression once for each column',
};

const openSlice = {
  what: 'an open slice',
  why: 'Spark slices by start and length',
  rewrite: 'use list elements',
};

function printCall(call: Call, print: PrintExpression, tools: Tools): string | undefined {
  if (call.name === 'count_star') return undefined;
  if (call.name === 'struct_pack') {
    const fields = call.args.map((arg) => `'${arg.alias ?? ''}', ${print(arg)}`);
    return `named_struct(${fields.join(', ')})`;
  }
  if (call.name === 'row') return `(${call.args.map((arg) => print(arg)).join(', ')})`;
  if (call.name === 'list_value') return `array(${call.args.map((arg) => print(arg)).join(', ')})`;
  if (isAggregate(call) && !aggregates.has(call.name)) return printFromTable(aggregates, call, print, tools);
  return printFromTable(calls, call, print, tools);
}

function printSpecial(special: Special, print: PrintExpression, tools: Tools): string | undefined {
  const text = special.args.map((arg) => print(arg));
  switch (special.name) {
    case 'coalesce':
    case 'grouping':
      return undefined;
    case 'subscript':
      return `element_at(${text.join(', ')})`;
    case 'array':
      return `array(${text.join(', ')})`;
    case 'field': {
      const name = special.args[1];
      return `${text[0]}.\`${name?.kind === 'literal' ? name.value : ''}\``;
    }
    default:
      return tools.refuse(special, {
        what: special.name,
        why: 'it has no equal in Spark',
        rewrite: 'use CASE',
      });
  }
}
