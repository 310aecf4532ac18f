import type { Expression, WindowCall } from '../../sql/index.ts';
import type { PrintExpression, Tools } from '../print/dialect.ts';
import { familyOf } from '../types/family.ts';
import { filtered } from './aggregates.ts';

const ranking = new Set([
  'row_number',
  'rank',
  'dense_rank',
  'ntile',
  'percent_rank',
  'cume_dist',
  'lag',
  'lead',
]);
const needOrder = new Set([...ranking, 'first_value', 'last_value']);

const names: Readonly<Record<string, string>> = {
  count_star: 'count_big',
  count: 'count_big',
  mean: 'avg',
  first: 'first_value',
  last: 'last_value',
  stddev: 'stdev',
  stddev_samp: 'stdev',
  stddev_pop: 'stdevp',
  variance: 'var',
  var_samp: 'var',
  var_pop: 'varp',
};

const known = new Set([
  ...needOrder,
  ...Object.values(names),
  'sum',
  'avg',
  'min',
  'max',
  'bool_or',
  'bool_and',
]);

/** T-SQL's windows: ROWS with offsets only, no EXCLUDE, GROUPS, DISTINCT, FILTER, NTH_VALUE or IGNORE NULLS. */
export function fabricWindow(
  call: WindowCall,
  print: PrintExpression,
  tools: Tools,
  order: (items: WindowCall['orderBy']) => string,
): string {
  if (call.name === 'percentile_cont' || call.name === 'percentile_disc')
    return percentile(call, print, order);
  const refuse = (what: string, rewrite: string) =>
    tools.refuse(call, { what, why: 'T-SQL has no such window', rewrite });
  const { frame } = call;
  const name = names[call.name] ?? call.name;
  if (!known.has(name)) return refuse(`${call.name}() over a window`, 'use row_number() and a join');
  if (frame.exclude !== 'no others') return refuse('EXCLUDE in a window', 'subtract the excluded rows');
  if (frame.unit === 'groups') return refuse('a GROUPS frame', 'use dense_rank() and a join');
  if (frame.unit === 'range' && ('offset' in frame.start || 'offset' in frame.end)) {
    return refuse('a RANGE frame with an offset', 'join the table with itself on the range and aggregate');
  }
  if (call.argOrderBy.length > 0)
    return refuse(
      'ORDER BY within the call of a window',
      'order the window itself, or aggregate in a subquery',
    );
  if (call.distinct) return refuse('DISTINCT in a window', 'aggregate in a subquery and join');
  if (call.ignoreNulls)
    return refuse('IGNORE NULLS', 'use max() over a row number of the rows that are not NULL');
  if (call.name === 'bool_or' || call.name === 'bool_and' || isBoolean(call, tools)) {
    const { args, ...other } = call;
    const [value] = args;
    const number: Expression = {
      kind: 'cast',
      operand: value as Expression,
      type: { kind: 'plain', name: 'INTEGER' },
      lenient: false,
    };
    const extreme = call.name === 'bool_or' || call.name === 'max' ? 'max' : 'min';
    return `cast(${fabricWindow({ ...other, name: extreme, args: [number] }, print, tools, order)} as bit)`;
  }
  const [first, ...rest] = call.args;
  const value = first === undefined ? '*' : typed(name, print(first), familyOf(tools.typeOf(first)));
  const counted = value === '*' && call.filter ? '1' : value;
  const args = ['row_number', 'rank', 'dense_rank', 'percent_rank', 'cume_dist'].includes(name)
    ? []
    : [filtered(call, counted, print), ...rest.map((arg) => print(arg))];
  const partition = call.partitionBy.map((key) => print(key)).join(', ');
  const ordered = call.orderBy.length > 0 ? order(call.orderBy) : needOrder.has(name) ? '(select null)' : '';
  const specification = [
    ...(partition === '' ? [] : [`partition by ${partition}`]),
    ...(ordered === '' ? [] : [`order by ${ordered}`]),
    ...(ordered === '' || ranking.has(name) ? [] : framed(call, print)),
  ];
  return `${name}(${args.join(', ')}) over (${specification.join(' ')})`;
}

/** Bits have no order: they are compared as integers. */
function isBoolean({ name, args: [value] }: WindowCall, tools: Tools): boolean {
  return (
    (name === 'min' || name === 'max') && value !== undefined && familyOf(tools.typeOf(value)) === 'boolean'
  );
}

function typed(name: string, value: string, family: string): string {
  if (name === 'sum' && family === 'integer') return `cast(${value} as bigint)`;
  return ['avg', 'stdev', 'stdevp', 'var', 'varp'].includes(name) ? `cast(${value} as float)` : value;
}

function framed({ frame: { unit, start, end } }: WindowCall, print: PrintExpression): string[] {
  if (unit === 'range' && start.kind === 'unbounded-preceding' && end.kind === 'current-row') return [];
  const bound = (side: typeof start) =>
    'offset' in side ? `${print(side.offset)} ${side.kind}` : side.kind.replace('-', ' ');
  return [`${unit} between ${bound(start)} and ${bound(end)}`];
}

/** T-SQL's quantiles: the fraction, then what is ordered, then the groups. */
function percentile(
  { name, args: [value, fraction], partitionBy }: WindowCall,
  print: PrintExpression,
  order: (items: WindowCall['orderBy']) => string,
): string {
  const keys =
    partitionBy.length > 0 ? `partition by ${partitionBy.map((key) => print(key)).join(', ')}` : '';
  const ordered = value === undefined ? '' : order([{ expression: value, direction: 'asc', nulls: 'first' }]);
  return `${name}(${fraction === undefined ? '' : print(fraction)}) within group (order by ${ordered}) over (${keys})`;
}
