import type { Expression } from '../../sql/index.ts';
import { type CallPrinter, callTable, renamed, template } from '../print/call-table.ts';
import type { PrintExpression } from '../print/dialect.ts';
import { strength } from '../print/precedence.ts';
import { familyOf } from '../types/family.ts';
import { intervalParts } from '../types/interval.ts';
import { wholeNumber } from '../types/whole-number.ts';
import { sparkInterval } from './dates.ts';

const same: CallPrinter = (call) => renamed(call.call.name)(call);

/**
 * `a / b` is a double, and infinite or NaN where b is zero; Spark answers NULL there. `power(b, -1)` is infinite with
 * the sign of the zero: `-1 / -0.0` is infinity in DuckDB.
 */
const divide: CallPrinter = (call) => {
  const [left, right] = call.text.map((text) => `cast(${text} as double)`);
  const divisor = call.args[1];
  if (divisor && neverZero(divisor)) return `(${left} / ${right})`;
  const rounded = divisor && roundedValue(divisor);
  const zero = rounded ? `sign(${call.print(rounded)}) * ${right}` : right;
  return `(case when ${right} = 0 then ${left} * power(${zero}, -1D) else ${left} / ${right} end)`;
};

/** What a divisor rounds: DuckDB rounds -0.3 to -0.0, and Spark to a zero without a sign. */
function roundedValue(expression: Expression): Expression | undefined {
  if (expression.kind === 'cast') return roundedValue(expression.operand);
  if (expression.kind !== 'call') return undefined;
  return ['round', 'ceil', 'ceiling', 'trunc'].includes(expression.name) ? expression.args[0] : undefined;
}

function neverZero(expression: Expression): boolean {
  if (expression.kind === 'literal') return Number(expression.value) !== 0;
  if (expression.kind === 'cast') return neverZero(expression.operand);
  if (expression.kind !== 'call' || expression.name !== 'nullif') return false;
  const zero = expression.args[1];
  return zero?.kind === 'literal' && Number(zero.value) === 0;
}

const integerDivide: CallPrinter = (call) => {
  if (call.family(0) !== 'integer' || call.family(1) !== 'integer') {
    return call.refuse('Spark divides only integers without rest', 'use floor(a / b)');
  }
  return `(${call.text[0]} div ${call.text[1]})`;
};

/** Sums and differences of dates, timestamps and intervals, and of numbers. */
function plusMinus(operator: '+' | '-'): CallPrinter {
  return (call) => {
    const { args, print } = call;
    const [first, second] = args;
    if (first === undefined) return undefined;
    if (second === undefined) return `(${operator}${print(first, strength.sign + 1)})`;
    const [left, right] = [call.family(0), call.family(1)];
    const intervals = [intervalParts(first), intervalParts(second)];
    const shift = intervals[1] ?? (operator === '+' ? intervals[0] : undefined);
    if (shift !== undefined) {
      const base = intervals[1] === undefined ? second : first;
      const amount = (value: Expression | number) =>
        typeof value === 'number' ? String(value) : print(value);
      return `(cast(${print(base)} as timestamp) ${operator} ${sparkInterval(shift, amount)})`;
    }
    if (left === 'date' && right === 'date')
      return `cast(datediff(${print(first)}, ${print(second)}) as bigint)`;
    if (left === 'date' && right === 'integer')
      return `date_add(${print(first)}, ${operator === '-' ? '-' : ''}(${print(second)}))`;
    if (left === 'integer' && right === 'date') return `date_add(${print(second)}, ${print(first)})`;
    const numeric = [left, right].every((family) => ['integer', 'decimal', 'float', 'null'].includes(family));
    if (numeric) return `(${print(first, strength.sum)} ${operator} ${print(second, strength.sum + 1)})`;
    return call.refuse(
      `${left} ${operator} ${right} differs between the engines`,
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

/** Spark's ceil and floor answer a BIGINT. What a BIGINT cannot hold has no fraction, and stays as it is. */
const upOrDown =
  (name: string): CallPrinter =>
  (call) => {
    const [value] = call.text;
    if (call.family(0) === 'float') return whole(value, `${name}(${value})`);
    return call.family(0) === 'integer' ? `cast(${value} as double)` : `${name}(${value})`;
  };

const trunc: CallPrinter = (call) => {
  const [value] = call.text;
  if (call.family(0) === 'integer') return value;
  const cut = `if(${value} < 0, ceil(${value}), floor(${value}))`;
  return call.family(0) === 'float' ? whole(value, cut) : cut;
};

function whole(value: string | undefined, rounded: string): string {
  return `if(abs(${value}) < 9007199254740992D, cast(${rounded} as double), ${value})`;
}

/** DuckDB rounds the binary product `x * 10 ** digits`; Spark the number as it is written: 1.005 to 1.00, or to 1.01. */
const round: CallPrinter = (call) => {
  const { args, text } = call;
  if (call.family(0) === 'integer' || call.family(0) === 'decimal') return renamed('round')(call);
  const digits = args[1] === undefined ? 0 : wholeNumber(args[1]);
  if (call.family(0) !== 'float' || digits === undefined)
    return call.refuse(
      'the engines round a computed number of digits, or of this type, otherwise',
      'round a number to a constant number of digits',
    );
  if (digits === 0) return `round(${text[0]})`;
  const power = `${10 ** Math.abs(digits)}D`;
  const value = call.print(args[0] as Expression, strength.primary);
  if (digits > 0) return `(round(${value} * ${power}) / ${power})`;
  // DuckDB rounds what is not finite to 0 here.
  const rounded = `round(${value} / ${power}) * ${power}`;
  return `(case when abs(${value}) >= double('Infinity') then 0D else ${rounded} end)`;
};

/** Arithmetic and numeric functions. */
export const numbers = callTable([
  ['+', plusMinus('+')],
  ['-', plusMinus('-')],
  ['*', operator('*')],
  ['/', divide],
  ['//', integerDivide],
  ['%', operator('%')],
  ['^ ** pow power', template('power($1, $2)')],
  ['&', operator('&')],
  ['|', operator('|')],
  ['xor', operator('^')],
  [
    'abs sqrt exp ln sin cos tan asin acos atan atan2 radians degrees cbrt pi log2 nullif ifnull greatest least',
    same,
  ],
  // A double on Spark, which DATE + sign(x) does not take.
  ['sign', ({ text }) => `cast(sign(${text[0]}) as tinyint)`],
  ['round', round],
  ['ceil ceiling', upOrDown('ceil')],
  ['floor', upOrDown('floor')],
  ['trunc', trunc],
  ['log log10', (call) => (call.args.length === 1 ? renamed('log10')(call) : renamed('log')(call))],
  ['isinf', template("(abs($1) = double('Infinity'))")],
  // NaN equals itself and is above all else in both engines; Spark's own isnan answers false for NULL.
  ['isnan', template("($1 = double('NaN'))")],
  ['isfinite', template("(abs($1) < double('Infinity'))")],
]);

/** A cast with DuckDB's rounding: Spark cuts where DuckDB rounds. */
export function sparkCast(
  cast: Extract<Expression, { kind: 'cast' }>,
  from: string,
  type: string,
  print: PrintExpression,
): string {
  const keyword = cast.lenient ? 'try_cast' : 'cast';
  const value = print(cast.operand);
  const target = cast.type.kind === 'plain' ? familyOf(cast.type.name) : 'other';
  if (target === 'integer' && familyOf(from) === 'float') return `${keyword}(rint(${value}) as ${type})`;
  if (target === 'integer' && familyOf(from) === 'decimal') return `${keyword}(round(${value}) as ${type})`;
  if (target === 'integer' && familyOf(from) === 'text') {
    return `${keyword}(round(${keyword}(${value} as decimal(38, 10))) as ${type})`;
  }
  return `${keyword}(${value} as ${type})`;
}
