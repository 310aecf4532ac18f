import type { Dataset } from '../dataset/dataset.ts';
import { MlError } from '../error.ts';
import type { ShapValues } from '../shap/shap-values.ts';

const mostDots = 1500;

/** What a dependence plot shows of one feature. */
export interface Dependence {
  /** The rows shown: all, or evenly spread ones. */
  readonly rows: readonly number[];
  /** A row's value, or its category's code; NaN when missing. */
  readonly value: (row: number) => number;
  readonly shapOf: (row: number) => number;
  readonly space: ShapValues['space'];
  /** The middle 98 % of the values, so that one outlier does not hide the rest; of a category, all codes. */
  readonly domain: readonly [number, number];
  /** Names by code; undefined for numbers. */
  readonly categories: readonly string[] | undefined;
}

/** @throws MlError CH808 when the feature is not explained or not in the data */
export function dependenceOf(shap: ShapValues, data: Dataset, feature: string): Dependence {
  const index = shap.featureNames.indexOf(feature);
  const column = data.features.find((candidate) => candidate.name === feature);
  if (index < 0 || column === undefined) throw new MlError('CH808', `There is no feature \`${feature}\`.`);
  const stride = shap.classes * shap.featureNames.length;
  const value = (row: number): number =>
    column.kind === 'numeric'
      ? column.values[row]!
      : column.codes[row]! < 0
        ? Number.NaN
        : column.codes[row]!;
  const step = Math.max(1, Math.ceil(shap.rows / mostDots));
  const rows = Array.from({ length: Math.ceil(shap.rows / step) }, (_, i) => i * step);
  return {
    rows,
    value,
    shapOf: (row) => shap.values[row * stride + index]!,
    space: shap.space,
    domain: column.kind === 'numeric' ? middleOf(rows.map(value)) : [0, column.dictionary.length - 1],
    categories: column.kind === 'numeric' ? undefined : column.dictionary,
  };
}

/** The 1st and 99th percentile of the values that are there. */
function middleOf(values: readonly number[]): readonly [number, number] {
  const sorted = values.filter((value) => Number.isFinite(value)).sort((a, b) => a - b);
  if (sorted.length === 0) return [0, 1];
  const at = (share: number): number => sorted[Math.round(share * (sorted.length - 1))]!;
  return [at(0.01), at(0.99)];
}
