import type { Dataset, FeatureColumn } from '../dataset/dataset.ts';
import { MlError } from '../error.ts';
import { nearest } from '../nearest.ts';

/**
 * The data set's columns that stand for `wanted`, in that order, by name. Extra columns are ignored.
 *
 * @throws MlError CH808 when a column is missing or of another kind
 */
export function matchColumns(
  data: Dataset,
  wanted: readonly Pick<FeatureColumn, 'name' | 'kind'>[],
): FeatureColumn[] {
  const byName = new Map(data.features.map((column) => [column.name, column]));
  return wanted.map(({ name, kind }) => {
    const column = byName.get(name);
    if (column === undefined) {
      const like = nearest(name, byName.keys());
      throw new MlError(
        'CH808',
        `The model needs feature \`${name}\`, which the data set has not.`,
        like === undefined ? undefined : `Did you mean \`${like}\`?`,
      );
    }
    if (column.kind !== kind) {
      throw new MlError(
        'CH808',
        `The model's feature \`${name}\` is ${kind}, the data set's is ${column.kind}.`,
      );
    }
    return column;
  });
}
