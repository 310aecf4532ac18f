import { dayLength, minus } from './calendar-times.ts';
import type { Range } from './window.ts';

/** A stretch of whole days that every window of every prediction time has within or without, never in part. */
export interface Cell {
  readonly since: Date;
  readonly until: Date;
  /** The first prediction time with a window that holds the cell: nobody asks for its rows before. */
  readonly firstUse: Date;
}

/** The time before the prediction times of a calendar, cut into cells. */
export interface Cells {
  readonly times: readonly Date[];
  /** In order, without those that no window holds. */
  readonly cells: readonly Cell[];
}

/** Where a day is in the windows of fewer prediction times than this, rows are looked at too seldom to sum them up first. */
const timesPerDay = 3;

/** Cells shorter than this sum up too few rows. */
const daysPerCell = 4;

/** More would make the SQL long rather than fast. */
const mostCells = 500;

/**
 * Cuts the time before prediction times at every bound of every ring. Undefined where that does not pay, or where a
 * bound is not the beginning of a day: rows find their cell by their day.
 *
 * @param times prediction times, in order
 * @param always whether or not it pays
 * @example 40 days before 1 March and 1 April 2025: [20 January, 20 February), [20 February, 1 March), [1 March, 1 April)
 */
export function cutCells(
  times: readonly Date[],
  rings: readonly { readonly range: Range }[],
  always = false,
): Cells | undefined {
  const stretches = times.flatMap((time) =>
    rings.map(({ range: { start, end } }) => ({
      time,
      from: start === undefined ? undefined : minus(time, start).getTime(),
      to: minus(time, end).getTime(),
    })),
  );
  const bounds = new Set<number>();
  for (const { from, to } of stretches) {
    if (from === undefined || from % dayLength !== 0 || to % dayLength !== 0) return undefined;
    bounds.add(from).add(to);
  }
  if (bounds.size > mostCells + 1 && !always) return undefined;
  const inOrder = [...bounds].sort((a, b) => a - b);
  const cells: Cell[] = [];
  let days = 0;
  let uses = 0;
  for (const [i, since] of inOrder.slice(0, -1).entries()) {
    const until = inOrder[i + 1] ?? since;
    const using = stretches.filter(({ from, to }) => from !== undefined && from <= since && until <= to);
    const users = [...new Set(using.map(({ time }) => time))];
    const [firstUse] = users;
    if (firstUse === undefined) continue;
    const length = (until - since) / dayLength;
    days += length;
    uses += length * users.length;
    cells.push({ since: new Date(since), until: new Date(until), firstUse });
  }
  const pays = uses >= timesPerDay * days && days >= daysPerCell * cells.length;
  return cells.length > 0 && (pays || always) ? { times, cells } : undefined;
}
