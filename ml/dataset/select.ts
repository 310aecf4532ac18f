import { MlError } from '../error.ts';
import { nearest } from '../nearest.ts';
import type { Dataset, FeatureColumn } from './dataset.ts';

/** The given rows, in the given order, of every column; buffers are new. */
export function selectRows(data: Dataset, rows: Uint32Array): Dataset {
  const take = (values: Float64Array | undefined, width = 1): Float64Array | undefined => {
    if (values === undefined) return undefined;
    const out = new Float64Array(rows.length * width);
    for (let i = 0; i < rows.length; i++) {
      for (let k = 0; k < width; k++) out[i * width + k] = values[rows[i]! * width + k]!;
    }
    return out;
  };
  const { entity } = data;
  return {
    rows: rows.length,
    features: data.features.map((column) => selectColumn(column, rows)),
    label: take(data.label),
    weight: take(data.weight),
    initScore: take(data.initScore, (data.initScore?.length ?? 0) / data.rows),
    groups: data.groups?.map((group) => ({ ...group, codes: takeCodes(group.codes, rows) })),
    predictionTime: take(data.predictionTime),
    labelKnownAt: take(data.labelKnownAt),
    eventTime: take(data.eventTime),
    entity: entity && Array.from(rows, (row) => entity[row]!),
  };
}

function selectColumn(column: FeatureColumn, rows: Uint32Array): FeatureColumn {
  if (column.kind === 'categorical') return { ...column, codes: takeCodes(column.codes, rows) };
  const { values } = column;
  const out = values instanceof Float32Array ? new Float32Array(rows.length) : new Float64Array(rows.length);
  for (let i = 0; i < rows.length; i++) out[i] = values[rows[i]!]!;
  return { ...column, values: out };
}

function takeCodes(codes: Int32Array, rows: Uint32Array): Int32Array {
  const out = new Int32Array(rows.length);
  for (let i = 0; i < rows.length; i++) out[i] = codes[rows[i]!]!;
  return out;
}

/** The data set with only these features, in this order; buffers are shared. Throws CH808 on an unknown name. */
export function selectFeatures(data: Dataset, names: readonly string[]): Dataset {
  const byName = new Map(data.features.map((column) => [column.name, column]));
  const features = names.map((name) => {
    const column = byName.get(name);
    if (column !== undefined) return column;
    const like = nearest(name, byName.keys());
    throw new MlError(
      'CH808',
      `There is no feature \`${name}\`.`,
      like === undefined ? undefined : `Did you mean \`${like}\`?`,
    );
  });
  return { ...data, features };
}
