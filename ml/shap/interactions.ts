import type { Dataset } from '../dataset/dataset.ts';
import { MlError } from '../error.ts';
import type { Model } from '../format/model.ts';
import { modelColumns } from '../predicting/model-columns.ts';
import { addTreeShap, pathArena, treeDepth } from './classic.ts';
import { checkExplainable, expectedValue } from './expected.ts';

export interface ShapInteractions {
  readonly rows: number;
  readonly featureNames: readonly string[];
  /** Row-major rows x features x features; a row's matrix sums to its raw score minus expected. */
  readonly values: Float64Array;
  readonly expected: number;
}

/**
 * SHAP interaction values of single-output models: off the diagonal half the change of one feature's SHAP value when
 * the other is known rather than unknown, on the diagonal what is left of the SHAP value.
 *
 * @throws MlError CH808, CH810
 */
export async function shapInteractions(model: Model, data: Dataset): Promise<ShapInteractions> {
  checkExplainable(model);
  if (model.treesPerIteration !== 1 || model.averageOutput) {
    throw new MlError('CH810', 'Interaction values are for models with one output.');
  }
  const columns = modelColumns(model, data);
  const features = model.featureNames.length;
  const values = new Float64Array(data.rows * features * features);
  const plain = new Float64Array(features);
  const present = new Float64Array(features);
  const absent = new Float64Array(features);
  let expected = 0;
  for (const tree of model.trees) {
    expected += expectedValue(tree);
    const arena = pathArena(treeDepth(tree));
    const used = [...new Set(tree.splitFeature)];
    for (let row = 0; row < data.rows; row++) {
      const at = row * features * features;
      plain.fill(0);
      addTreeShap(tree, columns, row, arena, plain, 0);
      for (const i of used) {
        present.fill(0);
        absent.fill(0);
        addTreeShap(tree, columns, row, arena, present, 0, 1, i);
        addTreeShap(tree, columns, row, arena, absent, 0, -1, i);
        let off = 0;
        for (const j of used) {
          if (j === i) continue;
          const value = (present[j]! - absent[j]!) / 2;
          values[at + i * features + j]! += value;
          off += value;
        }
        values[at + i * features + i]! += plain[i]! - off;
      }
    }
  }
  return { rows: data.rows, featureNames: model.featureNames, values, expected };
}
