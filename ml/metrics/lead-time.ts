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
  const order = rankDescending(scores);
  const ranked = (values: Float64Array): Float64Array => values.map((_, i) => values[order[i]!]!);
  return rankedLeadTime(ranked(labels), ranked(daysToEvent), fraction);
}

/** The same for rows that are already sorted by falling score. */
export function rankedLeadTime(labels: Float64Array, daysToEvent: Float64Array, fraction: number): number {
  const days: number[] = [];
  const wanted = Math.max(1, Math.ceil(fraction * labels.length));
  for (let i = 0; i < wanted && i < labels.length; i++) {
    if (labels[i] === 1 && !Number.isNaN(daysToEvent[i]!)) days.push(daysToEvent[i]!);
  }
  if (days.length === 0) return Number.NaN;
  days.sort((a, b) => a - b);
  const middle = days.length >> 1;
  return days.length % 2 === 1 ? days[middle]! : (days[middle - 1]! + days[middle]!) / 2;
}
