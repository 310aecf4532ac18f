import type { Calendar } from '../define/calendar.ts';
import { intervalText } from '../define/duration.ts';
import { refCall } from '../typed/duckdb-dialect.ts';
import { quoteName } from '../typed/keywords.ts';
import { refuse } from '../typed/problem.ts';
import { countOf, instant } from './calendar-times.ts';
import { durationOf } from './window.ts';

/** The select of a calendar's prediction times: of each entity for events, of all alike otherwise. */
export function calendarQuery(calendar: Calendar, entity: readonly string[], time: string): string {
  const name = quoteName(time);
  switch (calendar.kind) {
    case 'periods': {
      const { unit, first, last, before } = calendar;
      if ('until' in last) instant(last.until, '`until` of the calendar');
      const count = countOf(calendar);
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
