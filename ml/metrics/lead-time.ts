import { rankDescending } from './rank.ts';

/**
 * Median days from prediction to event among the positives in the top `fraction` of scores: how long there is to
 * act. NaN when there is none with a known event.
 */
export function leadTimeDays(
  labels: Float64Array,
  scores: Float64Array,
  daysToEvent: Float64Array,
  fraction: number,
): number {
  return rankedLeadTime(rankDescending(scores), labels, daysToEvent, fraction, null);
}

/** The same on rows already ranked, each counted `counts[row]` times (null: once). */
export function rankedLeadTime(
  order: Uint32Array,
  labels: Float64Array,
  daysToEvent: Float64Array,
  fraction: number,
  counts: Float64Array | null,
): number {
  const rows = counts === null ? order.length : counts.reduce((sum, count) => sum + count, 0);
  const wanted = Math.max(1, Math.ceil(fraction * rows));
  const days: number[] = [];
  for (let i = 0, taken = 0; i < order.length && taken < wanted; i++) {
    const row = order[i]!;
    const count = Math.min(counts === null ? 1 : counts[row]!, wanted - taken);
    taken += count;
    if (labels[row] !== 1 || Number.isNaN(daysToEvent[row]!)) continue;
    for (let k = 0; k < count; k++) days.push(daysToEvent[row]!);
  }
  days.sort((a, b) => a - b);
  if (days.length === 0) return Number.NaN;
  const middle = days.length >> 1;
  return days.length % 2 === 1 ? days[middle]! : (days[middle - 1]! + days[middle]!) / 2;
}
