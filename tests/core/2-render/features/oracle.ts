/** What features mean, row by row in plain TypeScript; the compiled SQL is compared with it. Times are milliseconds. */
export interface Row {
  readonly e: number;
  readonly t: number | null;
  readonly a: number | null;
  readonly v: number | null;
  readonly k: number | null;
}

export interface SpineRow {
  readonly e: number;
  readonly p: number;
  readonly cohort: string;
}

export type Edges = '[)' | '(]' | '[]';
export type Value = number | null;
/** A row that has happened and is known. */
export interface Seen extends Row {
  readonly t: number;
  readonly a: number;
}

export const hour = 3_600_000;
export const day = 24 * hour;

/** p minus a duration; months keep the day where the month has it. */
export function back(p: number, duration: string): number {
  const count = Number.parseInt(duration, 10);
  if (duration.endsWith('mo')) {
    const at = new Date(p);
    const first = new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() - count, 1));
    const last = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate();
    return first.getTime() + (Math.min(at.getUTCDate(), last) - 1) * day + (p % day);
  }
  return p - count * (duration.endsWith('h') ? hour : duration.endsWith('d') ? day : 7 * day);
}

/** Rows of a window that ends `offset` before p. */
export function windowOf(
  rows: readonly Row[],
  { e, p }: SpineRow,
  edges: Edges,
  window?: string,
  offset?: string,
): Seen[] {
  const end = offset === undefined ? p : back(p, offset);
  const start = window === undefined ? Number.NEGATIVE_INFINITY : back(end, window);
  return between(rows, { e, p }, edges, start, end);
}

export function between(
  rows: readonly Row[],
  { e, p }: Pick<SpineRow, 'e' | 'p'>,
  edges: Edges,
  start: number,
  end: number,
): Seen[] {
  const isBefore = (t: number) => (edges === '(]' || (edges === '[]' && end === p) ? t <= end : t < end);
  const isAfter = (t: number) => (edges === '(]' ? t > start : t >= start);
  return rows.filter(
    (row): row is Seen =>
      row.e === e && row.a !== null && row.a <= p && row.t !== null && isAfter(row.t) && isBefore(row.t),
  );
}

export const values = (rows: readonly Row[]): number[] => rows.flatMap(({ v }) => v ?? []);
export const sum = (rows: readonly Row[]): number => values(rows).reduce((total, v) => total + v, 0);
export const mean = (all: readonly number[]): Value =>
  all.length === 0 ? null : all.reduce((total, v) => total + v, 0) / all.length;

export const least = (all: readonly number[]): Value => (all.length === 0 ? null : Math.min(...all));
export const most = (all: readonly number[]): Value => (all.length === 0 ? null : Math.max(...all));

export function deviation(all: readonly number[]): Value {
  const middle = mean(all);
  if (middle === null || all.length < 2) return null;
  return Math.sqrt(all.reduce((total, v) => total + (v - middle) ** 2, 0) / (all.length - 1));
}

export function quantile(all: readonly number[], q: number): Value {
  if (all.length === 0) return null;
  const sorted = [...all].sort((a, b) => a - b);
  const at = q * (sorted.length - 1);
  const low = sorted[Math.floor(at)] as number;
  return low + (at - Math.floor(at)) * ((sorted[Math.ceil(at)] as number) - low);
}

export function mode(all: readonly number[]): Value {
  const counts = new Map<number, number>();
  for (const v of all) counts.set(v, (counts.get(v) ?? 0) + 1);
  const best = [...counts].sort(([a, m], [b, n]) => n - m || a - b)[0];
  return best === undefined ? null : best[0];
}

/** By event, then by when it was known, then by value; NULL is the largest value. */
export function ordered(rows: readonly Seen[]): Seen[] {
  const value = (v: Value) => v ?? Number.POSITIVE_INFINITY;
  return [...rows].sort((x, y) => x.t - y.t || x.a - y.a || Math.sign(value(x.v) - value(y.v)) || 0);
}

/** Least squares, the plain way. */
export function slope(ys: readonly number[]): number {
  const x = (ys.length - 1) / 2;
  const y = ys.reduce((total, one) => total + one, 0) / ys.length;
  let above = 0;
  let below = 0;
  for (const [i, one] of ys.entries()) {
    above += (i - x) * (one - y);
    below += (i - x) ** 2;
  }
  return above / below;
}
