/**
 * The non-decreasing step closest to the labels in weighted squares (pool adjacent violators), as the corner points
 * of a piecewise linear map.
 */
export function fitIsotonic(
  probabilities: Float64Array,
  labels: Float64Array,
  weights?: Float64Array,
): { readonly x: readonly number[]; readonly y: readonly number[] } {
  const order = Uint32Array.from(probabilities.keys()).sort((a, b) => probabilities[a]! - probabilities[b]!);
  const blocks: { low: number; high: number; sum: number; weight: number }[] = [];
  for (const row of order) {
    const x = probabilities[row]!;
    const w = weights?.[row] ?? 1;
    if (w === 0) continue;
    const last = blocks[blocks.length - 1];
    if (last !== undefined && last.high === x && last.low === x) {
      last.sum += w * labels[row]!;
      last.weight += w;
    } else blocks.push({ low: x, high: x, sum: w * labels[row]!, weight: w });
  }
  const pooled: typeof blocks = [];
  for (const block of blocks) {
    pooled.push(block);
    while (pooled.length > 1) {
      const right = pooled[pooled.length - 1]!;
      const left = pooled[pooled.length - 2]!;
      if (left.sum / left.weight < right.sum / right.weight) break;
      left.high = right.high;
      left.sum += right.sum;
      left.weight += right.weight;
      pooled.pop();
    }
  }
  const x: number[] = [];
  const y: number[] = [];
  for (const { low, high, sum, weight } of pooled) {
    x.push(low);
    y.push(sum / weight);
    if (high > low) {
      x.push(high);
      y.push(sum / weight);
    }
  }
  return { x, y };
}

/** Linear between corner points, constant outside them. */
export function interpolate(x: readonly number[], y: readonly number[], at: number): number {
  const last = x.length - 1;
  if (at <= x[0]!) return y[0]!;
  if (at >= x[last]!) return y[last]!;
  let low = 0;
  let high = last;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (x[middle]! <= at) low = middle;
    else high = middle;
  }
  const share = (at - x[low]!) / (x[high]! - x[low]!);
  return y[low]! + share * (y[high]! - y[low]!);
}
