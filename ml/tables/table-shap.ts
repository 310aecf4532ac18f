import type { Dataset } from '../dataset/dataset.ts';
import type { Model } from '../format/model.ts';
import { modelColumns } from '../predicting/model-columns.ts';
import { firstTrees, type PredictOptions } from '../predicting/predict.ts';
import { expectedValue } from '../shap/expected.ts';
import type { ShapValues } from '../shap/shap-values.ts';
import { featureCodes } from './codes.ts';
import { blockRows, type TreeTables, tableRun } from './run-tables.ts';
import { shapTables } from './shap-tables.ts';

/** Tables pay from about this many rows on; fewer are explained row by row. */
const fewestRows = 64;

/** Path-dependent SHAP by pattern tables; null where they do not apply, and then the classic algorithm does. */
export async function tableShap(
  model: Model,
  data: Dataset,
  options: PredictOptions,
): Promise<ShapValues | null> {
  if (data.rows < fewestRows || model.averageOutput) return null;
  const trees = firstTrees(model, options.iterations);
  const features = model.featureNames.length;
  const classes = model.treesPerIteration;
  const codes = featureCodes(trees, features);
  if (codes === null) return null;
  const bits = data.rows < 2000 ? 6 : 8;
  const tables: TreeTables[] = [];
  const expected = new Float64Array(classes);
  for (const [index, tree] of trees.entries()) {
    const k = index % classes;
    expected[k]! += expectedValue(tree);
    const own = shapTables(tree, bits) ?? shapTables(tree, 12);
    if (own === null) return null;
    const shifted = own.map(({ conditions, outputs }) => ({
      conditions,
      outputs: outputs.map(({ output, values }) => ({ output: k * features + output, values })),
    }));
    tables.push({ tree, tables: shifted });
  }
  const width = classes * features;
  const run = tableRun(tables, codes, width);
  if (run === null) return null;
  const columns = modelColumns(model, data);
  const values = new Float64Array(data.rows * width);
  for (let start = 0; start < data.rows; start += blockRows) {
    const n = Math.min(blockRows, data.rows - start);
    values.set(run.run(columns, start, n), start * width);
    await new Promise((resolve) => setImmediate(resolve));
  }
  const { featureNames } = model;
  return { rows: data.rows, classes, featureNames, values, expected, space: 'raw', method: 'path-dependent' };
}
