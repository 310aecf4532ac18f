import type { Dataset, FeatureColumn } from '../dataset/dataset.ts';
import type { ShapSpace, ShapValues } from './shap-values.ts';

export interface Driver {
  readonly feature: string;
  readonly contribution: number;
  /** The row's value: a number, a category, or null when missing. */
  readonly value: number | string | null;
}

/** One row's explanation, the input of waterfall and force plots. */
export interface Explanation {
  /** Expected score and the row's score, in the space named. */
  readonly expected: number;
  readonly score: number;
  readonly space: ShapSpace;
  /** Every feature, by falling absolute contribution. */
  readonly contributions: readonly Driver[];
  readonly title?: string;
}

export interface DriverOptions {
  /** `up`: only features that raise the score. */
  readonly direction?: 'both' | 'up';
  readonly classIndex?: number;
}

/** The k features that move a row's score most, by absolute contribution (`up`: upwards only). */
export function topDrivers(
  shap: ShapValues,
  data: Dataset,
  row: number,
  k: number,
  options: DriverOptions = {},
): readonly Driver[] {
  return driverRanking(shap, data)(row, k, options);
}

/** `topDrivers` for many rows of one data set: columns are looked up once, no row is sorted as a whole. */
export function driverRanking(
  shap: ShapValues,
  data: Dataset,
): (row: number, k: number, options?: DriverOptions) => readonly Driver[] {
  const { values, classes, featureNames } = shap;
  const features = featureNames.length;
  const byName = new Map(data.features.map((column) => [column.name, column]));
  const columns = featureNames.map((name) => byName.get(name));
  return (row, k, { direction = 'both', classIndex = 0 } = {}) => {
    const at = (row * classes + classIndex) * features;
    const size = (f: number): number => (direction === 'up' ? values[at + f]! : Math.abs(values[at + f]!));
    const top: number[] = [];
    for (let f = 0; f < features; f++) {
      if (direction === 'up' && !(values[at + f]! > 0)) continue;
      if (top.length === k && size(f) <= size(top[k - 1]!)) continue;
      let place = top.length === k ? k - 1 : top.length;
      for (; place > 0 && size(f) > size(top[place - 1]!); place--) top[place] = top[place - 1]!;
      top[place] = f;
    }
    return top.map((f) => ({
      feature: featureNames[f]!,
      contribution: values[at + f]!,
      value: cellValue(columns[f], row),
    }));
  };
}

/** All contributions of one row, with the values they come from. */
export function explainRow(
  shap: ShapValues,
  data: Dataset,
  row: number,
  options: { readonly classIndex?: number; readonly title?: string } = {},
): Explanation {
  const k = options.classIndex ?? 0;
  const features = shap.featureNames.length;
  const at = (row * shap.classes + k) * features;
  const columns = new Map(data.features.map((column) => [column.name, column]));
  const contributions = shap.featureNames
    .map((feature, f) => ({
      feature,
      contribution: shap.values[at + f]!,
      value: cellValue(columns.get(feature), row),
    }))
    .sort((a, b) => Math.abs(b.contribution) - Math.abs(a.contribution));
  const expected = shap.expected[k]!;
  const score = contributions.reduce((sum, { contribution }) => sum + contribution, expected);
  return { expected, score, space: shap.space, contributions, title: options.title };
}

/** A cell as a person reads it; null when missing. */
export function cellValue(column: FeatureColumn | undefined, row: number): number | string | null {
  if (column === undefined) return null;
  if (column.kind === 'categorical') return column.dictionary[column.codes[row]!] ?? null;
  const value = column.values[row]!;
  return Number.isNaN(value) ? null : value;
}
