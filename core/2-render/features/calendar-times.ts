import type { Calendar } from '../define/calendar.ts';
import { type ParsedDuration, parseDuration } from '../define/duration.ts';
import { refuse } from '../typed/problem.ts';

export const dayLength = 24 * 3_600_000;

/** Who looks at every time of a calendar has no use for more; a count may be mistyped. */
const mostTimes = 5000;

type Periods = Extract<Calendar, { kind: 'periods' }>;

/**
 * The prediction times of a calendar, in order, where it says them itself and they are not thousands. None where they are not
 * written as they should be: `calendarQuery` refuses that.
 *
 * @example declaredTimes(monthly({ first: '2024-01-31', count: 2 })) // 31 January and 29 February 2024
 */
export function declaredTimes(calendar: Calendar): Date[] | undefined {
  if (calendar.kind !== 'periods') return undefined;
  const { unit, first, before } = calendar;
  const count = countOf(calendar);
  const start = parseInstant(first);
  const earlier = before === undefined ? undefined : parseDuration(before);
  const isWrong = before !== undefined && earlier === undefined;
  if (start === undefined || isWrong || !Number.isInteger(count) || count < 1 || count > mostTimes)
    return undefined;
  return Array.from({ length: count }, (_, n) => {
    const step = unit === 'week' ? 7 * dayLength : dayLength;
    const at = unit === 'month' ? addMonths(start, n) : new Date(start.getTime() + n * step);
    return earlier === undefined ? at : minus(at, [earlier]);
  });
}

/** An instant less some durations, one after the other, as DuckDB computes it. */
export function minus(instant: Date, durations: readonly ParsedDuration[]): Date {
  return durations.reduce((date, { count, unit }) => {
    if (unit === 'month') return addMonths(date, -count);
    return new Date(date.getTime() - count * (unit === 'day' ? dayLength : dayLength / 24));
  }, instant);
}

/** An instant that a user wrote, as a literal. */
export function instant(text: string, where: string): string {
  if (parseInstant(text) === undefined)
    refuse('CH257', {
      problem: `${where}: \`${text}\` is no instant`,
      fix: 'Write `2024-01-31` or `2024-01-31 06:00:00`.',
    });
  return `timestamp '${text.replace('T', ' ')}'`;
}

function parseInstant(text: string): Date | undefined {
  if (!/^\d{4}-\d\d-\d\d([ T]\d\d:\d\d(:\d\d)?)?$/.test(text)) return undefined;
  const date = new Date(`${text.replace(' ', 'T')}${text.length > 10 ? '' : 'T00:00'}Z`);
  return Number.isNaN(date.getTime()) || date.toISOString().slice(0, 10) !== text.slice(0, 10)
    ? undefined
    : date;
}

/** How many prediction times a calendar has: as many as it says, or those that do not pass `until`; 0 where it is no instant. */
export function countOf({ first, unit, last }: Periods): number {
  if ('count' in last) return last.count;
  const start = parseInstant(first);
  const end = parseInstant(last.until);
  if (start === undefined || end === undefined || end < start) return 0;
  if (unit !== 'month')
    return Math.floor((end.getTime() - start.getTime()) / (unit === 'week' ? 7 * dayLength : dayLength)) + 1;
  const months =
    (end.getUTCFullYear() - start.getUTCFullYear()) * 12 + end.getUTCMonth() - start.getUTCMonth();
  return addMonths(start, months) <= end ? months + 1 : months;
}

/** As DuckDB adds months: a day that the month does not have becomes its last. */
function addMonths(date: Date, months: number): Date {
  const year = date.getUTCFullYear();
  const month = date.getUTCMonth() + months;
  const last = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  const day = Math.min(date.getUTCDate(), last);
  return new Date(
    Date.UTC(year, month, day) + (date.getTime() - Math.floor(date.getTime() / dayLength) * dayLength),
  );
}
