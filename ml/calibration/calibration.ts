import { MlError } from '../error.ts';
import { fitIsotonic, interpolate } from './isotonic.ts';
import { fitPlatt, plattProbability } from './platt.ts';

/** A calibration map, plain JSON, kept beside the model and never inside its trees. */
export type Calibration =
  | { readonly method: 'isotonic'; readonly x: readonly number[]; readonly y: readonly number[] }
  | { readonly method: 'platt'; readonly a: number; readonly b: number };

/**
 * Learns probability -> probability on rows that the model was not trained on.
 *
 * @throws MlError CH813 unless both classes are present
 */
export function calibrate(
  method: Calibration['method'],
  probabilities: Float64Array,
  labels: Float64Array,
  weights?: Float64Array,
): Calibration {
  if (!labels.includes(0) || !labels.includes(1)) {
    throw new MlError('CH813', 'Calibration needs rows of both classes.', 'Use a larger held-out period.');
  }
  if (method === 'platt') return { method, ...fitPlatt(probabilities, labels, weights) };
  return { method, ...fitIsotonic(probabilities, labels, weights) };
}

/** Calibrated probabilities, in a new array. */
export function applyCalibration(calibration: Calibration, probabilities: Float64Array): Float64Array {
  if (calibration.method === 'platt') {
    return probabilities.map((p) => plattProbability(p, calibration.a, calibration.b));
  }
  return probabilities.map((p) => interpolate(calibration.x, calibration.y, p));
}
