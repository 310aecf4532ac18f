/** A metric's values so far. */
export interface StoppingSeries {
  readonly higherIsBetter: boolean;
  readonly values: readonly number[];
}

/**
 * As LightGBM: training stops when any series has not improved for `patience` iterations; the model is cut at that
 * series' best iteration (1-based). While training runs on, `best` is the first series' best so far.
 */
export function stopEarly(
  series: readonly StoppingSeries[],
  patience: number,
  minDelta: number,
): { readonly stop: boolean; readonly best: number } {
  let firstBest = 0;
  for (const [index, { values, higherIsBetter }] of series.entries()) {
    let best = 0;
    for (let i = 1; i < values.length; i++) {
      const gain = higherIsBetter ? values[i]! - values[best]! : values[best]! - values[i]!;
      if (gain > minDelta || Number.isNaN(values[best]!)) best = i;
    }
    if (values.length - 1 - best >= patience) return { stop: true, best: best + 1 };
    if (index === 0) firstBest = best + 1;
  }
  return { stop: false, best: firstBest };
}
