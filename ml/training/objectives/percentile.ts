/**
 * A percentile as LightGBM takes it (its PercentileFun and WeightedPercentileFun), so that leaves get the same values:
 * linear between ranks without weights; with them linear between the points (cumulated weight, value), or the lower
 * of two whose step weighs less than 1.
 */
export function percentile(values: Float64Array, weights: Float64Array | undefined, alpha: number): number {
  const count = values.length;
  if (count === 0) return 0;
  if (count === 1) return values[0]!;
  return weights === undefined ? unweighted(values, alpha) : weighted(values, weights, alpha);
}

function unweighted(values: Float64Array, alpha: number): number {
  const rising = values.slice().sort();
  const at = (rising.length - 1) * alpha;
  const below = Math.min(rising.length - 2, Math.floor(at));
  return rising[below]! + (rising[below + 1]! - rising[below]!) * (at - below);
}

function weighted(values: Float64Array, weights: Float64Array, alpha: number): number {
  const order = Uint32Array.from(values.keys()).sort((a, b) => values[a]! - values[b]! || a - b);
  const last = order.length - 1;
  const cumulated = new Float64Array(order.length);
  let sum = 0;
  for (let i = 0; i <= last; i++) {
    sum += weights[order[i]!]!;
    cumulated[i] = sum;
  }
  const wanted = sum * alpha;
  let at = cumulated.findIndex((weight) => weight > wanted);
  if (at < 0) at = last;
  if (at === 0 || at === last) return values[order[at]!]!;
  const low = values[order[at - 1]!]!;
  const high = values[order[at]!]!;
  const step = cumulated[at]! - cumulated[at - 1]!;
  return step >= 1 ? low + ((wanted - cumulated[at - 1]!) / step) * (high - low) : low;
}
