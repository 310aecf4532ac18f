import type { Dataset } from '../dataset/dataset.ts';
import { MlError } from '../error.ts';
import type { Model, Tree } from '../format/model.ts';
import { goesLeft } from '../predicting/decide.ts';
import { applyLink } from '../predicting/link.ts';
import { type ModelColumns, modelColumns } from '../predicting/model-columns.ts';
import { firstTrees, predictRawSync } from '../predicting/predict.ts';
import type { ShapOptions, ShapValues } from './shap-values.ts';

/**
 * Interventional SHAP: the mean, over background rows, of the Shapley values of the game "these features from the
 * row, the others from the background row" (Lundberg et al., From local explanations to global understanding with
 * explainable AI for trees, 2020). A leaf contributes only through features that separate row and background.
 *
 * In probability space each row-background pair's values are rescaled by (p(x) - p(b)) / (raw(x) - raw(b)), as
 * DeepLIFT and shap's TreeExplainer do.
 */
export function interventionalShap(
  model: Model,
  data: Dataset,
  background: Dataset,
  options: ShapOptions,
): ShapValues {
  if (model.averageOutput) throw new MlError('CH810', 'Random forests have no interventional values here.');
  const space = options.space ?? 'raw';
  if (space === 'probability' && model.objective.link === 'softmax') {
    throw new MlError('CH810', 'Probability space is for binary models.', 'Use space `raw`.');
  }
  const columns = modelColumns(model, data);
  const base = modelColumns(model, background);
  const classes = model.treesPerIteration;
  const features = model.featureNames.length;
  const trees = firstTrees(model, options.iterations);
  const values = new Float64Array(data.rows * classes * features);
  const pair = new Float64Array(features);
  const raw = predictRawSync(model, data, options);
  const rawBase = predictRawSync(model, background, options);
  const score = space === 'raw' ? raw : applyLink(raw, model.objective);
  const scoreBase = space === 'raw' ? rawBase : applyLink(rawBase, model.objective);
  const expected = new Float64Array(classes);
  for (let b = 0; b < background.rows; b++) {
    for (let k = 0; k < classes; k++) expected[k]! += scoreBase[b * classes + k]! / background.rows;
  }
  for (let row = 0; row < data.rows; row++) {
    for (let b = 0; b < background.rows; b++) {
      for (let k = 0; k < classes; k++) {
        const x = row * classes + k;
        const z = b * classes + k;
        const distance = raw[x]! - rawBase[z]!;
        const stretch = space === 'raw' ? 1 : distance === 0 ? 0 : (score[x]! - scoreBase[z]!) / distance;
        pair.fill(0);
        for (let t = k; t < trees.length; t += classes) addPair(trees[t]!, columns, row, base, b, pair);
        for (let f = 0; f < features; f++)
          values[x * features + f]! += (pair[f]! * stretch) / background.rows;
      }
    }
  }
  const { featureNames } = model;
  return { rows: data.rows, classes, featureNames, values, expected, space, method: 'interventional' };
}

/** Adds one tree's Shapley values of one row against one background row. */
function addPair(
  tree: Tree,
  columns: ModelColumns,
  row: number,
  base: ModelColumns,
  baseRow: number,
  phi: Float64Array,
): void {
  const fromRow: number[] = [];
  const fromBase: number[] = [];
  const visit = (node: number): void => {
    if (node < 0) {
      const value = tree.leafValue[~node]!;
      const x = fromRow.length;
      const z = fromBase.length;
      if (x > 0) for (const f of fromRow) phi[f]! += value * share(x - 1, z);
      if (z > 0) for (const f of fromBase) phi[f]! -= value * share(x, z - 1);
      return;
    }
    const f = tree.splitFeature[node]!;
    const child = (left: boolean): number => (left ? tree.leftChild[node]! : tree.rightChild[node]!);
    const x = goesLeft(tree, node, columns[f]![row]!);
    const z = goesLeft(tree, node, base[f]![baseRow]!);
    if (x === z || fromRow.includes(f)) {
      visit(child(x));
      return;
    }
    if (fromBase.includes(f)) {
      visit(child(z));
      return;
    }
    fromRow.push(f);
    visit(child(x));
    fromRow.pop();
    fromBase.push(f);
    visit(child(z));
    fromBase.pop();
  };
  if (tree.numLeaves > 1) visit(0);
}

/** a! b! / (a + b + 1)!: the share of orders in which exactly these come before. */
function share(a: number, b: number): number {
  let result = 1 / (a + b + 1);
  for (let i = 1; i <= b; i++) result *= i / (a + i);
  return result;
}
