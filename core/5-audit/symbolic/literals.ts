import type { IntervalValue } from '../../sql/index.ts';
import { DAY, HOUR, MINUTE, SECOND } from './term.ts';

/** Microseconds since 1970 of a date or timestamp literal without a zone; undefined for other spellings. */
export function parseTime(text: string): number | undefined {
  const found = text
    .trim()
    .match(/^(\d{4})-(\d{1,2})-(\d{1,2})(?:[ T](\d{1,2}):(\d{2})(?::(\d{2})(?:\.(\d{1,6}))?)?)?$/);
  if (found === null) return undefined;
  const [year, month, day, hour, minute, second] = found.slice(1, 7).map((part) => Number(part ?? 0));
  const fraction = Number((found[7] ?? '').padEnd(6, '0'));
  const millis = Date.UTC(year ?? 0, (month ?? 1) - 1, day, hour, minute, second);
  return Number.isNaN(millis) ? undefined : millis * 1000 + fraction;
}

const UNITS: Readonly<Record<string, Partial<IntervalValue>>> = {
  year: { months: 12 },
  quarter: { months: 3 },
  month: { months: 1 },
  week: { days: 7 },
  day: { days: 1 },
  hour: { micros: HOUR },
  minute: { micros: MINUTE },
  second: { micros: SECOND },
};

/** `30 days`, `1 month 2 days`, `-01:30:00`; undefined for spellings we do not read. */
export function parseInterval(text: string): IntervalValue | undefined {
  let [months, days, micros] = [0, 0, 0];
  let rest = text.trim().toLowerCase();
  if (rest === '') return undefined;
  while (rest !== '') {
    const amount = rest.match(/^([+-]?\d+)\s*([a-z]+)\s*/);
    const clock = rest.match(/^([+-]?)(\d+):(\d{2})(?::(\d{2}))?\s*$/);
    if (amount !== null) {
      const unit = UNITS[(amount[2] as string).replace(/s$/, '')];
      if (unit === undefined) return undefined;
      const count = Number(amount[1]);
      months += count * (unit.months ?? 0);
      days += count * (unit.days ?? 0);
      micros += count * (unit.micros ?? 0);
      rest = rest.slice(amount[0].length);
    } else if (clock !== null) {
      const sign = clock[1] === '-' ? -1 : 1;
      micros += sign * (Number(clock[2]) * HOUR + Number(clock[3]) * MINUTE + Number(clock[4] ?? 0) * SECOND);
      rest = '';
    } else return undefined;
  }
  return { months, days, micros };
}

/** `30 days`, `-1 day 6 hours`: a span of microseconds in words. */
export function spanText(micros: number): string {
  if (micros === 0) return '0';
  const parts: string[] = [];
  let rest = Math.abs(micros);
  for (const [unit, size] of [
    ['day', DAY],
    ['hour', HOUR],
    ['minute', MINUTE],
    ['second', SECOND],
  ] as const) {
    const count = Math.floor(rest / size);
    if (count > 0) parts.push(`${count} ${unit}${count === 1 ? '' : 's'}`);
    rest -= count * size;
  }
  if (rest > 0) parts.push(`${rest} microsecond${rest === 1 ? '' : 's'}`);
  return `${micros < 0 ? '-' : ''}${parts.join(' ')}`;
}
