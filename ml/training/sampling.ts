import { uniform } from '../random.ts';
import type { Params } from './params.ts';

/** True when a new row sample is due at this iteration. */
export function resamples(params: Params, iteration: number): boolean {
  return iteration === 0 || (bags(params) && iteration % params.bagging_freq === 0);
}

/** Whether trees learn from samples of the rows. */
export function bags(params: Params): boolean {
  const { bagging_fraction, pos_bagging_fraction, neg_bagging_fraction, bagging_freq } = params;
  const whole = bagging_fraction >= 1 && pos_bagging_fraction >= 1 && neg_bagging_fraction >= 1;
  return bagging_freq > 0 && !whole;
}

/** The rows of a bag, ascending; null for all. At least one row is kept. */
export function bag(params: Params, iteration: number, label: Float64Array): Uint32Array | null {
  if (!bags(params)) return null;
  const { bagging_fraction, pos_bagging_fraction, neg_bagging_fraction, bagging_seed, seed } = params;
  const byClass = params.objective === 'binary' && (pos_bagging_fraction < 1 || neg_bagging_fraction < 1);
  const out = new Uint32Array(label.length);
  let size = 0;
  for (let row = 0; row < label.length; row++) {
    let share = bagging_fraction;
    if (byClass) share = label[row] === 1 ? pos_bagging_fraction : neg_bagging_fraction;
    if (uniform(row, iteration, bagging_seed ^ seed) < share) out[size++] = row;
  }
  return size === 0 ? Uint32Array.of(0) : out.slice(0, size);
}

/**
 * Gradient-based one-side sampling: keeps the rows with the largest |gradient x hessian|, draws some of the rest
 * and scales their gradients up. As LightGBM, it starts after 1 / learning_rate iterations.
 */
export function goss(
  params: Params,
  iteration: number,
  gradient: Float32Array,
  hessian: Float32Array,
): Uint32Array | null {
  if (params.boosting !== 'goss' || iteration < 1 / params.learning_rate) return null;
  const rows = gradient.length;
  const size = gradient.map((g, row) => Math.abs(g * hessian[row]!));
  const topCount = Math.max(1, Math.floor(rows * params.top_rate));
  const limit = Float64Array.from(size).sort()[rows - topCount]!;
  const share = (rows * params.other_rate) / Math.max(1, rows - topCount);
  const factor = (rows - topCount) / Math.max(1, rows * params.other_rate);
  const out = new Uint32Array(rows);
  let kept = 0;
  for (let row = 0; row < rows; row++) {
    if (size[row]! >= limit) out[kept++] = row;
    else if (uniform(row, iteration, params.bagging_seed ^ params.seed) < share) {
      out[kept++] = row;
      gradient[row]! *= factor;
      hessian[row]! *= factor;
    }
  }
  return out.slice(0, kept);
}
