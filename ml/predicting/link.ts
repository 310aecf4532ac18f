import type { ModelObjective } from '../format/model.ts';

/** Raw scores (rows x classes) to predictions, in a new array. */
export function applyLink(raw: Float64Array, objective: ModelObjective): Float64Array {
  const { link, sigmoid, classes } = objective;
  if (link === 'identity') return raw.slice();
  if (link === 'exp') return raw.map((x) => Math.exp(x));
  if (link === 'softplus') return raw.map((x) => Math.log1p(Math.exp(x)));
  if (link === 'square') return raw.map((x) => Math.sign(x) * x * x); // learned on square roots
  if (link === 'sigmoid') return raw.map((x) => 1 / (1 + Math.exp(-sigmoid * x)));
  const out = new Float64Array(raw.length);
  for (let base = 0; base < raw.length; base += classes) {
    let max = -Infinity;
    for (let k = 0; k < classes; k++) max = Math.max(max, raw[base + k]!);
    let sum = 0;
    for (let k = 0; k < classes; k++) {
      out[base + k] = Math.exp(raw[base + k]! - max);
      sum += out[base + k]!;
    }
    for (let k = 0; k < classes; k++) out[base + k]! /= sum;
  }
  return out;
}
