import type { IntervalValue } from '../../sql/index.ts';
import { type Context, modulo } from './context.ts';
import type { Formula } from './formula.ts';
import { DAY, HOUR, MINUTE, type ScalarTerm, SECOND, type Term } from './term.ts';

/** The least and most microseconds an interval adds; months and years vary. */
export function spanOf({ months, days, micros }: IntervalValue): {
  readonly least: number;
  readonly most: number;
} {
  const fixed = days * DAY + micros;
  if (months === 0) return { least: fixed, most: fixed };
  const count = Math.abs(months);
  const years = Math.floor(count / 12);
  const rest = count % 12;
  const shortest = (years * 365 + rest * 28) * DAY;
  const longest = (years * 366 + rest * 31) * DAY;
  return months > 0
    ? { least: shortest + fixed, most: longest + fixed }
    : { least: -longest + fixed, most: -shortest + fixed };
}

/** time + interval. */
export function shift(context: Context, time: ScalarTerm, interval: IntervalValue): ScalarTerm {
  const { least, most } = spanOf(interval);
  if (least === most) return context.scalar('time', time.symbol, time.offset + least, time.isNull);
  const start = monthStart(context, time);
  if (start !== undefined && start.months !== 0) {
    // First days of months add up exactly.
    const { months, days, micros } = interval;
    const fixed = days * DAY + micros;
    const whole = { months: start.months + months, days: 0, micros: 0 };
    const moved = whole.months === 0 ? start.of : shift(context, start.of, whole);
    return context.scalar('time', moved.symbol, moved.offset + fixed, moved.isNull);
  }
  const key = `shift ${time.key} ${interval.months} ${interval.days} ${interval.micros}`;
  return context.remember(key, () => {
    const grid = context.gridOf(time);
    const onDays = grid !== undefined && grid.size % DAY === 0 && interval.micros === 0;
    const shifted = context.scalar(
      'time',
      context.symbol('months away', onDays ? { size: DAY, offset: modulo(grid.offset, DAY) } : undefined),
      0,
      time.isNull,
    );
    context.define(
      shifted.symbol,
      context.atMost(time, shifted, -least),
      context.atMost(shifted, time, most),
    );
    context.from(shifted, time);
    if (interval.days === 0 && interval.micros === 0)
      context.shifted.set(shifted.symbol, { of: time, months: interval.months });
    const truncation = time.offset === 0 ? context.truncations.get(time.symbol) : undefined;
    // The start of the next month (quarter, year) lies after the time that this one was the start for.
    if (truncation !== undefined && interval.months >= (UNEVEN[truncation.unit]?.months ?? Infinity)) {
      const fixed = interval.days * DAY + interval.micros;
      context.define(shifted.symbol, context.atMost(truncation.of, shifted, -fixed - 1));
    }
    return shifted;
  }) as ScalarTerm;
}

/** The first day of a month that a time is whole months away from. */
function monthStart(
  context: Context,
  time: ScalarTerm,
): { readonly of: ScalarTerm; readonly months: number } | undefined {
  if (time.offset !== 0) return undefined;
  if (context.truncations.has(time.symbol)) return { of: time, months: 0 };
  const shifted = context.shifted.get(time.symbol);
  if (shifted === undefined || shifted.of.offset !== 0 || !context.truncations.has(shifted.of.symbol))
    return undefined;
  return shifted;
}

export function negateInterval({ months, days, micros }: IntervalValue): IntervalValue {
  return { months: -months, days: -days, micros: -micros };
}

const EVEN: Readonly<Record<string, { readonly size: number; readonly offset: number }>> = {
  second: { size: SECOND, offset: 0 },
  minute: { size: MINUTE, offset: 0 },
  hour: { size: HOUR, offset: 0 },
  day: { size: DAY, offset: 0 },
  // 1970-01-01 was a Thursday; weeks begin on Mondays.
  week: { size: 7 * DAY, offset: 4 * DAY },
};
/** Days, and months, of units that are not all equal. */
const UNEVEN: Readonly<
  Record<string, { readonly least: number; readonly most: number; readonly months: number }>
> = {
  month: { least: 28, most: 31, months: 1 },
  quarter: { least: 90, most: 92, months: 3 },
  year: { least: 365, most: 366, months: 12 },
};

/** date_trunc: the greatest grid point not after the time. */
export function truncate(context: Context, unit: string, time: ScalarTerm): ScalarTerm | undefined {
  const even = EVEN[unit];
  const uneven = UNEVEN[unit];
  const most = even?.size ?? (uneven && uneven.most * DAY);
  if (most === undefined) return undefined;
  const own = context.gridOf(time);
  if (
    even !== undefined &&
    own !== undefined &&
    own.size % even.size === 0 &&
    modulo(own.offset - even.offset, even.size) === 0
  ) {
    return time;
  }
  const away = time.offset === 0 ? context.shifted.get(time.symbol) : undefined;
  if (uneven !== undefined && away !== undefined && away.months % uneven.months === 0) {
    const start = truncate(context, unit, away.of);
    if (start !== undefined) return shift(context, start, { months: away.months, days: 0, micros: 0 });
  }
  return context.remember(`truncate ${unit} ${time.key}`, () => {
    const symbol = context.symbol(`start of ${unit}`, even ?? { size: DAY, offset: 0 });
    const start = context.scalar('time', symbol, 0, time.isNull);
    context.define(symbol, context.atMost(start, time, 0), context.atMost(time, start, most - 1));
    context.from(start, time);
    if (uneven !== undefined) context.truncations.set(symbol, { of: time, unit, days: uneven.least });
    return start;
  }) as ScalarTerm;
}

/**
 * Truncation to months, quarters and years keeps order, although their grids are uneven: of two starts of the
 * same unit, the earlier one's time lies before the later start.
 */
export function unevenGridFacts(context: Context, symbols: Iterable<number>): Formula[] {
  const found = [...symbols].filter((symbol) => context.truncations.has(symbol)).sort((a, b) => a - b);
  const facts: Formula[] = [];
  for (const first of found) {
    for (const second of found) {
      const a = context.truncations.get(first);
      const b = context.truncations.get(second);
      if (first === second || a === undefined || b === undefined || a.unit !== b.unit) continue;
      const start = context.scalar('time', first, 0, context.f.false);
      const later = context.scalar('time', second, 0, context.f.false);
      facts.push(
        context.f.or(
          context.atMost(later, start, 0),
          context.f.and(context.atMost(a.of, later, -1), context.atMost(start, later, -a.days * DAY)),
        ),
      );
    }
  }
  return facts;
}

/** date_trunc of an instant, by the wall clock of the session's zone: no grid, and days of 25 hours. */
export function truncateZoned(context: Context, unit: string, time: ScalarTerm): ScalarTerm | undefined {
  const most = EVEN[unit]?.size ?? (UNEVEN[unit]?.most ?? 0) * DAY;
  if (most === 0) return undefined;
  return within(context, `zoned start of ${unit}`, time, -most - 2 * HOUR, 0);
}

/** Calendar days of an instant are not 24 hours where the zone's offset changes, by a day at most. */
export function acrossZoneChanges(context: Context, moved: ScalarTerm): ScalarTerm {
  return within(context, 'across zone changes', moved, -26 * HOUR, 26 * HOUR);
}

/** Whole milliseconds, however rounded. */
export function milliseconds(context: Context, time: ScalarTerm): ScalarTerm {
  return within(context, 'milliseconds', time, -999, 999);
}

/** A time between `least` and `most` microseconds from another. */
function within(context: Context, name: string, time: ScalarTerm, least: number, most: number): ScalarTerm {
  return context.remember(`${name} ${time.key}`, () => {
    const near = context.scalar('time', context.symbol(name), 0, time.isNull);
    context.from(near, time);
    context.define(near.symbol, context.atMost(time, near, -least), context.atMost(near, time, most));
    return near;
  }) as ScalarTerm;
}

/** Time zones lie within this of UTC, historical ones included. */
const ZONE_SLACK = 16 * HOUR;

/** The wall clock of an instant in some zone, or the instant of a wall clock. */
export function rezone(context: Context, time: ScalarTerm, zone: string): ScalarTerm {
  if (/^(utc|etc\/utc|gmt|z)$/i.test(zone)) return time;
  return within(context, `time in zone ${zone}`, time, -ZONE_SLACK, ZONE_SLACK);
}

/** A term that counts whole units in x - y; compared with constants, it becomes a difference. */
export function countBetween(
  context: Context,
  name: string,
  x: ScalarTerm,
  y: ScalarTerm,
  unit: CountUnit,
): Term {
  const isNull = context.f.or(x.isNull, y.isNull);
  return context.remember(`${name} ${x.key} ${y.key}`, () => {
    const symbol = context.symbol(name);
    context.counts.set(symbol, { x, y, ...unit });
    return context.scalar(unit.scale === undefined ? 'int' : 'other', symbol, 0, isNull);
  });
}

interface CountUnit {
  readonly atLeast: (k: number) => number;
  readonly atMost: (k: number) => number;
  readonly exact: boolean;
  readonly scale?: number;
}

/** date_diff(unit, from, to): boundaries crossed. Undefined for units whose rule we do not model. */
export function dateDiff(context: Context, unit: string, from: ScalarTerm, to: ScalarTerm): Term | undefined {
  const name = `date_diff ${unit}`;
  const even = EVEN[unit];
  if (even !== undefined && unit !== 'week') {
    const x = truncate(context, unit, to);
    const y = truncate(context, unit, from);
    if (x === undefined || y === undefined) return undefined;
    const size = even.size;
    return countBetween(context, name, x, y, {
      atLeast: (k) => k * size,
      atMost: (k) => k * size,
      exact: true,
    });
  }
  if (unit === 'week') return wholeUnits(context, name, from, to, 7 * DAY);
  const uneven = UNEVEN[unit];
  const x = truncate(context, unit, to);
  const y = truncate(context, unit, from);
  if (uneven === undefined || x === undefined || y === undefined) return undefined;
  const { least, most } = uneven;
  return countBetween(context, name, x, y, {
    atLeast: (k) => k * (k >= 0 ? least : most) * DAY,
    atMost: (k) => k * (k >= 0 ? most : least) * DAY,
    exact: false,
  });
}

/** Whole units between, however the remainder is rounded: off by less than one unit either way. */
export function wholeUnits(
  context: Context,
  name: string,
  from: ScalarTerm,
  to: ScalarTerm,
  size: number,
): Term {
  return countBetween(context, name, to, from, {
    atLeast: (k) => (k - 1) * size + 1,
    atMost: (k) => (k + 1) * size - 1,
    exact: false,
  });
}
