import { type CallPrinter, callTable, renamed, template } from '../print/call-table.ts';
import { unitName } from '../types/date-unit.ts';
import type { IntervalPart } from '../types/interval.ts';
import { datePattern } from './date-pattern.ts';

/** An interval literal, or `make_interval` where an amount is computed or units are mixed. */
export function sparkInterval(
  parts: readonly IntervalPart[],
  print: (amount: IntervalPart['amount']) => string,
): string {
  const [only] = parts;
  if (parts.length === 1 && only && typeof only.amount === 'number')
    return literalInterval(only.unit, only.amount);
  const order = ['year', 'month', 'week', 'day', 'hour', 'minute', 'second'];
  const amounts = order.map(() => [] as string[]);
  for (const { unit, amount } of parts) {
    const [base, factor] = scaled[unit] ?? [unit, ''];
    const slot = amounts[order.indexOf(base)];
    slot?.push(factor === '' ? print(amount) : `(${print(amount)} ${factor})`);
  }
  const last = amounts.findLastIndex((slot) => slot.length > 0);
  const text = amounts.slice(0, last + 1).map((slot) => (slot.length === 0 ? '0' : slot.join(' + ')));
  return `make_interval(${text.join(', ')})`;
}

/** Window frames take literals only. */
function literalInterval(unit: IntervalPart['unit'], amount: number): string {
  const [base, factor] = literalUnits[unit] ?? [unit, 1];
  return `interval '${amount * factor}' ${base}`;
}

const literalUnits: Readonly<Partial<Record<IntervalPart['unit'], readonly [string, number]>>> = {
  quarter: ['month', 3],
  week: ['day', 7],
  millisecond: ['second', 1e-3],
  microsecond: ['second', 1e-6],
};

const scaled: Readonly<Record<string, readonly [string, string]>> = {
  quarter: ['month', '* 3'],
  millisecond: ['second', '/ 1000'],
  microsecond: ['second', '/ 1000000'],
};

const parts: Readonly<Record<string, string>> = {
  year: 'cast(year($1) as bigint)',
  quarter: 'cast(quarter($1) as bigint)',
  month: 'cast(month($1) as bigint)',
  week: 'cast(weekofyear($1) as bigint)',
  day: 'cast(day($1) as bigint)',
  hour: 'cast(hour($1) as bigint)',
  minute: 'cast(minute($1) as bigint)',
  second: 'cast(second($1) as bigint)',
  dow: 'cast(dayofweek($1) - 1 as bigint)',
  dayofweek: 'cast(dayofweek($1) - 1 as bigint)',
  isodow: 'cast(weekday($1) + 1 as bigint)',
  doy: 'cast(dayofyear($1) as bigint)',
  dayofyear: 'cast(dayofyear($1) as bigint)',
  epoch: '(unix_micros(cast($1 as timestamp)) / 1000000D)',
};

function part(name: string): CallPrinter {
  return (call) => {
    const pattern = parts[unitName(name)];
    if (pattern === undefined)
      return call.refuse('Spark has no such date part', 'compute it from year, month and day');
    return template(pattern)(call);
  };
}

const datePart: CallPrinter = (call) => {
  const unit = call.constant(0);
  if (typeof unit !== 'string')
    return call.refuse('the date part is not a constant', 'write one call for each part');
  return part(unit)({ ...call, text: call.text.slice(1) });
};

const truncatable = ['year', 'quarter', 'month', 'week', 'day', 'hour', 'minute', 'second'];

const dateTrunc: CallPrinter = (call) => {
  const unit = unitName(call.constant(0));
  if (!truncatable.includes(unit))
    return call.refuse('Spark does not truncate to it', `use one of ${truncatable.join(', ')}`);
  return `date_trunc('${unit}', ${call.text[1]})`;
};

/** Boundaries crossed between two instants, as DuckDB counts them. */
const dateDiff: CallPrinter = (call) => {
  const unit = unitName(call.constant(0));
  const [, from, to] = call.text;
  const micros = (text: string | undefined) =>
    `unix_micros(date_trunc('${unit}', cast(${text} as timestamp)))`;
  switch (unit) {
    case 'day':
      return `cast(datediff(${to}, ${from}) as bigint)`;
    case 'week':
      return `(datediff(${to}, ${from}) div 7)`;
    case 'month':
      return `cast(${monthNumber(to)} - ${monthNumber(from)} as bigint)`;
    case 'quarter':
      return `cast((year(${to}) * 4 + quarter(${to})) - (year(${from}) * 4 + quarter(${from})) as bigint)`;
    case 'year':
      return `cast(year(${to}) - year(${from}) as bigint)`;
    case 'hour':
      return `((${micros(to)} - ${micros(from)}) div 3600000000)`;
    case 'minute':
      return `((${micros(to)} - ${micros(from)}) div 60000000)`;
    case 'second':
      return `((${micros(to)} - ${micros(from)}) div 1000000)`;
    default:
      return call.refuse(
        'Spark does not count it',
        'use day, week, month, quarter, year, hour, minute or second',
      );
  }
};

/**
 * Whole units between two instants. DuckDB counts months from the earlier to the later one, whose month's last day counts
 * as any later day of the earlier month: from January 31 to February 29 is a month. Spark's own `timestampdiff` says none.
 */
const dateSub: CallPrinter = (call) => {
  const unit = unitName(call.constant(0));
  if (!truncatable.includes(unit))
    return call.refuse('Spark does not count it', `use one of ${truncatable.join(', ')}`);
  const from = `cast(${call.text[1]} as timestamp)`;
  const to = `cast(${call.text[2]} as timestamp)`;
  const months = monthsIn[unit];
  if (months === undefined) return `timestampdiff(${unit}, ${from}, ${to})`;
  const whole = `case when ${from} <= ${to} then ${monthsUntil(from, to)} else -${monthsUntil(to, from)} end`;
  return months === 1 ? `cast(${whole} as bigint)` : `((${whole}) div ${months})`;
};

const monthsIn: Readonly<Record<string, number>> = { month: 1, quarter: 3, year: 12 };

/** Whole months from an instant to a later one. */
function monthsUntil(from: string, to: string): string {
  const crossed = `(${monthNumber(to)} - ${monthNumber(from)})`;
  return `(${crossed} - if(${from} + make_ym_interval(0, ${crossed}) > ${to}, 1, 0))`;
}

const monthNumber = (text: string | undefined) => `(year(${text}) * 12 + month(${text}))`;

const strftime: CallPrinter = (call) => {
  const pattern = datePattern(call.constant(1));
  if (pattern === undefined)
    return call.refuse('the format has no equal in Spark', 'use %Y %m %d %H %M %S %y %j %b %B %a %A');
  return `date_format(${call.text[0]}, '${pattern}')`;
};

const strptime: CallPrinter = (call) => {
  const pattern = datePattern(call.constant(1));
  if (pattern === undefined) return call.refuse('the format has no equal in Spark', 'use %Y %m %d %H %M %S');
  return `to_timestamp(${call.text[0]}, '${pattern}')`;
};

/** A session in UTC keeps TIMESTAMP and TIMESTAMPTZ alike; other zones shift between the two. */
const timezone: CallPrinter = (call) => {
  const zone = call.constant(0);
  if (typeof zone !== 'string') return call.refuse('the time zone is computed', 'use a constant time zone');
  const name = /^(utc|gmt)$/i.test(zone) ? 'UTC' : zone;
  if (name === 'UTC') return `cast(${call.text[1]} as timestamp)`;
  const shift = call.family(1) === 'timestamptz' ? 'from_utc_timestamp' : 'to_utc_timestamp';
  return `${shift}(${call.text[1]}, '${name}')`;
};

/** Date functions. */
export const dates = callTable([
  ['date_trunc datetrunc', dateTrunc],
  ['date_part datepart', datePart],
  ['date_diff datediff', dateDiff],
  ['date_sub datesub', dateSub],
  ['year', part('year')],
  ['quarter', part('quarter')],
  ['month', part('month')],
  ['week weekofyear', part('week')],
  ['day dayofmonth', part('day')],
  ['hour', part('hour')],
  ['minute', part('minute')],
  ['second', part('second')],
  ['dayofweek weekday', part('dow')],
  ['isodow', part('isodow')],
  ['dayofyear', part('doy')],
  ['epoch', part('epoch')],
  ['epoch_ms', template('unix_millis(cast($1 as timestamp))')],
  ['epoch_us', template('unix_micros(cast($1 as timestamp))')],
  ['dayname', template("date_format($1, 'EEEE')")],
  ['monthname', template("date_format($1, 'MMMM')")],
  ['strftime', strftime],
  ['strptime', strptime],
  ['timezone', timezone],
  ['last_day make_date', (call) => renamed(call.call.name)(call)],
  [
    'make_timestamp',
    (call) =>
      call.args.length === 6 ? renamed('make_timestamp')(call) : template('timestamp_micros($1)')(call),
  ],
  ['now get_current_timestamp current_timestamp transaction_timestamp', template('current_timestamp()')],
  ['current_date today', template('current_date()')],
]);
