import type { RenderedNode } from '../../2-render/index.ts';
import type { AuditInput } from '../input.ts';
import { parseInterval, parseTime } from '../symbolic/literals.ts';
import { DAY } from '../symbolic/term.ts';
import { spanOf } from '../symbolic/time.ts';
import type { StagedTable } from './staging.ts';

/** Values worth trying: those that the SQL itself mentions. Names are in lower case. */
export interface Hints {
  readonly texts: readonly string[];
  readonly numbers: readonly number[];
  /** Microseconds from a prediction time. */
  readonly offsets: readonly number[];
  /** What columns of a name are compared with. */
  readonly textsOf: ReadonlyMap<string, readonly string[]>;
  readonly numbersOf: ReadonlyMap<string, readonly number[]>;
  /** Names of columns that hold entities, and of those that hold prediction times. */
  readonly entities: ReadonlySet<string>;
  readonly moments: ReadonlySet<string>;
  /** Prediction times that the SQL's own dates suggest. */
  readonly calendar: readonly number[];
}

/** The constants that the SQL of a model, and of all it reads, mentions. */
export function hintsOf(
  input: AuditInput,
  node: RenderedNode,
  closure: readonly string[],
  tables: readonly StagedTable[],
): Hints {
  const sql = closure.flatMap((id) => {
    const member = input.graph.nodes.get(id);
    return member?.kind === 'model' ? [member.sql] : [];
  });
  const texts = new Set(['a', 'b']);
  const numbers = new Set([0, 1, 2]);
  const offsets = new Set([0, DAY, -DAY]);
  const textsOf = new Map<string, string[]>();
  const numbersOf = new Map<string, number[]>();
  const addSpan = (text: string): boolean => {
    const interval = parseInterval(text);
    if (interval === undefined) return false;
    for (const span of Object.values(spanOf(interval))) offsets.add(span).add(-span);
    return true;
  };
  for (const text of sql) {
    for (const [, literal = ''] of text.matchAll(/'([^']{1,30})'/g))
      if (!addSpan(literal)) texts.add(literal);
    for (const [, count = '', unit = ''] of text.matchAll(/interval\s+\(?-?'?(\d+)'?\)?\s+([a-z]+)/gi)) {
      addSpan(`${count} ${unit}`);
    }
    for (const [, literal] of text.matchAll(/\b(\d{1,4})\b/g)) {
      const number = Number(literal);
      numbers.add(number);
      if (number <= 800) offsets.add(number * DAY).add(-number * DAY);
    }
    for (const [, name = '', list = ''] of text.matchAll(
      /(\w+)"?\)*\s*(?:=|<>|!=|not\s+in|in)\s*\(?\s*((?:'[^']{0,30}'\s*,?\s*)+)/gi,
    )) {
      const found = [...list.matchAll(/'([^']*)'/g)].map(([, value = '']) => value);
      textsOf.set(name.toLowerCase(), [...(textsOf.get(name.toLowerCase()) ?? []), ...found]);
    }
    for (const [, name = '', literal] of text.matchAll(/(\w+)"?\)*\s*(?:=|<>|!=|<=?|>=?)\s*(\d{1,6})\b/g)) {
      const number = Number(literal);
      numbersOf.set(name.toLowerCase(), [
        ...(numbersOf.get(name.toLowerCase()) ?? []),
        ...[number - 1, number, number + 1],
      ]);
    }
  }
  return {
    texts: [...texts],
    numbers: [...numbers],
    offsets: [...offsets],
    textsOf,
    numbersOf,
    entities: entitiesOf(node, tables),
    moments: new Set([node.pointInTime?.predictionTime.value.toLowerCase() ?? '']),
    calendar: calendarOf(sql),
  };
}

/** The model's own entity, and columns of one name and no instant that several sources share as numbers. */
function entitiesOf(node: RenderedNode, tables: readonly StagedTable[]): ReadonlySet<string> {
  const seen = new Map<string, number>();
  for (const { columns } of tables) {
    for (const { name, type } of columns) {
      if (/INT/i.test(type)) seen.set(name.toLowerCase(), (seen.get(name.toLowerCase()) ?? 0) + 1);
    }
  }
  const shared = [...seen].flatMap(([name, count]) =>
    count > 1 && /(^|_)(id|key|number|no)$/.test(name) ? [name] : [],
  );
  const own = (node.pointInTime?.entity ?? []).map(({ value }) => value.toLowerCase());
  return new Set([...own, ...shared]);
}

/**
 * The dates, and the first days of the months between them: a calendar written as a series has no rows at other
 * times.
 */
function calendarOf(sql: readonly string[]): number[] {
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
