import { rankDescending } from './ranking.ts';

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
  const top = rankDescending(scores).subarray(0, Math.max(1, Math.ceil(fraction * labels.length)));
  const days = Array.from(top)
    .filter((row) => labels[row] === 1 && !Number.isNaN(daysToEvent[row]!))
    .map((row) => daysToEvent[row]!)
    .sort((a, b) => a - b);
  if (days.length === 0) return Number.NaN;
  const middle = days.length >> 1;
  return days.length % 2 === 1 ? days[middle]! : (days[middle - 1]! + days[middle]!) / 2;
}
