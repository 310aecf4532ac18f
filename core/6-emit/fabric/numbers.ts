import type { Expression } from '../../sql/index.ts';
import { type CallPrinter, callTable, renamed, template } from '../print/call-table.ts';
import type { PrintExpression, Tools } from '../print/dialect.ts';
import { strength } from '../print/precedence.ts';
import { familyOf } from '../types/family.ts';
import { type IntervalPart, intervalParts } from '../types/interval.ts';

const same: CallPrinter = (call) => renamed(call.call.name)(call);

/** `dateadd` once for each part of the interval, on a datetime2(6). */
export function shiftTime(
  base: string,
  parts: readonly IntervalPart[],
  sign: 1 | -1,
  print: PrintExpression,
): string {
  return parts.reduce((text, { unit, amount }) => {
    const value =
      typeof amount === 'number' ? String(sign * amount) : `${sign < 0 ? '-' : ''}(${print(amount)})`;
    return `dateadd(${unit}, ${value}, ${text})`;
  }, base);
}

function plusMinus(operator: '+' | '-'): CallPrinter {
  return (call) => {
    const { args, print } = call;
    const [first, second] = args;
    if (first === undefined) return undefined;
    if (second === undefined) return `(${operator}${print(first, strength.sign + 1)})`;
    const [left, right] = [call.family(0), call.family(1)];
    const shifted = intervalParts(second);
    if (shifted)
      return shiftTime(`cast(${print(first)} as datetime2(6))`, shifted, operator === '-' ? -1 : 1, print);
    const added = operator === '+' ? intervalParts(first) : undefined;
    if (added) return shiftTime(`cast(${print(second)} as datetime2(6))`, added, 1, print);
    if (left === 'date' && right === 'date')
      return `cast(datediff(day, ${print(second)}, ${print(first)}) as bigint)`;
    if (left === 'date' && right === 'integer')
      return `dateadd(day, ${operator === '-' ? '-' : ''}(${print(second)}), ${print(first)})`;
    if (left === 'integer' && right === 'date') return `dateadd(day, ${print(first)}, ${print(second)})`;
    const numeric = [left, right].every((family) => ['integer', 'decimal', 'float', 'null'].includes(family));
    if (numeric) return `(${print(first, strength.sum)} ${operator} ${print(second, strength.sum + 1)})`;
    return call.refuse(
      `${left} ${operator} ${right} has no equal in T-SQL`,
      'use date_diff, or cast the operands',
    );
  };
}

const operator =
  (text: string): CallPrinter =>
  ({ args, print }) => {
    const [left, right] = args.map((arg) => print(arg, strength.primary));
    return `(${left} ${text} ${right})`;
  };

/** Over zero DuckDB answers infinity, which a T-SQL float cannot hold: NULL, as the header of the dialect says. */
const divide: CallPrinter = ({ text }) =>
  `(cast(${text[0]} as float) / nullif(cast(${text[1]} as float), 0))`;

const integerDivide: CallPrinter = (call) => {
  if (call.family(0) !== 'integer' || call.family(1) !== 'integer') {
    return call.refuse('only integers divide without rest', 'use floor(a / b)');
  }
  return `(${call.text[0]} / nullif(${call.text[1]}, 0))`;
};

const modulo: CallPrinter = (call) => {
  if (call.family(0) === 'float' || call.family(1) === 'float') {
    return call.refuse('T-SQL has no remainder of floats', 'cast both sides to decimal');
  }
  return `(${call.text[0]} % nullif(${call.text[1]}, 0))`;
};

const round: CallPrinter = ({ text }) => `round(${text[0]}, ${text[1] ?? '0'})`;

const power: CallPrinter = ({ text }) => `power(cast(${text[0]} as float), ${text[1]})`;

/** GREATEST and LEAST pass over NULLs, as DuckDB's do; bits have no order. */
const extreme: CallPrinter = (call) =>
  call.args.some((_, index) => call.family(index) === 'boolean')
    ? call.refuse('bits have no order in T-SQL', 'use and, or')
    : same(call);

/** Arithmetic and numeric functions. */
export const numbers = callTable([
  ['+', plusMinus('+')],
  ['-', plusMinus('-')],
  ['*', operator('*')],
  ['/', divide],
  ['//', integerDivide],
  ['%', modulo],
  ['^ ** pow power', power],
  ['&', operator('&')],
  ['|', operator('|')],
  ['xor', operator('^')],
  ['abs sqrt exp sign sin cos tan asin acos atan radians degrees floor nullif', same],
  ['ceil ceiling', template('ceiling($1)')],
  ['trunc', template('round($1, 0, 1)')],
  ['round', round],
  ['ln', template('log($1)')],
  [
    'log log10',
    ({ text }) => (text[1] === undefined ? `log10(${text[0]})` : `(log(${text[1]}) / log(${text[0]}))`),
  ],
  ['log2', template('(log($1) / log(2))')],
  ['ifnull', template('coalesce($1, $2)')],
  ['greatest least', extreme],
  ['pi', template('pi()')],
]);

/** A cast with DuckDB's rounding, half to even: T-SQL cuts fractions off. */
export function fabricCast(
  cast: Extract<Expression, { kind: 'cast' }>,
  type: string,
  print: PrintExpression,
  tools: Tools,
): string {
  const keyword = cast.lenient ? 'try_cast' : 'cast';
  const value = print(cast.operand);
  const from = familyOf(tools.typeOf(cast.operand));
  const to = cast.type.kind === 'plain' ? familyOf(cast.type.name) : 'other';
  if (to === 'integer' && from === 'float') {
    const even = `2 * round(${value} / 2, 0)`;
    return `${keyword}(case when ${value} - floor(${value}) = 0.5 then ${even} else round(${value}, 0) end as ${type})`;
  }
  if (to === 'integer' && from === 'decimal') return `${keyword}(round(${value}, 0) as ${type})`;
  if (to === 'text' && from === 'boolean') return `case ${value} when 1 then 'true' when 0 then 'false' end`;
  if (to === 'text' && from === 'float') {
    return tools.refuse(cast, {
      what: 'a double as text',
      why: 'T-SQL writes six digits, DuckDB all of them',
      rewrite: 'cast to a decimal first',
    });
  }
  if (to === 'text' && from === 'timestamp') return `convert(varchar(26), ${value}, 121)`;
  if (to === 'text' && from === 'date') return `convert(varchar(10), ${value}, 23)`;
  return `${keyword}(${value} as ${type})`;
}
