import type { WindowCall } from '../../sql/index.ts';
import type { PrintExpression, Tools } from '../print/dialect.ts';
import { familyOf } from '../types/family.ts';
import { intervalParts } from '../types/interval.ts';
import { monthlyUnits } from '../types/month-steps.ts';

const ranking = new Set([
  'row_number',
  'rank',
  'dense_rank',
  'ntile',
  'percent_rank',
  'cume_dist',
  'lag',
  'lead',
  'nth_value',
]);
const counting = new Set(['row_number', 'rank', 'dense_rank', 'ntile']);
const nullable = new Set(['lag', 'lead', 'first_value', 'last_value', 'first', 'last', 'nth_value']);
/** Aggregates that mean the same over a window. */
const aggregates = new Set(
  `count count_star sum avg mean min max bool_and bool_or stddev stddev_samp stddev_pop variance var_samp var_pop
  covar_pop covar_samp count_if countif regr_count`.split(/\s+/),
);
const spelt: Readonly<Record<string, string>> = {
  stddev: 'stddev_samp',
  variance: 'var_samp',
  mean: 'avg',
  count_if: 'sum',
  countif: 'sum',
};

/**
 * Spark's windows: no EXCLUDE, no GROUPS, no DISTINCT, no FILTER (the argument becomes NULL instead), ranking
 * functions need an order, and IGNORE NULLS stands behind the call.
 */
export function sparkWindow(
  call: WindowCall,
  print: PrintExpression,
  tools: Tools,
  order: (items: WindowCall['orderBy']) => string,
): string {
  const refuse = (what: string, rewrite: string) =>
    tools.refuse(call, { what, why: 'Spark has no such window', rewrite });
  if (call.frame.exclude !== 'no others') return refuse('EXCLUDE in a window', 'subtract the excluded rows');
  if (call.frame.unit === 'groups') return refuse('a GROUPS frame', 'use dense_rank() and RANGE over it');
  if (mixesMonthsAndDays(call))
    return refuse('a RANGE frame from months to days', 'count both ends in the same unit');
  if (call.argOrderBy.length > 0)
    return refuse(
      'ORDER BY within the call of a window',
      'order the window itself, or aggregate in a subquery',
    );
  if (call.distinct) return refuse('DISTINCT in a window', 'aggregate in a subquery and join');
  if (!ranking.has(call.name) && !nullable.has(call.name) && !aggregates.has(call.name))
    return refuse(`${call.name}() over a window`, 'aggregate in a subquery and join');
  const star = call.name === 'count_star' || (call.name === 'count' && call.args.length === 0);
  const args = star ? (call.filter ? ['1'] : ['*']) : call.args.map((arg) => print(arg));
  if (/^count_?if$/.test(call.name)) args[0] = `cast(${args[0]} as int)`;
  if (call.filter !== undefined) args[0] = `case when ${print(call.filter)} then ${args[0]} end`;
  const name = star ? 'count' : (spelt[call.name] ?? call.name);
  const [argument] = call.args;
  // DuckDB averages decimals as doubles.
  if (name === 'avg' && argument && familyOf(tools.typeOf(argument)) === 'decimal')
    args[0] = `cast(${args[0]} as double)`;
  const nulls = call.ignoreNulls && nullable.has(name) ? ' ignore nulls' : '';
  const text = `${name}(${args.join(', ')})${nulls} over (${specification(overInstants(call, tools), print, order)})`;
  return counting.has(name) ? `cast(${text} as bigint)` : text;
}

function specification(
  call: WindowCall,
  print: PrintExpression,
  order: (items: WindowCall['orderBy']) => string,
): string {
  const needsOrder = call.orderBy.length === 0 && ranking.has(call.name);
  return [
    ...(call.partitionBy.length > 0
      ? [`partition by ${call.partitionBy.map((key) => print(key)).join(', ')}`]
      : []),
    ...(call.orderBy.length > 0 ? [`order by ${order(call.orderBy)}`] : needsOrder ? ['order by 1'] : []),
    ...(hasOwnFrame(call) ? [frame(call, print)] : []),
  ].join(' ');
}

/** Ranking functions take no frame, and the default frame is Spark's default too. */
function hasOwnFrame({ name, frame: { unit, start, end } }: WindowCall): boolean {
  if (ranking.has(name) && name !== 'nth_value') return false;
  return !(unit === 'range' && start.kind === 'unbounded-preceding' && end.kind === 'current-row');
}

function frame({ frame: { unit, start, end } }: WindowCall, print: PrintExpression): string {
  const bound = (side: typeof start) =>
    'offset' in side ? `${print(side.offset)} ${side.kind}` : side.kind.replace('-', ' ');
  return `${unit} between ${bound(start)} and ${bound(end)}`;
}

/** Spark moves a DATE by months only: a frame of days or hours is one over instants, as a sum with them is. */
function overInstants(call: WindowCall, tools: Tools): WindowCall {
  const { unit, start, end } = call.frame;
  const offsets = [start, end].flatMap((side) =>
    'offset' in side ? (intervalParts(side.offset) ?? []) : [],
  );
  if (unit !== 'range' || !offsets.some(({ unit: step }) => !monthlyUnits.has(step))) return call;
  const orderBy = call.orderBy.map((item) => {
    if (familyOf(tools.typeOf(item.expression)) !== 'date') return item;
    const type = { kind: 'plain', name: 'TIMESTAMP' } as const;
    return { ...item, expression: { kind: 'cast', operand: item.expression, type, lenient: false } as const };
  });
  return { ...call, orderBy };
}

function mixesMonthsAndDays({ frame: { start, end } }: WindowCall): boolean {
  const kinds = [start, end].flatMap((side) => {
    const parts = 'offset' in side ? intervalParts(side.offset) : undefined;
    return parts === undefined ? [] : parts.map(({ unit }) => monthlyUnits.has(unit));
  });
  return new Set(kinds).size > 1;
}
