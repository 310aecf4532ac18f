import type { Dataset } from '#ml';
import type { Scores, TrainedModel } from '#ops';

/** Plots of a training, as SVG by name. */
export async function trainingPlots(
  _data: Dataset,
  _trained: TrainedModel,
): Promise<Readonly<Record<string, string>>> {
  return {};
}
export function driverPlots(_scores: Scores, _data: Dataset): Readonly<Record<string, string>> {
  return {};
}
export function waterfallPlot(_scores: Scores, _data: Dataset, _row: number): string {
  return '';
}
