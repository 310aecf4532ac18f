import { MlError } from '../../error.ts';
import type { Target } from './objective.ts';

/**
 * Labels are finite, and as the objective wants them.
 *
 * @throws MlError CH806
 */
export function checkLabels(
  { label }: Target,
  objective: string,
  wanted: string,
  fits: (label: number) => boolean = () => true,
): void {
  const wrong = label.find((y) => !Number.isFinite(y) || !fits(y));
  if (wrong === undefined) return;
  throw new MlError('CH806', `A label is ${wrong}; objective ${objective} takes ${wanted}.`);
}
