import { MlError } from '../error.ts';
import type { CurvePoint } from '../metrics/curves.ts';
import { rankDescending } from '../metrics/rank.ts';

export interface CostModel {
  /** Value kept when an intervention saves a customer who would have left. */
  readonly valueSaved: number;
  readonly interventionCost: number;
  /** Share of contacted leavers who stay; default 0.3. */
  readonly saveRate?: number;
}

export interface CostThreshold {
  /** Contact when probability >= threshold; Infinity when contacting anybody loses money. */
  readonly threshold: number;
  readonly contacted: number;
  /** Net value over the given rows at the threshold. */
  readonly netValue: number;
  /** fraction contacted -> net value */
  readonly curve: readonly CurvePoint[];
}

/**
 * The threshold that earns most on the given rows: each contact costs, each contacted leaver is saved with
 * `saveRate` and then worth `valueSaved`. `values`, per row, overrides `valueSaved` (for example by tier).
 *
 * @throws MlError CH813 without labels of both classes
 */
export function thresholdByCost(
  labels: Float64Array,
  probabilities: Float64Array,
  costs: CostModel,
  values?: Float64Array,
): CostThreshold {
  if (!labels.includes(0) || !labels.includes(1)) {
    throw new MlError('CH813', 'A threshold needs rows of both classes.', 'Use a larger held-out period.');
  }
  const { valueSaved, interventionCost, saveRate = 0.3 } = costs;
  const order = rankDescending(probabilities);
  const curve: CurvePoint[] = [{ x: 0, y: 0 }];
  let net = 0;
  let best = { threshold: Infinity, contacted: 0, netValue: 0 };
  for (let i = 0; i < order.length; i++) {
    const row = order[i]!;
    net += (labels[row] === 1 ? saveRate * (values?.[row] ?? valueSaved) : 0) - interventionCost;
    const next = order[i + 1];
    if (next !== undefined && probabilities[next] === probabilities[row]) continue;
    curve.push({ x: (i + 1) / order.length, y: net });
    if (net > best.netValue) best = { threshold: probabilities[row]!, contacted: i + 1, netValue: net };
  }
  const step = Math.max(1, Math.ceil(curve.length / 400));
  const shown = curve.filter((_, i) => i % step === 0 || i === curve.length - 1);
  return { ...best, curve: shown };
}
