import type { Dataset } from '../dataset/dataset.ts';
import type { Model } from '../format/model.ts';
import { applyLink } from '../predicting/link.ts';
import { predictRaw } from '../predicting/predict.ts';
import { type Driver, type DriverOptions, driverRanking, type Explanation, explainRow } from './drivers.ts';
import { type FeatureImportance, featureImportance } from './importance.ts';
import { type ShapOptions, type ShapValues, shapValues } from './shap-values.ts';

/** Scores of a data set with everything that says where they come from. */
export interface Explained {
  /** Probabilities or values: rows x classes, row-major, as `predict` gives them. */
  readonly predictions: Float64Array;
  /** Raw scores (log-odds for binary), as `predictRaw` gives them. */
  readonly raw: Float64Array;
  readonly shap: ShapValues;
  /** Every feature by falling mean |SHAP| over the rows. */
  readonly importance: readonly FeatureImportance[];
  /** All contributions of one row: the input of `waterfallSvg` and `forceSvg`. */
  row(row: number, options?: { readonly classIndex?: number; readonly title?: string }): Explanation;
  /** The k features that move a row's score most; `up`: those that raise it. */
  drivers(row: number, k: number, options?: DriverOptions): readonly Driver[];
}

/**
 * Scores every row and says why: exact SHAP values, path-dependent without a background, interventional with one.
 *
 * @throws MlError CH808 missing column, CH810 a model that cannot be explained
 * @example
 * const explained = await explain(model, data);
 * explained.predictions[0]; // 0.81
 * explained.drivers(0, 3); // [{ feature: 'logins_30d', contribution: 0.9, value: 2 }, ...]
 */
export async function explain(model: Model, data: Dataset, options: ShapOptions = {}): Promise<Explained> {
  const shap = await shapValues(model, data, options);
  const raw = await predictRaw(model, data, options);
  return {
    predictions: applyLink(raw, model.objective),
    raw,
    shap,
    importance: featureImportance(model, shap),
    row: (row, about) => explainRow(shap, data, row, about),
    drivers: driverRanking(shap, data),
  };
}
