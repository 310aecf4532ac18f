import { rankDescending } from './rank.ts';

/** Metrics of the order of scores. Labels are 0 and 1; every metric is NaN when it is undefined. */

/** Groups of equal scores, best first: cumulative weights of positives and of all after each group. */
export interface RankSteps {
  readonly positives: Float64Array;
  readonly total: Float64Array;
  readonly threshold: Float64Array;
}

export function rankSteps(labels: Float64Array, scores: Float64Array, weights?: Float64Array): RankSteps {
  const order = rankDescending(scores);
  const positives = new Float64Array(order.length);
  const total = new Float64Array(order.length);
  const threshold = new Float64Array(order.length);
  let steps = 0;
  let p = 0;
  let t = 0;
  for (let i = 0; i < order.length; i++) {
    const row = order[i]!;
    const w = weights === undefined ? 1 : weights[row]!;
    p += w * labels[row]!;
    t += w;
    if (i + 1 < order.length && scores[order[i + 1]!] === scores[row]) continue;
    positives[steps] = p;
    total[steps] = t;
    threshold[steps] = scores[row]!;
    steps++;
  }
  return {
    positives: positives.subarray(0, steps),
    total: total.subarray(0, steps),
    threshold: threshold.subarray(0, steps),
  };
}

/** Mean precision over the positives, ties as one step (scikit-learn's average_precision_score). */
export function averagePrecision(labels: Float64Array, scores: Float64Array, weights?: Float64Array): number {
  const { positives, total } = rankSteps(labels, scores, weights);
  const all = positives[positives.length - 1] ?? 0;
  let sum = 0;
  let before = 0;
  for (let i = 0; i < positives.length; i++) {
    sum += ((positives[i]! - before) * positives[i]!) / total[i]!;
    before = positives[i]!;
  }
  return all > 0 ? sum / all : Number.NaN;
}

/** Probability that a positive outranks a negative, ties half. */
export function rocAuc(labels: Float64Array, scores: Float64Array, weights?: Float64Array): number {
  const { positives, total } = rankSteps(labels, scores, weights);
  let area = 0;
  let p = 0;
  let n = 0;
  for (let i = 0; i < positives.length; i++) {
    const negatives = total[i]! - positives[i]!;
    area += (negatives - n) * (p + (positives[i]! - p) / 2);
    p = positives[i]!;
    n = negatives;
  }
  return p > 0 && n > 0 ? area / (p * n) : Number.NaN;
}

/** Positives expected among the best ceil(fraction x rows), ties at the border shared. */
function positivesAt(
  labels: Float64Array,
  scores: Float64Array,
  fraction: number,
): [found: number, rows: number] {
  const { positives, total } = rankSteps(labels, scores);
  const wanted = Math.max(1, Math.ceil(fraction * labels.length - 1e-9));
  let p = 0;
  let t = 0;
  for (let i = 0; i < positives.length; i++) {
    if (total[i]! >= wanted) {
      return [p + ((positives[i]! - p) * (wanted - t)) / (total[i]! - t), wanted];
    }
    p = positives[i]!;
    t = total[i]!;
  }
  return [p, t];
}

/** Share of positives among the top `fraction` of scores. */
export function precisionAt(labels: Float64Array, scores: Float64Array, fraction: number): number {
  const [found, rows] = positivesAt(labels, scores, fraction);
  return rows > 0 ? found / rows : Number.NaN;
}

/** Share of all positives that the top `fraction` of scores contains. */
export function recallAt(labels: Float64Array, scores: Float64Array, fraction: number): number {
  const all = labels.reduce((sum, y) => sum + y, 0);
  return all > 0 ? positivesAt(labels, scores, fraction)[0] / all : Number.NaN;
}

/** Precision at the top `fraction` over the base rate. */
export function liftAt(labels: Float64Array, scores: Float64Array, fraction: number): number {
  const all = labels.reduce((sum, y) => sum + y, 0);
  return all > 0 ? precisionAt(labels, scores, fraction) / (all / labels.length) : Number.NaN;
}
