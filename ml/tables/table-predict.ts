import type { Dataset } from '../dataset/dataset.ts';
import type { Model } from '../format/model.ts';
import { modelColumns } from '../predicting/model-columns.ts';
import { firstTrees, type PredictOptions } from '../predicting/predict.ts';
import { featureCodes } from './codes.ts';
import { leafMasks, mostMaskedLeaves } from './leaf-masks.ts';
import { blockRows, type TreeMasks, type TreeTables, tableRun } from './run-tables.ts';
import { scoreTables } from './score-tables.ts';

/** Masks pay from about this many rows on, and tables, which take longer to make. */
const fewestRows = { masks: 256, tables: 2000 };
const bits = 8;

/**
 * Raw scores by leaf masks, and by pattern tables where a tree has more leaves than a word has bits; null where they do not
 * apply, and then trees are walked row by row. Sums are added in
 * another order than by walking: scores differ from it by rounding (relative 1e-15 a tree).
 */
export async function tablePredict(
  model: Model,
  data: Dataset,
  options: PredictOptions,
): Promise<Float64Array | null> {
  const trees = firstTrees(model, options.iterations);
  const large = trees.some(({ numLeaves }) => numLeaves > mostMaskedLeaves);
  if (data.rows < (large ? fewestRows.tables : fewestRows.masks) || model.averageOutput) return null;
  if (trees.some((tree) => tree.linear !== undefined)) return null;
  const classes = model.treesPerIteration;
  const codes = featureCodes(trees, model.featureNames.length);
  if (codes === null) return null;
  const tables: TreeTables[] = [];
  const masked: TreeMasks[] = [];
  for (const [i, tree] of trees.entries()) {
    const output = i % classes;
    if (tree.numLeaves > mostMaskedLeaves) tables.push({ tree, tables: scoreTables(tree, bits, output) });
    else if (tree.numLeaves > 1) masked.push({ tree, output, ...leafMasks(tree) });
  }
  const constant = new Float64Array(classes);
  trees.forEach((tree, i) => {
    if (tree.numLeaves === 1) constant[i % classes]! += tree.leafValue[0]!;
  });
  const run = tableRun(tables, codes, classes, masked);
  if (run === null) return null;
  const columns = modelColumns(model, data);
  const raw = new Float64Array(data.rows * classes);
  for (let start = 0; start < data.rows; start += blockRows) {
    const n = Math.min(blockRows, data.rows - start);
    raw.set(run.run(columns, start, n), start * classes);
    if ((start / blockRows) % 8 === 7) await new Promise((resolve) => setImmediate(resolve));
  }
  if (constant.some((value) => value !== 0))
    for (let i = 0; i < raw.length; i++) raw[i]! += constant[i % classes]!;
  return raw;
}
