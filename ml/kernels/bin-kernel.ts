import type { BinMapper } from '../binning/bin-mapper.ts';
import { zeroThreshold } from '../binning/find-bounds.ts';
import type { CountedValues } from '../binning/fit-mapper.ts';
import type { FeatureColumn, NumericValues } from '../dataset/dataset.ts';
import { instantiate, loadModule, sharedMemory } from './wasm.ts';

const blockRows = 8192;
const valuesAt = 4096;
const boundsAt = valuesAt + blockRows * 8;
const binsAt = boundsAt + 256 * 8;

/**
 * Bins numeric columns of at most 256 bins, some ten times faster than the plain search, whose branches nothing
 * predicts. Gives null for other columns; is null where kernels cannot run.
 */
export function binKernel(): ((column: FeatureColumn, mapper: BinMapper) => Uint8Array | null) | null {
  const module = loadModule();
  const memory = module === null ? null : sharedMemory(binsAt + blockRows);
  if (module === null || memory === null) return null;
  const kernels = instantiate(module, memory);
  const values = new Float64Array(memory.buffer, valuesAt, blockRows);
  const bounds = new Float64Array(memory.buffer, boundsAt, 256);
  const bins = new Uint8Array(memory.buffer, binsAt, blockRows);
  return (column, mapper) => {
    if (column.kind !== 'numeric' || mapper.kind !== 'numeric' || mapper.bins > 256) return null;
    bounds.fill(Infinity);
    bounds.set(mapper.bounds);
    const nanBin = mapper.missing === 'nan' ? mapper.bins - 1 : mapper.zeroBin;
    const rows = column.values.length;
    const out = new Uint8Array(rows);
    for (let start = 0; start < rows; start += blockRows) {
      const n = Math.min(blockRows, rows - start);
      values.set(column.values.subarray(start, start + n));
      kernels.binBlock(valuesAt, n, boundsAt, nanBin, binsAt);
      out.set(bins.subarray(0, n), start);
    }
    return out;
  };
}

const digitCounts = 6 * 2048 * 4;

/**
 * Counts the distinct values of columns, several times faster than a typed array sorts; null where kernels cannot run. Twin:
 * countValues in binning/fit-mapper.ts. What it gives lives until the next call.
 *
 * @param most values of a column at most
 */
export function countKernel(
  most: number,
): ((values: NumericValues, sample: Uint32Array | null) => CountedValues) | null {
  const module = loadModule();
  const sortedAt = valuesAt + digitCounts;
  const otherAt = sortedAt + most * 8;
  const countsAt = otherAt + most * 8;
  const memory = module === null ? null : sharedMemory(countsAt + most * 8);
  if (module === null || memory === null) return null;
  const kernels = instantiate(module, memory);
  const sorted = new Float64Array(memory.buffer, sortedAt, most);
  return (values, sample) => {
    const n = sample?.length ?? values.length;
    if (sample === null) sorted.set(values);
    else for (let i = 0; i < n; i++) sorted[i] = values[sample[i]!]!;
    const present = kernels.sortPresent(sortedAt, n, otherAt, valuesAt);
    const size = kernels.countDistinct(sortedAt, present, zeroThreshold, otherAt, countsAt);
    return {
      distinct: {
        values: new Float64Array(memory.buffer, otherAt, size),
        counts: new Float64Array(memory.buffer, countsAt, size),
        size,
      },
      present,
      min: present === 0 ? 0 : sorted[0]!,
      max: present === 0 ? 0 : sorted[present - 1]!,
    };
  };
}
