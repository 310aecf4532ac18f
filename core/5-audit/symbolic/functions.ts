import type { FunctionExpression, IntervalValue, PlanExpression } from '../../sql/index.ts';
import {
  betweenEpochs,
  firstOfMonth,
  monthNumber,
  ordered,
  partOfInterval,
  year,
  yearAndMonth,
  yearScaled,
} from './calendar-parts.ts';
import { compare } from './compare.ts';
import type { Context } from './context.ts';
import { parseInterval } from './literals.ts';
import { DAY, HOUR, isZonedType, MINUTE, type ScalarTerm, SECOND, type Term } from './term.ts';
import {
  acrossZoneChanges,
  countBetween,
  dateDiff,
  milliseconds,
  negateInterval,
  rezone,
  shift,
  truncate,
  truncateZoned,
  wholeUnits,
} from './time.ts';

type Handler = (context: Context, call: FunctionExpression, terms: readonly Term[]) => Term | undefined;

/** What is known of a function's value; undefined: nothing, beyond that it is one. */
export function evaluateFunction(
  context: Context,
  call: FunctionExpression,
  terms: readonly Term[],
): Term | undefined {
  const interval = call.type === 'INTERVAL' ? intervalOf(call) : undefined;
  return interval ? intervalConstant(context, interval) : handlers[call.name]?.(context, call, terms);
}

/** A constant interval: compared with time differences, and added to times. */
export function intervalConstant(context: Context, value: IntervalValue): ScalarTerm {
  return context.remember(`interval ${JSON.stringify(value)}`, () =>
    context.scalar('interval', context.symbol('interval'), 0, context.f.false, { kind: 'interval', value }),
  ) as ScalarTerm;
}

const isTime = (term: Term | undefined): term is ScalarTerm => term?.sort === 'time';
const isInt = (term: Term | undefined): term is ScalarTerm => term?.sort === 'int';

const handlers: Readonly<Record<string, Handler>> = {
  '+': (context, call, terms) => plus(context, call, terms, 1),
  '-': (context, call, terms) => (terms.length === 1 ? undefined : plus(context, call, terms, -1)),
  date_trunc: truncation,
  datetrunc: truncation,
  date_diff: difference,
  datediff: difference,
  date_sub: wholeDifference,
  datesub: wholeDifference,
  greatest: (context, _call, terms) => extreme(context, terms, '>='),
  least: (context, _call, terms) => extreme(context, terms, '<='),
  timezone: (context, _call, [zone, time]) =>
    isTime(time) ? rezone(context, time, literal(zone) || 'an unknown zone') : undefined,
  last_day: (context, call, [time]) => {
    const local = wallClock(context, call.children[0], time);
    const start = isTime(local) ? truncate(context, 'month', local) : undefined;
    return start && shift(context, start, { months: 1, days: -1, micros: 0 });
  },
  strftime: (context, call, [time, format]) =>
    spell(context, call, wallClock(context, call.children[0], time), format),
  year: (context, call, [time]) => year(context, wallClock(context, call.children[0], time)),
  month: (context, call, [time]) => monthNumber(context, wallClock(context, call.children[0], time)),
  '*': (context, call, terms) => yearScaled(context, call, terms),
  make_date: (context, _call, terms) => firstOfMonth(context, terms),
  date_part: (context, call, [unit, value]) => {
    if (value?.sort === 'interval') return partOfInterval(context, unitOf(unit), value);
    const time = wallClock(context, call.children[1], value);
    if (unitOf(unit) === 'year') return year(context, time);
    if (unitOf(unit) === 'month') return monthNumber(context, time);
    return unitOf(unit) === 'epoch' && isTime(time) ? ordered(context, 'epoch', time) : undefined;
  },
  epoch: (context, _call, [value]) => {
    if (value?.sort === 'interval') return partOfInterval(context, 'epoch', value);
    return isTime(value) ? ordered(context, 'epoch', value) : undefined;
  },
  epoch_us: (context, _call, [time]) => (isTime(time) ? ordered(context, 'epoch_us', time) : undefined),
  epoch_ms: (context, _call, [time]) =>
    isTime(time) ? ordered(context, 'epoch_ms', milliseconds(context, time)) : undefined,
  struct_extract: (context, _call, [struct, field]) =>
    struct && context.structs.get(struct.key)?.get(literal(field).toLowerCase()),
  normalized_interval: (_context, _call, [interval]) => interval,
};

function wholeDifference(
  context: Context,
  call: FunctionExpression,
  terms: readonly Term[],
): Term | undefined {
  const size = SIZES[unitOf(terms[0])];
  const from = wallClock(context, call.children[1], terms[1]);
  const to = wallClock(context, call.children[2], terms[2]);
  if (size === undefined || !isTime(from) || !isTime(to)) return undefined;
  return wholeUnits(context, `date_sub ${unitOf(terms[0])}`, from, to, size);
}

function spell(
  context: Context,
  call: FunctionExpression,
  time: Term | undefined,
  format: Term | undefined,
): Term | undefined {
  const unit = FORMATS[literal(format)];
  const start = unit === undefined || !isTime(time) ? undefined : truncate(context, unit, time);
  if (start === undefined || !isTime(time)) return undefined;
  const text = context.remember(`strftime ${literal(format)} ${time.key}`, () =>
    context.scalar('text', context.symbol(call.name), 0, time.isNull),
  ) as ScalarTerm;
  context.spelled.set(text.key, { format: literal(format), time: start });
  return text;
}

const FORMATS: Readonly<Record<string, string>> = {
  '%Y-%m-%d': 'day',
  '%Y%m%d': 'day',
  '%Y/%m/%d': 'day',
  '%Y-%m': 'month',
  '%Y%m': 'month',
  '%Y': 'year',
  '%Y-%m-%d %H': 'hour',
  '%Y-%m-%d %H:%M': 'minute',
  '%Y-%m-%d %H:%M:%S': 'second',
};
const SIZES: Readonly<Record<string, number>> = {
  second: SECOND,
  minute: MINUTE,
  hour: HOUR,
  day: DAY,
  week: 7 * DAY,
};

/** A constant text argument, else the empty text. */
function literal(term: Term | undefined): string {
  return term === undefined || term.sort === 'bool' || term.constant?.kind !== 'text'
    ? ''
    : term.constant.value;
}

/** The name of a date part: `DAYS` is `day`. */
function unitOf(term: Term | undefined): string {
  return literal(term).toLowerCase().replace(/s$/, '');
}

/** Wall clock time of an argument: what date parts of a TIMESTAMPTZ are taken from, in the session's zone. */
function wallClock(
  context: Context,
  expression: PlanExpression | undefined,
  term: Term | undefined,
): Term | undefined {
  return isTime(term) && isZoned(expression) ? rezone(context, term, 'session time zone') : term;
}

function isZoned(expression: PlanExpression | undefined): boolean {
  return expression !== undefined && isZonedType(expression.type);
}

function truncation(
  context: Context,
  call: FunctionExpression,
  [unit, time]: readonly Term[],
): Term | undefined {
  if (!isTime(time)) return undefined;
  return isZoned(call.children[1])
    ? truncateZoned(context, unitOf(unit), time)
    : truncate(context, unitOf(unit), time);
}

function difference(context: Context, call: FunctionExpression, terms: readonly Term[]): Term | undefined {
  const from = wallClock(context, call.children[1], terms[1]);
  const to = wallClock(context, call.children[2], terms[2]);
  return isTime(from) && isTime(to) ? dateDiff(context, unitOf(terms[0]), from, to) : undefined;
}

/** time +- interval, date +- days, integers, date - date, timestamp - timestamp. */
function plus(
  context: Context,
  call: FunctionExpression,
  terms: readonly Term[],
  sign: 1 | -1,
): Term | undefined {
  const [a, b] = terms;
  if (a === undefined || b === undefined) return undefined;
  if (isTime(a) && isTime(b) && sign === -1) return subtract(context, call, a, b);
  const time = isTime(a) ? a : isTime(b) && sign === 1 ? b : undefined;
  if (time !== undefined) {
    const position = time === a ? 1 : 0;
    const moved = addToTime(context, time, call.children[position], terms[position], sign);
    return moved && isZoned(call.children[1 - position]) ? acrossZoneChanges(context, moved) : moved;
  }
  const difference = sign === -1 ? betweenEpochs(context, a, b) : undefined;
  if (difference !== undefined) return difference;
  if (isInt(a) && isInt(b)) {
    const months = sign === 1 ? yearAndMonth(context, a, b) : undefined;
    if (months !== undefined) return months;
    const known = constantOf(b);
    if (known !== undefined) return shiftInteger(context, a, sign * known);
    const other = constantOf(a);
    if (other !== undefined && sign === 1) return shiftInteger(context, b, other);
  }
  return undefined;
}

function shiftInteger(context: Context, term: ScalarTerm, by: number): Term {
  const known = constantOf(term);
  if (known !== undefined) return context.integer('int', known + by);
  return context.scalar('int', term.symbol, term.offset + by, term.isNull);
}

function constantOf(term: ScalarTerm): number | undefined {
  return term.symbol === 0 && term.constant?.kind === 'number' ? term.constant.value : undefined;
}

function subtract(
  context: Context,
  call: FunctionExpression,
  a: ScalarTerm,
  b: ScalarTerm,
): Term | undefined {
  if (call.type === 'BIGINT' || call.type === 'INTEGER') {
    return countBetween(context, 'days', a, b, {
      atLeast: (k) => k * DAY,
      atMost: (k) => k * DAY,
      exact: true,
    });
  }
  if (call.type !== 'INTERVAL' || call.children.some((child) => isZoned(child))) return undefined;
  const unit = { atLeast: (k: number) => k, atMost: (k: number) => k, exact: true };
  const micros = countBetween(context, 'time between', a, b, unit) as ScalarTerm;
  return context.scalar('interval', micros.symbol, micros.offset, micros.isNull);
}

function addToTime(
  context: Context,
  time: ScalarTerm,
  expression: PlanExpression | undefined,
  term: Term | undefined,
  sign: 1 | -1,
): ScalarTerm | undefined {
  if (expression === undefined || term === undefined) return undefined;
  const interval = intervalOf(expression) ?? (isInt(term) && daysOf(term));
  if (!interval) return undefined;
  return shift(context, time, sign === 1 ? interval : negateInterval(interval));
}

function daysOf(term: ScalarTerm): IntervalValue | undefined {
  const days = constantOf(term);
  return days === undefined ? undefined : { months: 0, days, micros: 0 };
}

const MAKERS: Readonly<Record<string, IntervalValue>> = {
  to_years: { months: 12, days: 0, micros: 0 },
  to_quarters: { months: 3, days: 0, micros: 0 },
  to_months: { months: 1, days: 0, micros: 0 },
  to_weeks: { months: 0, days: 7, micros: 0 },
  to_days: { months: 0, days: 1, micros: 0 },
  to_hours: { months: 0, days: 0, micros: HOUR },
  to_minutes: { months: 0, days: 0, micros: MINUTE },
  to_seconds: { months: 0, days: 0, micros: SECOND },
  to_milliseconds: { months: 0, days: 0, micros: 1000 },
  to_microseconds: { months: 0, days: 0, micros: 1 },
};

/** A constant interval, however it is spelt: `interval 30 day` is bound as `to_days(cast(trunc(...)))`. */
export function intervalOf(expression: PlanExpression): IntervalValue | undefined {
  if (expression.kind === 'constant')
    return expression.value.kind === 'interval' ? expression.value.value : undefined;
  if (expression.kind === 'cast' && expression.type === 'INTERVAL') {
    const { child } = expression;
    if (child.kind === 'constant' && child.value.kind === 'text') return parseInterval(child.value.value);
    return intervalOf(child);
  }
  if (expression.kind !== 'function') return undefined;
  const [first, second] = expression.children;
  const unit = MAKERS[expression.name];
  if (unit !== undefined && first !== undefined) {
    const count = numberOf(first);
    if (count === undefined || !Number.isInteger(count)) return undefined;
    return scale(unit, count);
  }
  if (first === undefined) return undefined;
  if (expression.name === 'normalized_interval') return undefined;
  if (expression.name === '-' && second === undefined) {
    const inner = intervalOf(first);
    return inner && negateInterval(inner);
  }
  if (second === undefined) return undefined;
  const [a, b] = [intervalOf(first), intervalOf(second)];
  if (a !== undefined && b !== undefined && (expression.name === '+' || expression.name === '-')) {
    return add(a, expression.name === '+' ? b : negateInterval(b));
  }
  if (expression.name === '*') {
    const interval = a ?? b;
    const count = numberOf(a === undefined ? first : second);
    if (interval !== undefined && count !== undefined && Number.isInteger(count))
      return scale(interval, count);
  }
  return undefined;
}

function numberOf(expression: PlanExpression): number | undefined {
  if (expression.kind === 'constant')
    return expression.value.kind === 'number' ? expression.value.value : undefined;
  if (expression.kind === 'cast') return numberOf(expression.child);
  if (expression.kind !== 'function') return undefined;
  const [first, second] = expression.children;
  const inner = first && numberOf(first);
  if (inner === undefined) return undefined;
  if (expression.name === 'trunc' && second === undefined) return Math.trunc(inner);
  if (expression.name === '-' && second === undefined) return -inner;
  return undefined;
}

const scale = ({ months, days, micros }: IntervalValue, by: number): IntervalValue => ({
  months: months * by,
  days: days * by,
  micros: micros * by,
});
const add = (a: IntervalValue, b: IntervalValue): IntervalValue => ({
  months: a.months + b.months,
  days: a.days + b.days,
  micros: a.micros + b.micros,
});
function extreme(context: Context, terms: readonly Term[], operator: '>=' | '<='): Term | undefined {
  const { f } = context;
  if (!terms.every((term) => isTime(term)) && !terms.every((term) => isInt(term))) return undefined;
  // greatest and least skip NULLs.
  const all: readonly Term[] = terms;
  return all.reduce((a, b) => {
    const wins = compare(context, operator, a, b).isTrue;
    const takesA = f.or(context.isNull(b), f.and(f.not(context.isNull(a)), wins));
    return context.choose(takesA, a, b);
  });
}
