import type { Dataset } from '../dataset/dataset.ts';
import type { Model, Tree } from '../format/model.ts';
import { tablePredict } from '../tables/table-predict.ts';
import { goesLeft } from './decide.ts';
import { applyLink } from './link.ts';
import { type ModelColumns, modelColumns } from './model-columns.ts';

export interface PredictOptions {
  /** Use the first n iterations only. */
  readonly iterations?: number;
  /** 0 or absent: as many as the machine has. Results do not depend on it. */
  readonly threads?: number;
}

/**
 * Raw scores (log-odds for binary): rows x classes, row-major. Columns are found by the model's names, categories
 * by its dictionaries; extra columns are ignored.
 *
 * @throws MlError CH808
 */
export async function predictRaw(
  model: Model,
  data: Dataset,
  options: PredictOptions = {},
): Promise<Float64Array> {
  return (await tablePredict(model, data, options)) ?? predictRawSync(model, data, options);
}

/**
 * Probabilities or values: rows x classes, row-major (binary: the positive class only, one a row).
 *
 * @throws MlError CH808
 */
export async function predict(
  model: Model,
  data: Dataset,
  options: PredictOptions = {},
): Promise<Float64Array> {
  return applyLink(await predictRaw(model, data, options), model.objective);
}

/** The same, on this thread, tree by tree and row by row: the specification of the fast path. */
export function predictRawSync(model: Model, data: Dataset, options: PredictOptions = {}): Float64Array {
  const columns = modelColumns(model, data);
  const classes = model.treesPerIteration;
  const trees = firstTrees(model, options.iterations);
  const out = new Float64Array(data.rows * classes);
  for (const [index, tree] of trees.entries()) {
    const k = index % classes;
    for (let row = 0; row < data.rows; row++) {
      const leaf = leafOfRow(tree, columns, row);
      out[row * classes + k]! +=
        tree.linear === undefined ? tree.leafValue[leaf]! : linearValue(tree, leaf, columns, row);
    }
  }
  if (model.averageOutput) {
    const iterations = Math.max(1, trees.length / classes);
    for (let i = 0; i < out.length; i++) out[i]! /= iterations;
  }
  return out;
}

/** The trees of the first n iterations. */
export function firstTrees(model: Model, iterations: number | undefined): readonly Tree[] {
  return iterations === undefined ? model.trees : model.trees.slice(0, iterations * model.treesPerIteration);
}

/** Index of the leaf a row falls into. */
export function leafOfRow(tree: Tree, columns: ModelColumns, row: number): number {
  if (tree.numLeaves <= 1) return 0;
  let at = 0;
  while (at >= 0) {
    const x = columns[tree.splitFeature[at]!]![row]!;
    at = goesLeft(tree, at, x) ? tree.leftChild[at]! : tree.rightChild[at]!;
  }
  return ~at;
}

/** A linear leaf's value: its constant plus its terms, or the plain leaf value when any term is missing. */
function linearValue(tree: Tree, leaf: number, columns: ModelColumns, row: number): number {
  const linear = tree.linear!;
  const features = linear.features[leaf]!;
  let sum = linear.constant[leaf]!;
  for (let i = 0; i < features.length; i++) {
    const x = columns[features[i]!]![row]!;
    if (Number.isNaN(x)) return tree.leafValue[leaf]!;
    sum += x * linear.coefficients[leaf]![i]!;
  }
  return sum;
}
