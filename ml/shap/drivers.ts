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

/** The k features that move a row's score most, by absolute contribution (`up`: upwards only). */
export function topDrivers(
  shap: ShapValues,
  data: Dataset,
  row: number,
  k: number,
  options: { readonly direction?: 'both' | 'up'; readonly classIndex?: number } = {},
): readonly Driver[] {
  const { contributions } = explainRow(shap, data, row, options);
  const wanted = options.direction === 'up' ? contributions.filter((d) => d.contribution > 0) : contributions;
  return wanted.slice(0, k);
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
