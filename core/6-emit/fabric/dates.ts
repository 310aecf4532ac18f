import { type CallPrinter, callTable, renamed, template } from '../print/call-table.ts';
import { unitName } from '../types/date-unit.ts';
import { fabricString } from './string.ts';

const truncations: Readonly<Record<string, string>> = {
  year: 'year',
  quarter: 'quarter',
  month: 'month',
  week: 'iso_week',
  day: 'day',
  hour: 'hour',
  minute: 'minute',
  second: 'second',
};

const dateTrunc: CallPrinter = (call) => {
  const unit = truncations[unitName(call.constant(0))];
  if (unit === undefined) {
    return call.refuse('T-SQL does not truncate to it', `use one of ${Object.keys(truncations).join(', ')}`);
  }
  return `datetrunc(${unit}, cast(${call.text[1]} as datetime2(6)))`;
};

/** 1900-01-07 was a Sunday: arithmetic on it does not depend on the session's DATEFIRST. */
const parts: Readonly<Record<string, string>> = {
  year: 'cast(datepart(year, $1) as bigint)',
  quarter: 'cast(datepart(quarter, $1) as bigint)',
  month: 'cast(datepart(month, $1) as bigint)',
  week: 'cast(datepart(iso_week, $1) as bigint)',
  day: 'cast(datepart(day, $1) as bigint)',
  hour: 'cast(datepart(hour, $1) as bigint)',
  minute: 'cast(datepart(minute, $1) as bigint)',
  second: 'cast(datepart(second, $1) as bigint)',
  doy: 'cast(datepart(dayofyear, $1) as bigint)',
  dow: "cast(((datediff(day, cast('1900-01-07' as date), $1) % 7) + 7) % 7 as bigint)",
  isodow: "cast((((datediff(day, cast('1900-01-08' as date), $1) % 7) + 7) % 7) + 1 as bigint)",
  epoch: "(datediff_big(microsecond, cast('1970-01-01' as datetime2(6)), $1) / 1000000.0e0)",
};

function part(unit: string): CallPrinter {
  return (call) => {
    const pattern = parts[unitName(unit)];
    if (pattern === undefined)
      return call.refuse('T-SQL has no such date part', 'compute it from year, month and day');
    return template(pattern)(call);
  };
}

const datePart: CallPrinter = (call) => {
  const unit = call.constant(0);
  if (typeof unit !== 'string')
    return call.refuse('the date part is not a constant', 'write one call for each part');
  return part(unit)({ ...call, text: call.text.slice(1) });
};

const boundaries = ['year', 'quarter', 'month', 'day', 'hour', 'minute', 'second'];

/** Boundaries crossed; weeks are whole spans of seven days, as DuckDB counts them. */
const dateDiff: CallPrinter = (call) => {
  const unit = unitName(call.constant(0));
  const [, from, to] = call.text;
  if (unit === 'week') return `cast(datediff(day, ${from}, ${to}) / 7 as bigint)`;
  if (!boundaries.includes(unit))
    return call.refuse('T-SQL does not count it', `use week, ${boundaries.join(', ')}`);
  return `datediff_big(${unit}, ${from}, ${to})`;
};

/** Whole units: the boundaries crossed, less one where the last is not yet complete. */
const dateSub: CallPrinter = (call) => {
  const unit = unitName(call.constant(0));
  if (!boundaries.includes(unit))
    return call.refuse('T-SQL does not count it', `use one of ${boundaries.join(', ')}`);
  const from = `cast(${call.text[1]} as datetime2(6))`;
  const to = `cast(${call.text[2]} as datetime2(6))`;
  // DuckDB counts from the earlier to the later instant: counted backwards, a month's last day would not reach the days after it.
  return `(case when ${from} <= ${to} then ${unitsUntil(unit, from, to)} else -${unitsUntil(unit, to, from)} end)`;
};

/** Whole units from an instant to a later one. */
function unitsUntil(unit: string, from: string, to: string): string {
  const crossed = `datediff_big(${unit}, ${from}, ${to})`;
  return `(${crossed} - case when dateadd(${unit}, ${crossed}, ${from}) > ${to} then 1 else 0 end)`;
}

const formats: Readonly<Record<string, readonly [string, number]>> = {
  '%Y-%m-%d': ['10', 23],
  '%Y-%m-%d %H:%M:%S': ['19', 120],
  '%H:%M:%S': ['8', 108],
  '%d/%m/%Y': ['10', 103],
  '%Y%m%d': ['8', 112],
};

const digits = (unit: string, width: number) =>
  `right('${'0'.repeat(width)}' + cast(datepart(${unit}, $1) as varchar(4)), ${width})`;

const names = (unit: string, first: number, list: readonly string[]) =>
  `case ${unit} ${list.map((name, index) => `when ${first + index} then '${name}'`).join(' ')} end`;

/** DATENAME would answer in the session's language. */
const monthNames =
  'January February March April May June July August September October November December'.split(' ');
const dayNames = 'Sunday Monday Tuesday Wednesday Thursday Friday Saturday'.split(' ');
const weekday = "((datediff(day, cast('1900-01-07' as date), $1) % 7) + 7) % 7";
const dayName = names(weekday, 0, dayNames);
const monthName = names('datepart(month, $1)', 1, monthNames);

/** Specifiers of strftime, for `$1`. */
const specifiers: Readonly<Record<string, string>> = {
  '%Y': digits('year', 4),
  '%y': digits('year', 2),
  '%m': digits('month', 2),
  '%d': digits('day', 2),
  '%H': digits('hour', 2),
  '%M': digits('minute', 2),
  '%S': digits('second', 2),
  '%j': digits('dayofyear', 3),
  '%A': dayName,
  '%B': monthName,
};

/** CONVERT styles, or the parts put together, instead of FORMAT, which runs in the CLR and depends on the culture. */
const strftime: CallPrinter = (call) => {
  const format = call.constant(1);
  const style = formats[String(format)];
  const value = `cast(${call.text[0]} as datetime2(6))`;
  if (style !== undefined) return `convert(varchar(${style[0]}), ${value}, ${style[1]})`;
  const pieces = typeof format === 'string' ? (format.match(/%.|[^%]+/g) ?? []) : [];
  const parts = pieces.map((piece) =>
    piece.startsWith('%') ? specifiers[piece]?.replaceAll('$1', () => value) : fabricString(piece),
  );
  if (parts.length === 0 || parts.includes(undefined))
    return call.refuse(
      'the format is not translated',
      `use ${Object.keys(specifiers).join(' ')} and text between them`,
    );
  return `(${parts.join(' + ')})`;
};

const strptime: CallPrinter = (call) => {
  const style = formats[String(call.constant(1))];
  if (style === undefined || style[1] === 108)
    return call.refuse('the format has no CONVERT style', 'use %Y-%m-%d %H:%M:%S');
  return `convert(datetime2(6), ${call.text[0]}, ${style[1]})`;
};

/** Instants are kept in UTC, so that only UTC can be asked for without a table of time zones. */
const timezone: CallPrinter = (call) => {
  const zone = String(call.constant(0)).toUpperCase();
  if (zone === 'UTC' || zone === 'GMT') return `cast(${call.text[1]} as datetime2(6))`;
  return call.refuse('a warehouse keeps instants in UTC', "convert in a DuckDB model upstream, or use 'UTC'");
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
  ['epoch_ms', template("(datediff_big(microsecond, cast('1970-01-01' as datetime2(6)), $1) / 1000)")],
  ['epoch_us', template("datediff_big(microsecond, cast('1970-01-01' as datetime2(6)), $1)")],
  ['strftime', strftime],
  ['strptime', strptime],
  ['timezone', timezone],
  ['dayname', template(dayName)],
  ['monthname', template(monthName)],
  ['last_day', template('eomonth($1)')],
  ['make_date', renamed('datefromparts')],
  [
    'now get_current_timestamp current_timestamp transaction_timestamp',
    template('cast(sysutcdatetime() as datetime2(6))'),
  ],
  ['current_date today', template('cast(sysutcdatetime() as date)')],
]);
