import type { Calendar } from '../define/calendar.ts';
import { intervalText } from '../define/duration.ts';
import { refCall } from '../typed/duckdb-dialect.ts';
import { quoteName } from '../typed/keywords.ts';
import { refuse } from '../typed/problem.ts';
import { durationOf } from './window.ts';

/** The select of a calendar's prediction times: of each entity for events, of all alike otherwise. */
export function calendarQuery(calendar: Calendar, entity: readonly string[], time: string): string {
  const name = quoteName(time);
  switch (calendar.kind) {
    case 'periods': {
      const { unit, first, last, before } = calendar;
      const count = 'count' in last ? last.count : countUntil(calendar, last.until);
      if (!Number.isInteger(count) || count < 1)
        refuse('CH257', {
          problem: 'the calendar of the spine has no prediction time',
          fix: 'Give it a whole `count` of 1 or more, or an `until` that is not before `first`.',
        });
      const step = {
        month: 'to_months(n::integer)',
        week: 'to_weeks(n::integer)',
        day: 'to_days(n::integer)',
      }[unit];
      const earlier =
        before === undefined ? '' : ` - ${intervalText(durationOf(before, '`before` of the calendar'))}`;
      return `select ${instant(first, '`first` of the calendar')} + ${step}${earlier} as ${name}\nfrom range(0, ${count}) as periods(n)`;
    }
    case 'times':
      return `select distinct t.${quoteName(calendar.column)} as ${name}\nfrom ${refCall(calendar.of)} as t`;
    case 'events': {
      if (calendar.entity.length !== entity.length)
        refuse('CH257', {
          problem: "the calendar's events have another number of entity columns than the spine",
          fix: `Give one column for each of ${entity.join(', ')}.`,
        });
      const later =
        calendar.delay === undefined
          ? ''
          : ` + ${intervalText(durationOf(calendar.delay, '`delay` of the calendar'))}`;
      const keys = calendar.entity.map(
        (column, i) => `e.${quoteName(column)} as ${quoteName(entity[i] as string)}`,
      );
      return `select distinct ${keys.join(', ')}, e.${quoteName(calendar.knownAt)}${later} as ${name}\nfrom ${refCall(calendar.of)} as e`;
    }
  }
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

const dayLength = 24 * 3_600_000;

/** Steps from the first prediction time that do not pass `until`. */
function countUntil({ first, unit }: Extract<Calendar, { kind: 'periods' }>, until: string): number {
  instant(until, '`until` of the calendar');
  const start = parseInstant(first);
  const end = parseInstant(until);
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
