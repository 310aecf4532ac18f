/** The metrics of an order, all in one pass. */
export interface RankedMetrics {
  readonly averagePrecision: number;
  readonly rocAuc: number;
  /** In the top fraction of rows, ties at the border shared. */
  readonly precisionAt: number;
  readonly recallAt: number;
  readonly liftAt: number;
}

/**
 * Ranking metrics of rows that are already sorted by falling score: what a bootstrap needs, which sorts once and draws
 * many times. Equal to averagePrecision, rocAuc, precisionAt, recallAt and liftAt.
 */
export function rankedMetrics(labels: Float64Array, scores: Float64Array, fraction: number): RankedMetrics {
  const rows = labels.length;
  const wanted = Math.max(1, Math.ceil(fraction * rows - 1e-9));
  let found = Number.NaN;
  let precision = 0;
  let area = 0;
  let p = 0;
  let start = 0;
  while (start < rows) {
    const score = scores[start]!;
    let end = start;
    let inStep = 0;
    for (; end < rows && scores[end] === score; end++) inStep += labels[end]!;
    const step = end - start;
    if (Number.isNaN(found) && end >= wanted) found = p + (inStep * (wanted - start)) / step;
    area += (step - inStep) * (p + inStep / 2);
    p += inStep;
    precision += (inStep * p) / end;
    start = end;
  }
  return {
    averagePrecision: p > 0 ? precision / p : Number.NaN,
    rocAuc: p > 0 && p < rows ? area / (p * (rows - p)) : Number.NaN,
    precisionAt: found / wanted,
    recallAt: p > 0 ? found / p : Number.NaN,
    liftAt: p > 0 ? found / wanted / (p / rows) : Number.NaN,
  };
}
