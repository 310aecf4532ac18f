/** The weighted mean of a loss over rows; NaN when nothing weighs. */
export function meanLoss(
  rows: number,
  weights: Float64Array | undefined,
  loss: (row: number) => number,
): number {
  let sum = 0;
  let total = 0;
  for (let row = 0; row < rows; row++) {
    const w = weights === undefined ? 1 : weights[row]!;
    sum += w * loss(row);
    total += w;
  }
  return total > 0 ? sum / total : Number.NaN;
}
