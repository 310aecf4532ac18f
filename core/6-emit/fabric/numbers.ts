import type { Expression } from '../../sql/index.ts';
import { type CallParts, type CallPrinter, callTable, renamed, template } from '../print/call-table.ts';
import type { PrintExpression, Tools } from '../print/dialect.ts';
import { strength } from '../print/precedence.ts';
import { familyOf } from '../types/family.ts';
import { type IntervalPart, intervalParts } from '../types/interval.ts';

const same: CallPrinter = (call) => renamed(call.call.name)(call);

/** The number behind `cast(3 as double)`, which is what DuckDB's parser makes of `interval 3 second`. */
function wholeSeconds(amount: Expression): number | undefined {
  const literal = amount.kind === 'cast' ? amount.operand : amount;
  const number = literal.kind === 'literal' && literal.value !== null ? Number(literal.value) : Number.NaN;
  return Number.isInteger(number) ? number : undefined;
}

/** `dateadd` once for each part of the interval, on a datetime2(6). */
export function shiftTime(
  base: string,
  parts: readonly IntervalPart[],
  sign: 1 | -1,
  print: PrintExpression,
  tools: Tools,
): string {
  return parts.reduce((text, { unit, amount }) => {
    // DATEADD cuts fractions off; seconds alone may have some.
    if (typeof amount !== 'number' && familyOf(tools.typeOf(amount)) !== 'integer') {
      const whole = wholeSeconds(amount);
      if (unit === 'second' && whole !== undefined) return `dateadd(second, ${sign * whole}, ${text})`;
      if (unit !== 'second')
        return `dateadd(${unit}, cast(${sign < 0 ? '-' : ''}(${print(amount)}) as int), ${text})`;
      return tools.refuse(amount, {
        what: 'an interval of fractions of seconds',
        why: 'DATEADD cuts fractions off',
        rewrite: 'add to_milliseconds or to_microseconds of a whole number',
      });
    }
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
      return shiftTime(
        `cast(${print(first)} as datetime2(6))`,
        shifted,
        operator === '-' ? -1 : 1,
        print,
        call.tools,
      );
    const added = operator === '+' ? intervalParts(first) : undefined;
    if (added) return shiftTime(`cast(${print(second)} as datetime2(6))`, added, 1, print, call.tools);
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
const divide: CallPrinter = (call) =>
  isNonzero(call.args[1])
    ? `(cast(${call.text[0]} as float) / ${call.text[1]})`
    : `(cast(${call.text[0]} as float) / nullif(cast(${call.text[1]} as float), 0))`;

function isNonzero(divisor: Expression | undefined): boolean {
  return divisor?.kind === 'literal' && typeof divisor.value !== 'boolean' && Number(divisor.value) !== 0;
}

const divisor = (call: CallParts) => (isNonzero(call.args[1]) ? call.text[1] : `nullif(${call.text[1]}, 0)`);

const integerDivide: CallPrinter = (call) => {
  if (call.family(0) !== 'integer' || call.family(1) !== 'integer') {
    return call.refuse('only integers divide without rest', 'use floor(a / b)');
  }
  return `(${call.text[0]} / ${divisor(call)})`;
};

const modulo: CallPrinter = (call) => {
  if (call.family(0) === 'float' || call.family(1) === 'float') {
    return call.refuse('T-SQL has no remainder of floats', 'cast both sides to decimal');
  }
  return `(${call.text[0]} % ${divisor(call)})`;
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
