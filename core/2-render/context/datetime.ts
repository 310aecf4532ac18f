import { raise } from '../jinja/error.ts';
import { integer, text } from '../jinja/filters/filter.ts';
import { numberOf } from '../jinja/values/compare.ts';
import { Bag, NativeFunction, native } from '../jinja/values/native.ts';
import type { Value } from '../jinja/values/value.ts';
import { DateTime, TimeDelta } from './date-time.ts';
import { contextOf } from './node-context.ts';
import { parseTime } from './strftime.ts';

const day = 86_400_000;

/** The clock is the run's start, and reading it keeps the node out of the cache. */
const now = (kind: 'date' | 'datetime', isUtc: boolean) =>
  native('now', ['tz?'], (_args, evaluator) => {
    const context = contextOf(evaluator);
    context.reads.add('clock:');
    const time = context.around.startedAt().getTime();
    return new DateTime(kind === 'date' ? Math.floor(time / day) * day : time, kind, isUtc);
  });

const parse = (kind: 'datetime') =>
  native('strptime', ['date_string', 'format'], ([value, format]) => {
    const time = parseTime(text(value), text(format));
    return time === undefined
      ? raise('CH204', { problem: `\`${text(value)}\` does not match the format \`${text(format)}\`` })
      : new DateTime(time, kind);
  });

const fromIso = (kind: 'date' | 'datetime') =>
  native('fromisoformat', ['date_string'], ([value]) => {
    const time = Date.parse(
      `${text(value).replace(' ', 'T').slice(0, 23).padEnd(10)}${text(value).length > 10 ? 'Z' : ''}`,
    );
    return Number.isNaN(time)
      ? raise('CH204', { problem: `\`${text(value)}\` is no ISO date` })
      : new DateTime(time, kind);
  });

const make = (kind: 'date' | 'datetime', attributes: Readonly<Record<string, Value>>) =>
  new NativeFunction(
    kind,
    ['year', 'month', 'day', 'hour?', 'minute?', 'second?', 'microsecond?', 'tzinfo?'],
    (args) => {
      const [y, mo, d, h, mi, s, us] = args.slice(0, 7).map((value) => integer(value, 0)) as [
        number,
        number,
        number,
        number,
        number,
        number,
        number,
      ];
      return new DateTime(Date.UTC(y, mo - 1, d, h, mi, s, Math.floor(us / 1000)), kind);
    },
    new Map(Object.entries(attributes)),
  );

const timedelta = native(
  'timedelta',
  ['days?', 'seconds?', 'microseconds?', 'milliseconds?', 'minutes?', 'hours?', 'weeks?'],
  (args) => {
    const units = [day, 1000, 0.001, 1, 60_000, 3_600_000, 7 * day];
    return new TimeDelta(
      args.reduce<number>((sum, value, i) => sum + (numberOf(value) ?? 0) * (units[i] as number), 0),
    );
  },
);

/** `modules.datetime`, in the parts that dbt projects use. */
export const datetimeModule = Bag.of('datetime', {
  datetime: make('datetime', {
    now: now('datetime', false),
    utcnow: now('datetime', false),
    today: now('datetime', false),
    strptime: parse('datetime'),
    fromisoformat: fromIso('datetime'),
  }),
  date: make('date', { today: now('date', false), fromisoformat: fromIso('date') }),
  timedelta,
});
