import type { FunctionExpression } from '../../sql/index.ts';
import type { Context } from './context.ts';
import type { Formula } from './formula.ts';
import { DAY, type ScalarTerm, SECOND, type Term } from './term.ts';
import { countBetween, truncate } from './time.ts';

const isTime = (term: Term | undefined): term is ScalarTerm => term?.sort === 'time';
const isInt = (term: Term | undefined): term is ScalarTerm => term?.sort === 'int';

/** A number that grows with the year. */
export function year(context: Context, time: Term | undefined): Term | undefined {
  const start = isTime(time) ? truncate(context, 'year', time) : undefined;
  if (start === undefined) return undefined;
  const number = ordered(context, 'year', start);
  context.parts.set(number.key, { part: 'year', time: time as ScalarTerm });
  return number;
}

/** Compared with its like, such a number compares as the times do; otherwise nothing is known. */
export function ordered(context: Context, name: string, time: ScalarTerm): Term {
  const isWhole = name !== 'epoch';
  const number = context.remember(`${name} ${time.key}`, () =>
    context.scalar(isWhole ? 'int' : 'other', context.symbol(name), 0, time.isNull),
  ) as ScalarTerm;
  context.spelled.set(number.key, { format: name, time });
  return number;
}

/** The month within its year, 1 to 12; those of one year compare as the months do. */
export function monthNumber(context: Context, time: Term | undefined): Term | undefined {
  if (!isTime(time)) return undefined;
  const month = truncate(context, 'month', time);
  const yearStart = truncate(context, 'year', time);
  if (month === undefined || yearStart === undefined) return undefined;
  const number = context.remember(`month of ${time.key}`, () => {
    const symbol = context.symbol('month');
    context.define(symbol, context.f.le(symbol, 0, 12), context.f.le(0, symbol, -1));
    context.monthNumbers.set(symbol, { month, year: yearStart });
    return context.scalar('int', symbol, 0, time.isNull);
  });
  context.parts.set(number.key, { part: 'month', time });
  return number;
}

/** Of two numbers of months in the same year, the smaller one's month is the earlier one. */
export function monthNumberFacts(context: Context, symbols: Iterable<number>): Formula[] {
  const { f } = context;
  const found = [...symbols].filter((symbol) => context.monthNumbers.has(symbol)).sort((a, b) => a - b);
  return found.flatMap((first, index) =>
    found.slice(index + 1).flatMap((second) => {
      const [a, b] = [context.monthNumbers.get(first), context.monthNumbers.get(second)];
      if (a === undefined || b === undefined) return [];
      const sameYear = context.sameValue(a.year, b.year);
      return [
        f.implies(sameYear, f.iff(f.le(first, second, -1), context.atMost(a.month, b.month, -1))),
        f.implies(sameYear, f.iff(f.le(second, first, -1), context.atMost(b.month, a.month, -1))),
      ];
    }),
  );
}

/** `year(t) * 12`, `year(t) * 100`. */
export function yearScaled(
  context: Context,
  call: FunctionExpression,
  terms: readonly Term[],
): Term | undefined {
  const [a, b] = terms;
  const factor = numberIn(a) ?? numberIn(b);
  const number = numberIn(a) === undefined ? a : b;
  const part = number && context.parts.get(number.key);
  if (!isInt(number) || factor === undefined || factor < 12 || part?.part !== 'year') return undefined;
  const scaled = context.remember(`${call.name} ${factor} ${number.key}`, () =>
    context.scalar('int', context.symbol('year scaled'), 0, number.isNull),
  );
  context.parts.set(scaled.key, { part: `year * ${factor}`, time: part.time });
  return scaled;
}

/** `year(t) * 12 + month(t)`: a number that grows with the month. */
export function yearAndMonth(context: Context, a: ScalarTerm, b: ScalarTerm): Term | undefined {
  const parts = [context.parts.get(a.key), context.parts.get(b.key)];
  const scaled = parts.find((part) => part?.part.startsWith('year *'));
  const month = parts.find((part) => part?.part === 'month');
  if (scaled === undefined || month === undefined || scaled.time.key !== month.time.key) return undefined;
  const start = truncate(context, 'month', month.time);
  return start && ordered(context, `${scaled.part} + month`, start);
}

/** `make_date(year(t), month(t), 1)`: the first day of the month. */
export function firstOfMonth(context: Context, terms: readonly Term[]): Term | undefined {
  const [a, b, day] = terms;
  const [inYear, inMonth] = [a && context.parts.get(a.key), b && context.parts.get(b.key)];
  if (inYear?.part !== 'year' || inMonth?.part !== 'month' || inYear.time.key !== inMonth.time.key)
    return undefined;
  return numberIn(day) === 1 ? truncate(context, 'month', inMonth.time) : undefined;
}

/** `epoch(a) - epoch(b)`: seconds, as a double that may be half a microsecond off. */
export function betweenEpochs(context: Context, a: Term, b: Term): Term | undefined {
  const [x, y] = [context.spelled.get(a.key), context.spelled.get(b.key)];
  if (x?.format !== 'epoch' || y?.format !== 'epoch') return undefined;
  return countBetween(context, 'seconds between', x.time, y.time, {
    atLeast: (k) => k,
    atMost: (k) => k + 1,
    exact: false,
    scale: SECOND,
  });
}

/** The seconds, or the whole days, of a difference of timestamps. */
export function partOfInterval(context: Context, part: string, interval: Term): Term | undefined {
  if (interval.sort !== 'interval' || interval.offset !== 0) return undefined;
  const counted = context.counts.get(interval.symbol);
  if (counted === undefined || !counted.exact) return undefined;
  const { x, y } = counted;
  if (part === 'epoch') {
    const micros = { atLeast: (k: number) => k, atMost: (k: number) => k, exact: true, scale: SECOND };
    return countBetween(context, 'seconds of the difference', x, y, micros);
  }
  // Days are cut off towards zero: from k days on where k is positive, from above k - 1 days otherwise.
  const atLeast = (k: number): number => (k > 0 ? k * DAY : (k - 1) * DAY + 1);
  const days = { atLeast, atMost: (k: number) => atLeast(k + 1) - 1, exact: true };
  return part === 'day' ? countBetween(context, 'days of the difference', x, y, days) : undefined;
}

function numberIn(term: Term | undefined): number | undefined {
  return term !== undefined && term.sort !== 'bool' && term.constant?.kind === 'number'
    ? term.constant.value
    : undefined;
}
