import { childrenOf, type PlanExpression, type PlanOperator } from '../../sql/index.ts';
import { intervalOf } from '../symbolic/functions.ts';
import { parseInterval, parseTime } from '../symbolic/literals.ts';
import { DAY } from '../symbolic/term.ts';
import { spanOf } from '../symbolic/time.ts';

/** Values worth trying: those that the SQL itself mentions. */
export interface Hints {
  readonly texts: readonly string[];
  readonly numbers: readonly number[];
  /** Microseconds from a prediction time. */
  readonly offsets: readonly number[];
  /** Names of columns that hold entities, and of those that hold prediction times. */
  readonly entities: ReadonlySet<string>;
  readonly moments: ReadonlySet<string>;
}

/** The constants of the plans of a model and of what it reads. */
export function hintsOf(
  plans: readonly PlanOperator[],
  entities: ReadonlySet<string>,
  moments: ReadonlySet<string>,
): Hints {
  const texts = new Set(['a', 'b']);
  const numbers = new Set([0, 1, 2]);
  const offsets = new Set([0, DAY, -DAY]);
  const visit = (expression: PlanExpression): void => {
    const interval = intervalOf(expression);
    if (interval !== undefined) {
      const { least, most } = spanOf(interval);
      for (const span of [least, most]) offsets.add(span).add(-span);
    }
    if (expression.kind === 'constant') {
      if (expression.value.kind === 'text' && expression.value.value.length < 40)
        texts.add(expression.value.value);
      if (expression.value.kind === 'number' && Math.abs(expression.value.value) < 1e6) {
        numbers.add(expression.value.value);
        if (Math.abs(expression.value.value) < 1000) offsets.add(-expression.value.value * DAY);
      }
    }
    childrenOf(expression).forEach(visit);
  };
  for (const plan of plans) for (const expression of expressionsIn(plan)) visit(expression);
  return { texts: [...texts], numbers: [...numbers], offsets: [...offsets], entities, moments };
}

/**
 * Prediction times that the SQL's own dates suggest: the dates, and the first days of the months between them. A
 * calendar written as a series has no rows at other times.
 */
export function momentsFromSql(sql: readonly string[]): number[] {
  const dates = sql
    .flatMap((text) => [...text.matchAll(/'(\d{4}-\d{2}-\d{2}(?: \d{2}:\d{2}:\d{2})?)'/g)])
    .map(([, date = '']) => parseTime(date))
    .filter((time): time is number => time !== undefined && time > 0 && time < 4e15);
  if (dates.length === 0) return [];
  const [first, last] = [Math.min(...dates), Math.max(...dates)];
  const months: number[] = [];
  for (let month = new Date(first / 1000); month.getTime() * 1000 <= last && months.length < 60; ) {
    month = new Date(Date.UTC(month.getUTCFullYear(), month.getUTCMonth() + 1, 1));
    months.push(month.getTime() * 1000);
  }
  const middle = [0.3, 0.6]
    .map((part) => months[Math.floor(part * months.length)])
    .filter((time) => time !== undefined);
  return [...new Set([...middle, ...dates, ...months])];
}

/** The constants that SQL text mentions: strings, numbers, and numbers of days. */
export function hintsFromSql(
  sql: readonly string[],
  entities: ReadonlySet<string>,
  moments: ReadonlySet<string>,
): Hints {
  const texts = new Set(['a', 'b']);
  const numbers = new Set([0, 1, 2]);
  const offsets = new Set([0, DAY, -DAY]);
  for (const text of sql) {
    for (const [, literal = ''] of text.matchAll(/'([^']{1,30})'/g)) {
      const interval = parseInterval(literal);
      if (interval === undefined) texts.add(literal);
      else for (const span of Object.values(spanOf(interval))) offsets.add(span).add(-span);
    }
    for (const [, literal] of text.matchAll(/\b(\d{1,4})\b/g)) {
      const number = Number(literal);
      numbers.add(number);
      offsets.add(number * DAY).add(-number * DAY);
    }
  }
  return { texts: [...texts], numbers: [...numbers], offsets: [...offsets], entities, moments };
}

/** Every expression of a plan: whatever in it has a `kind` of expression. */
function* expressionsIn(value: unknown): Generator<PlanExpression> {
  if (Array.isArray(value)) for (const item of value) yield* expressionsIn(item);
  else if (value !== null && typeof value === 'object') {
    if ('kind' in value && EXPRESSIONS.has(String(value.kind)) && 'type' in value)
      yield value as PlanExpression;
    else for (const item of Object.values(value)) yield* expressionsIn(item);
  }
}

const EXPRESSIONS = new Set([
  'constant',
  'cast',
  'function',
  'comparison',
  'conjunction',
  'between',
  'case',
  'operator',
]);
