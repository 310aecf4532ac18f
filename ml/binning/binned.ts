import type { Dataset, FeatureColumn } from '../dataset/dataset.ts';
import { recode } from '../dataset/encode.ts';
import { binKernel, countKernel } from '../kernels/bin-kernel.ts';
import { hash3 } from '../random.ts';
import type { BinMapper } from './bin-mapper.ts';
import { type BinningParams, fitMapper } from './fit-mapper.ts';

export type BinColumn = Uint8Array | Uint16Array;

/** The mapper of each feature of the training data, by column index. */
export type BinMappers = readonly BinMapper[];

/**
 * A data set in bins. `columns[f][row]` is the bin of feature f; features whose mapper has one bin only can
 * split nothing and are left out of `used`.
 */
export interface BinnedData {
  readonly rows: number;
  readonly mappers: BinMappers;
  readonly columns: readonly BinColumn[];
  /** Features with more than one bin, ascending. */
  readonly used: Int32Array;
}

/** Below this many rows setting up the kernels costs more than it saves. */
const fewestRows = 10_000;

/** Fits one mapper per feature on a sample of at most bin_construct_sample_cnt rows. */
export function fitMappers(data: Dataset, params: BinningParams): BinMappers {
  const sample = sampleFor(data.rows, params);
  const size = sample?.length ?? data.rows;
  const count = size < fewestRows ? null : countKernel(size);
  return data.features.map((column) => fitMapper(column, sample, params, count ?? undefined));
}

/** The rows that mappers are fitted on: at most about bin_construct_sample_cnt, ascending; null for all. */
export function sampleFor(rows: number, params: BinningParams): Uint32Array | null {
  return sampleRows(rows, params.bin_construct_sample_cnt, params.seed);
}

/** Fits and bins one column after the other, with kernels made once; `fitMappers` and `binDataset` for one column. */
export function columnBinner(
  rows: number,
  sample: Uint32Array | null,
  params: BinningParams,
): (column: FeatureColumn) => { readonly mapper: BinMapper; readonly bins: BinColumn } {
  const size = sample?.length ?? rows;
  const count = size < fewestRows ? null : countKernel(size);
  const kernel = rows < fewestRows ? null : binKernel();
  return (column) => {
    const mapper = fitMapper(column, sample, params, count ?? undefined);
    return { mapper, bins: kernel?.(column, mapper) ?? binColumn(column, mapper) };
  };
}

/** Features with more than one bin, ascending. */
export function usedOf(mappers: BinMappers): Int32Array {
  return Int32Array.from(mappers.keys()).filter((f) => mappers[f]!.bins > 1);
}

/** Maps every value to its bin. Columns are matched by position. */
export function binDataset(data: Dataset, mappers: BinMappers): BinnedData {
  const kernel = data.rows < fewestRows ? null : binKernel();
  const columns = data.features.map(
    (column, f) => kernel?.(column, mappers[f]!) ?? binColumn(column, mappers[f]!),
  );
  return { rows: data.rows, mappers, columns, used: usedOf(mappers) };
}

/** The plain search: the specification of the kernel. */
export function binColumn(column: FeatureColumn, mapper: BinMapper): BinColumn {
  const rows = column.kind === 'numeric' ? column.values.length : column.codes.length;
  const out = mapper.bins <= 256 ? new Uint8Array(rows) : new Uint16Array(rows);
  if (mapper.kind === 'categorical') {
    if (column.kind !== 'categorical') return out;
    const codes = recode(column, mapper.dictionary);
    for (let row = 0; row < rows; row++) out[row] = codes[row]! < 0 ? 0 : mapper.binOfCode[codes[row]!]!;
    return out;
  }
  if (column.kind !== 'numeric') return out;
  const { values } = column;
  const { bounds } = mapper;
  const last = bounds.length - 1;
  const missing = mapper.missing === 'nan' ? mapper.bins - 1 : mapper.zeroBin;
  for (let row = 0; row < rows; row++) {
    const value = values[row]!;
    if (Number.isNaN(value)) {
      out[row] = missing;
      continue;
    }
    let low = 0;
    let high = last;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (value <= bounds[middle]!) high = middle;
      else low = middle + 1;
    }
    out[row] = low;
  }
  return out;
}

/** About `count` rows, ascending, by a hash of the row; null for all. */
function sampleRows(rows: number, count: number, seed: number): Uint32Array | null {
  if (rows <= count) return null;
  const limit = (count / rows) * 4294967296;
  const out = new Uint32Array(rows);
  let size = 0;
  for (let row = 0; row < rows; row++) if (hash3(row, 0x51ed, seed) < limit) out[size++] = row;
  return out.slice(0, size);
}
