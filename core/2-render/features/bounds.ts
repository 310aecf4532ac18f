import type { ParsedDuration } from '../define/duration.ts';

/** An instant before the prediction time; undefined is the beginning of all. */
export type Bound = readonly ParsedDuration[] | undefined;

/** How long before the prediction time, in microseconds at least and at most. */
interface Reach {
  readonly months: number;
  readonly from: number;
  readonly to: number;
}

const day = 86_400_000_000;

/** Undefined for months among other durations: where those end depends on the order they are taken in. */
function reachOf(bound: Bound): Reach | undefined {
  if (bound === undefined) return { months: 0, from: Infinity, to: Infinity };
  const [only] = bound;
  if (bound.length === 1 && only?.unit === 'month') {
    const days = only.count * (365.25 / 12);
    const from = Math.max(28 * only.count, days - 3) * day;
    return { months: only.count, from, to: Math.min(31 * only.count, days + 3) * day };
  }
  if (bound.some(({ unit }) => unit === 'month')) return undefined;
  const length = bound.reduce((sum, { longest }) => sum + longest, 0);
  return { months: 0, from: length, to: length };
}

/** True for the same instant at every prediction time: 14 days are 2 weeks. */
export function sameBound(a: Bound, b: Bound): boolean {
  const [one, other] = [reachOf(a), reachOf(b)];
  return one !== undefined && one.months === other?.months && one.from === other.from;
}

/**
 * The different bounds and the prediction time itself, from there backwards; undefined where their order depends on
 * the month, as that of 30 days and a month does.
 */
export function boundsInOrder(bounds: readonly Bound[]): readonly Bound[] | undefined {
  const different: { bound: Bound; reach: Reach }[] = [];
  for (const bound of [[], ...bounds]) {
    const reach = reachOf(bound);
    if (reach === undefined) return undefined;
    if (!different.some((other) => sameBound(other.bound, bound))) different.push({ bound, reach });
  }
  different.sort((a, b) => a.reach.from - b.reach.from || a.reach.to - b.reach.to);
  for (const [i, { reach }] of different.entries()) {
    const before = different[i - 1]?.reach;
    if (before === undefined || before.to <= reach.from) continue;
    if (before.months === 0 || reach.months === 0) return undefined;
  }
  return different.map(({ bound }) => bound);
}
