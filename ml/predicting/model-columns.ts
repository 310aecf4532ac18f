import type { Dataset } from '../dataset/dataset.ts';
import { recode } from '../dataset/encode.ts';
import { modelName } from '../dataset/feature-name.ts';
import { MlError } from '../error.ts';
import type { Model } from '../format/model.ts';
import { nearest } from '../nearest.ts';

/** A model's features as numbers, by feature index: values, or category codes of the model's dictionary (-1 missing). */
export type ModelColumns = readonly ArrayLike<number>[];

/**
 * The columns a model needs, found by name. A numeric column stands for a categorical feature whose model has no
 * dictionary (LightGBM's integer categories). A feature no tree uses may be absent.
 *
 * @throws MlError CH808
 */
export function modelColumns(model: Model, data: Dataset): ModelColumns {
  const byName = new Map(data.features.map((column) => [modelName(column.name), column]));
  const used = new Set<number>();
  for (const tree of model.trees) {
    for (const feature of tree.splitFeature) used.add(feature);
    for (const features of tree.linear?.features ?? []) for (const feature of features) used.add(feature);
  }
  return model.featureNames.map((name, f) => {
    const column = byName.get(modelName(name));
    if (column === undefined) {
      if (!used.has(f)) return [];
      const like = nearest(name, byName.keys());
      throw new MlError(
        'CH808',
        `The model needs feature \`${name}\`, which the data set has not.`,
        like === undefined ? undefined : `Did you mean \`${like}\`?`,
      );
    }
    const dictionary = model.categories.get(f);
    if (column.kind === 'numeric') {
      if (dictionary === undefined) return column.values;
      throw new MlError(
        'CH808',
        `The model's feature \`${name}\` is categorical, the data set's is numeric.`,
      );
    }
    if (dictionary === undefined) {
      throw new MlError(
        'CH808',
        `The model's feature \`${name}\` is numeric, the data set's is categorical.`,
      );
    }
    return recode(column, dictionary);
  });
}
