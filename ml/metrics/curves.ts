import { rankDescending } from './rank.ts';
import { rankSteps } from './ranking.ts';

export interface CurvePoint {
  readonly x: number;
  readonly y: number;
}

export interface CalibrationBin {
  readonly meanPredicted: number;
  readonly observed: number;
  readonly rows: number;
}

/** recall -> precision, one point per distinct score, by rising recall. */
export function precisionRecallCurve(labels: Float64Array, scores: Float64Array): readonly CurvePoint[] {
  const { positives, total } = rankSteps(labels, scores);
  const all = positives[positives.length - 1] ?? 0;
  const points = Array.from(positives, (p, i) => ({ x: p / all, y: p / total[i]! }));
  return thin([{ x: 0, y: points[0]?.y ?? 1 }, ...points]);
}

/** false positive rate -> true positive rate */
export function rocCurve(labels: Float64Array, scores: Float64Array): readonly CurvePoint[] {
  const { positives, total } = rankSteps(labels, scores);
  const last = positives.length - 1;
  const all = positives[last] ?? 0;
  const negatives = (total[last] ?? 0) - all;
  const points = Array.from(positives, (p, i) => ({ x: (total[i]! - p) / negatives, y: p / all }));
  return thin([{ x: 0, y: 0 }, ...points]);
}

/** fraction contacted -> fraction of positives reached */
export function gainCurve(labels: Float64Array, scores: Float64Array): readonly CurvePoint[] {
  const { positives, total } = rankSteps(labels, scores);
  const last = positives.length - 1;
  const points = Array.from(positives, (p, i) => ({ x: total[i]! / total[last]!, y: p / positives[last]! }));
  return thin([{ x: 0, y: 0 }, ...points]);
}

/** fraction contacted -> precision over base rate */
export function liftCurve(labels: Float64Array, scores: Float64Array): readonly CurvePoint[] {
  return gainCurve(labels, scores)
    .filter(({ x }) => x > 0)
    .map(({ x, y }) => ({ x, y: y / x }));
}

/** Equal-count bins of the predicted probability, by rising probability. */
export function calibrationCurve(
  labels: Float64Array,
  probabilities: Float64Array,
  bins = 10,
): readonly CalibrationBin[] {
  const order = rankDescending(probabilities).reverse();
  const out: CalibrationBin[] = [];
  for (let b = 0; b < bins; b++) {
    const rows = order.subarray(
      Math.floor((b * order.length) / bins),
      Math.floor(((b + 1) * order.length) / bins),
    );
    if (rows.length === 0) continue;
    let predicted = 0;
    let observed = 0;
    for (const row of rows) {
      predicted += probabilities[row]!;
      observed += labels[row]!;
    }
    out.push({ meanPredicted: predicted / rows.length, observed: observed / rows.length, rows: rows.length });
  }
  return out;
}

const mostPoints = 400;

/** At most 400 points, first and last kept: more than a plot can show. */
function thin(points: readonly CurvePoint[]): readonly CurvePoint[] {
  if (points.length <= mostPoints) return points;
  return Array.from(
    { length: mostPoints },
    (_, i) => points[Math.round((i * (points.length - 1)) / (mostPoints - 1))]!,
  );
}
