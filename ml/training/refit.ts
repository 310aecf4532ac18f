import { checkDataset } from '../dataset/check.ts';
import type { Dataset } from '../dataset/dataset.ts';
import { MlError } from '../error.ts';
import type { Model, Tree } from '../format/model.ts';
import { modelColumns } from '../predicting/model-columns.ts';
import { leafOfRow } from '../predicting/predict.ts';
import { leafOutput } from '../splitting/gain.ts';
import { splitRules } from './booster.ts';
import { trainingObjective } from './objective.ts';
import type { TrainParams } from './params.ts';
import { resolveParams } from './resolve.ts';

/**
 * New leaf values on new data, structure kept: value = decay x old + (1 - decay) x the value the new data asks for
 * (LightGBM's refit; its decay_rate defaults to 0.9). The starting score stays folded into the first trees.
 *
 * @throws MlError CH806, CH808, CH810
 */
export async function refit(
  model: Model,
  data: Dataset,
  options: { readonly decayRate?: number; readonly params?: TrainParams } = {},
): Promise<Model> {
  const { decayRate = 0.9 } = options;
  if (model.trees.some((tree) => tree.linear !== undefined)) {
    throw new MlError('CH810', 'Linear trees cannot be refitted.', 'Train a new model.');
  }
  checkDataset(data);
  const name = model.objective.text.split(' ')[0] ?? '';
  const classes = model.treesPerIteration;
  const params = resolveParams({
    objective: name as 'binary',
    ...(classes > 1 ? { num_class: classes } : {}),
    sigmoid: model.objective.sigmoid,
    ...options.params,
  });
  const objective = trainingObjective(data, params);
  const columns = modelColumns(model, data);
  const scores = new Float64Array(data.rows * classes);
  const gradient = new Float32Array(data.rows);
  const hessian = new Float32Array(data.rows);
  const rules = splitRules(params, 1, 1);
  const trees: Tree[] = [];
  for (let first = 0; first < model.trees.length; first += classes) {
    const before = scores.slice();
    for (let k = 0; k < classes; k++) {
      const tree = model.trees[first + k]!;
      objective.gradients(before, k, gradient, hessian);
      const leaves = Uint32Array.from({ length: data.rows }, (_, row) => leafOfRow(tree, columns, row));
      const sumG = new Float64Array(tree.numLeaves);
      const sumH = new Float64Array(tree.numLeaves);
      leaves.forEach((leaf, row) => {
        sumG[leaf]! += gradient[row]!;
        sumH[leaf]! += hessian[row]!;
      });
      const leafValue = tree.leafValue.map((old, leaf) => {
        if (sumH[leaf] === 0 || tree.numLeaves === 1) return old;
        const totals = { gradient: 0, hessian: 0, count: 0, output: 0, low: -Infinity, high: Infinity };
        const wanted = leafOutput(sumG[leaf]!, sumH[leaf]!, 1, totals, { ...rules, smooth: 0 });
        return decayRate * old + (1 - decayRate) * wanted * tree.shrinkage;
      });
      leaves.forEach((leaf, row) => {
        scores[row * classes + k]! += leafValue[leaf]!;
      });
      trees.push({ ...tree, leafValue });
    }
  }
  return { ...model, trees };
}
