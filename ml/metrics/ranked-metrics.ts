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
 * Ranking metrics of rows already ranked, each row counted `counts[row]` times (null: once): what a bootstrap needs to
 * sort once and resample many times. Equal to averagePrecision, rocAuc, precisionAt, recallAt and liftAt on the
 * repeated rows.
 *
 * @param order rows by falling score
 */
export function rankedMetrics(
  order: Uint32Array,
  labels: Float64Array,
  scores: Float64Array,
  fraction: number,
  counts: Float64Array | null,
): RankedMetrics {
  let rows = 0;
  let positives = 0;
  for (let row = 0; row < labels.length; row++) {
    const count = counts === null ? 1 : counts[row]!;
    rows += count;
    positives += count * labels[row]!;
  }
  const wanted = Math.max(1, Math.ceil(fraction * rows - 1e-9));
  let found = Number.NaN;
  let precision = 0;
  let area = 0;
  let p = 0;
  let t = 0;
  let stepP = 0;
  let stepT = 0;
  for (let i = 0; i < order.length; i++) {
    const row = order[i]!;
    const count = counts === null ? 1 : counts[row]!;
    stepP += count * labels[row]!;
    stepT += count;
    if (i + 1 < order.length && scores[order[i + 1]!] === scores[row]) continue;
    if (stepT > 0) {
      const negatives = stepT - stepP;
      if (Number.isNaN(found) && t + stepT >= wanted) found = p + (stepP * (wanted - t)) / stepT;
      area += negatives * (p + stepP / 2);
      p += stepP;
      t += stepT;
      precision += (stepP * p) / t;
    }
    stepP = 0;
    stepT = 0;
  }
  const share = positives / rows;
  return {
    averagePrecision: positives > 0 ? precision / positives : Number.NaN,
    rocAuc: positives > 0 && positives < rows ? area / (positives * (rows - positives)) : Number.NaN,
    precisionAt: found / wanted,
    recallAt: positives > 0 ? found / positives : Number.NaN,
    liftAt: positives > 0 ? found / wanted / share : Number.NaN,
  };
}
