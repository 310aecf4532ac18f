import type { Call, Expression, InList, Join } from '../../sql/index.ts';
import { type CallTable, printFromTable } from '../print/call-table.ts';
import type { Dialect, PrintExpression, Tools } from '../print/dialect.ts';
import { printOrder } from '../print/expression.ts';
import { hold, indent } from '../print/text.ts';
import { isAggregate } from '../types/aggregates.ts';
import { intervalParts } from '../types/interval.ts';
import { aggregates, filtered } from './aggregates.ts';
import { fabricCast } from './casts.ts';
import { dates } from './dates.ts';
import { fabricFrom } from './from.ts';
import { numbers } from './numbers.ts';
import { printOrderItem } from './order-item.ts';
import { fabricString } from './string.ts';
import { strings } from './strings.ts';
import { fabricType } from './types.ts';
import { fabricWindow } from './window.ts';

/**
 * T-SQL of a Fabric Warehouse. Deviations from DuckDB; sources are Microsoft's T-SQL reference and the list of
 * T-SQL surface limitations of Fabric Data Warehouse:
 *
 * - names in brackets, compared by case: they are spelt as their table spells them ../normalise/qualify-names.ts
 * - bit is a value, a predicate is not: CASE and `= 1` stand between them           ./booleans.ts
 * - NULLs sort first when ascending, last when descending: a CASE key corrects it   ./order-item.ts
 * - TOP, and OFFSET with FETCH, instead of LIMIT                                     below
 * - no SEMI, ANTI, ASOF or LATERAL join: EXISTS and APPLY                            ./joins.ts, below
 * - IS DISTINCT FROM through INTERSECT, which treats NULLs as equal                  below
 * - no query in an aggregate or a key: IS DISTINCT FROM through CASE there           ./queries-in-aggregates.ts
 * - sums of integers in bigint, averages in float, counts in bigint                  ./aggregates.ts
 * - quantiles and arg_max through windows in a derived table                         ./ordered-aggregates.ts
 * - IGNORE NULLS, NTH_VALUE and RANGE frames with an offset                          ./ignored-nulls.ts, ./range-frames.ts
 * - EXCEPT ALL and INTERSECT ALL of numbered copies                                  ./number-copies.ts
 * - casts round as DuckDB does, and make nothing of an empty text                    ./casts.ts
 * - division over zero is NULL: a T-SQL float holds no infinity. Known difference.   ./numbers.ts
 * - text compares equal when only trailing blanks differ. Known difference.
 * - only types that a warehouse can store                                            ./types.ts
 *
 * A function that is in none of the tables is refused.
 */
export function fabric(tools: Tools): Dialect {
  const dialect: Dialect = {
    name: 'fabric',
    identifier: (name) => `[${hold(name).replaceAll(']', ']]')}]`,
    string: fabricString,
    type: (type) => fabricType(type, tools),
    explicitNullOrder: false,
    expression: (expression, print) => printFabric(expression, print, tools, dialect),
    from: (item, print) => fabricFrom(item, print, tools),
    orderItem: (item, print) => printOrderItem(item, print),
    join: printApply,
    rowLimit: {
      head: ({ count, offset }, print) => (count && !offset ? ` top (${print(count)})` : ''),
      tail: ({ count, offset }, isOrdered, print) =>
        offset
          ? [
              ...(isOrdered ? [] : ['order by (select null)']),
              `offset ${print(offset)} rows`,
              ...(count ? [`fetch next ${print(count)} rows only`] : []),
            ]
          : [],
    },
  };
  return dialect;
}

const tables: readonly CallTable[] = [aggregates, dates, numbers, strings];
const calls: CallTable = new Map(tables.flatMap((table) => [...table]));

function printFabric(
  expression: Expression,
  print: PrintExpression,
  tools: Tools,
  dialect: Dialect,
): string | undefined {
  switch (expression.kind) {
    case 'literal':
      return printLiteral(expression);
    case 'call':
      return printCall(expression, print, tools);
    case 'window':
      return fabricWindow(expression, print, tools, (items) => printOrder(items, dialect));
    case 'cast': {
      if (intervalParts(expression) !== undefined) return refuseInterval(expression, tools);
      return fabricCast(expression, dialect.type(expression.type), print, tools);
    }
    case 'comparison': {
      if (!expression.operator.startsWith('is ')) return undefined;
      const same = `exists (select ${print(expression.left)} intersect select ${print(expression.right)})`;
      return expression.operator === 'is distinct from' ? `not ${same}` : same;
    }
    case 'in-list':
      return expression.operand.kind === 'call' && expression.operand.name === 'row'
        ? printTupleIn(expression, print)
        : undefined;
    case 'special':
      if (expression.name === 'coalesce' || expression.name === 'grouping') return undefined;
      return refuseKind(expression, expression.name, tools);
    case 'star':
      return expression.columns ? refuseKind(expression, 'COLUMNS within an expression', tools) : undefined;
    case 'collate':
    case 'lambda':
    case 'parameter':
    case 'positional':
      return refuseKind(expression, expression.kind, tools);
    default:
      return undefined;
  }
}

function refuseKind(expression: Expression, what: string, tools: Tools): string {
  return tools.refuse(expression, {
    what,
    why: 'it has no equal in T-SQL',
    rewrite: 'write it with plain columns and functions',
  });
}

function refuseInterval(expression: Expression, tools: Tools): string {
  return tools.refuse(expression, {
    what: 'an interval as a value',
    why: 'T-SQL has no interval type',
    rewrite: 'add it to a date or timestamp directly',
  });
}

function printLiteral(literal: Extract<Expression, { kind: 'literal' }>): string | undefined {
  if (typeof literal.value === 'boolean') return `cast(${literal.value ? 1 : 0} as bit)`;
  return undefined;
}

function printCall(call: Call, print: PrintExpression, tools: Tools): string | undefined {
  if (call.name === 'count_star') return `count_big(${call.filter ? filtered(call, '1', print) : '*'})`;
  if (intervalParts(call) !== undefined) return refuseInterval(call, tools);
  if (isAggregate(call) && !aggregates.has(call.name)) return printFromTable(aggregates, call, print, tools);
  return printFromTable(calls, call, print, tools);
}

/** `(a, b) in ((1, 2), (3, 4))`: equality of all parts, for any of the tuples. */
function printTupleIn(expression: InList, print: PrintExpression): string {
  const parts = expression.operand.kind === 'call' ? expression.operand.args : [];
  const tuples = expression.items.map((item) => (item.kind === 'call' ? item.args : [item]));
  const tests = tuples.map((tuple) => {
    const equal = tuple.map((value, index) => `${parts[index] ? print(parts[index]) : ''} = ${print(value)}`);
    return `(${equal.join(' and ')})`;
  });
  return `${expression.negated ? 'not ' : ''}(${tests.join(' or ')})`;
}

/** A right side that names tables of the left is applied to each of its rows. */
function printApply(
  join: Join,
  parts: {
    readonly left: string;
    readonly right: string;
    readonly condition: string;
    readonly correlated: boolean;
  },
): string | undefined {
  if (!parts.correlated) {
    const needsCondition = join.form === 'regular' && parts.condition === '' && join.using.length === 0;
    return needsCondition
      ? `${parts.left}\n${join.type === 'inner' ? '' : `${join.type} `}join ${parts.right} on 1 = 1`
      : undefined;
  }
  const keyword = join.type === 'left' ? 'outer apply' : 'cross apply';
  const trivial = parts.condition === '' || parts.condition === '1 = 1';
  if (trivial) return `${parts.left}\n${keyword} ${parts.right}`;
  const alias = /as (\[[^\]]*\])$/.exec(parts.right)?.[1] ?? '';
  return `${parts.left}\n${keyword} (\n${indent(`select * from ${parts.right}\nwhere ${parts.condition}`)}\n) as ${alias}`;
}
