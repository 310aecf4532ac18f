import type { Dataset } from '../dataset/dataset.ts';
import { MlError } from '../error.ts';
import type { Model } from '../format/model.ts';
import { modelColumns } from '../predicting/model-columns.ts';
import { firstTrees, type PredictOptions } from '../predicting/predict.ts';
import { tableShap } from '../tables/table-shap.ts';
import { addTreeShap, pathArena, treeDepth } from './classic.ts';
import { checkExplainable, expectedValue } from './expected.ts';
import { interventionalShap } from './interventional.ts';

/** The space SHAP values add up in: raw scores (log-odds) or probabilities. */
export type ShapSpace = 'raw' | 'probability';

export interface ShapValues {
  readonly rows: number;
  readonly classes: number;
  readonly featureNames: readonly string[];
  /** Row-major rows x classes x features. */
  readonly values: Float64Array;
  /** Expected score per class: expected + sum of a row's values = the row's score, in the space named. */
  readonly expected: Float64Array;
  readonly space: ShapSpace;
  readonly method: 'path-dependent' | 'interventional';
}

export interface ShapOptions extends PredictOptions {
  /** With a background: interventional SHAP against these rows. */
  readonly background?: Dataset;
  /** Probability space needs a background. */
  readonly space?: ShapSpace;
}

/**
 * Exact SHAP values of every row: path-dependent without a background, interventional with one.
 *
 * @throws MlError CH808 missing column, CH810 a model that cannot be explained
 * @example
 * const { values, expected, featureNames } = await shapValues(model, data);
 */
export async function shapValues(
  model: Model,
  data: Dataset,
  options: ShapOptions = {},
): Promise<ShapValues> {
  checkExplainable(model);
  if (options.background !== undefined) return interventionalShap(model, data, options.background, options);
  if (options.space === 'probability') {
    throw new MlError(
      'CH810',
      'Path-dependent SHAP values add up in raw scores only.',
      'Pass a background data set for probabilities.',
    );
  }
  return (await tableShap(model, data, options)) ?? classicShap(model, data, options);
}

/** Path-dependent SHAP by the classic algorithm, row by row: the specification of the pattern tables. */
export function classicShap(model: Model, data: Dataset, options: PredictOptions = {}): ShapValues {
  const columns = modelColumns(model, data);
  const classes = model.treesPerIteration;
  const features = model.featureNames.length;
  const trees = firstTrees(model, options.iterations);
  const scale = model.averageOutput ? classes / trees.length : 1;
  const values = new Float64Array(data.rows * classes * features);
  const expected = new Float64Array(classes);
  for (const [index, tree] of trees.entries()) {
    const k = index % classes;
    expected[k]! += expectedValue(tree) * scale;
    const arena = pathArena(treeDepth(tree));
    for (let row = 0; row < data.rows; row++) {
      addTreeShap(tree, columns, row, arena, values, (row * classes + k) * features);
    }
  }
  if (scale !== 1) for (let i = 0; i < values.length; i++) values[i]! *= scale;
  const { featureNames } = model;
  return { rows: data.rows, classes, featureNames, values, expected, space: 'raw', method: 'path-dependent' };
}
