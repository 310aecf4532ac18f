import type { CategoricalColumn, FeatureColumn, NumericColumn, NumericValues } from '../dataset/dataset.ts';
import type { Params } from '../training/params.ts';
import type { BinMapper, CategoricalMapper, MissingType, NumericMapper } from './bin-mapper.ts';
import { lowerBound } from './bin-mapper.ts';
import { type DistinctValues, distinctValues, findBounds } from './find-bounds.ts';

export type BinningParams = Pick<
  Params,
  'max_bin' | 'min_data_in_bin' | 'use_missing' | 'zero_as_missing' | 'bin_construct_sample_cnt' | 'seed'
>;

/** The values of a column that are not missing. */
export interface CountedValues {
  readonly distinct: DistinctValues;
  readonly present: number;
  readonly min: number;
  readonly max: number;
}

/** Sorts and counts the sampled values; the specification of the kernel that does it for large samples. */
export type CountValues = (values: NumericValues, sample: Uint32Array | null) => CountedValues;

/** The mapper of one feature, from the sampled rows. */
export function fitMapper(
  column: FeatureColumn,
  sample: Uint32Array | null,
  params: BinningParams,
  count: CountValues = countValues,
): BinMapper {
  return column.kind === 'numeric'
    ? fitNumeric(column, sample, params, count)
    : fitCategorical(column, sample, params);
}

export function countValues(values: NumericValues, sample: Uint32Array | null): CountedValues {
  const total = sample?.length ?? values.length;
  const kept = new Float64Array(total);
  let present = 0;
  for (let i = 0; i < total; i++) {
    const value = values[sample === null ? i : sample[i]!]!;
    if (!Number.isNaN(value)) kept[present++] = value;
  }
  const sorted = kept.subarray(0, present).sort();
  return {
    distinct: distinctValues(sorted),
    present,
    min: present === 0 ? 0 : sorted[0]!,
    max: present === 0 ? 0 : sorted[present - 1]!,
  };
}

function fitNumeric(
  { values }: NumericColumn,
  sample: Uint32Array | null,
  params: BinningParams,
  count: CountValues,
): NumericMapper {
  const { distinct, present, min, max } = count(values, sample);
  const missingCount = (sample?.length ?? values.length) - present;
  let missing: MissingType = 'none';
  if (params.use_missing) {
    if (params.zero_as_missing) missing = 'zero';
    else if (missingCount > 0) missing = 'nan';
  }
  const maxBin = missing === 'nan' ? params.max_bin - 1 : params.max_bin;
  const bounds = Float64Array.from(findBounds(distinct, maxBin, present, params.min_data_in_bin));
  if (missing === 'zero' && bounds.length === 2) missing = 'none';
  return {
    kind: 'numeric',
    bounds,
    bins: bounds.length + (missing === 'nan' ? 1 : 0),
    missing,
    zeroBin: lowerBound(bounds, 0),
    min,
    max,
  };
}

function fitCategorical(
  column: CategoricalColumn,
  sample: Uint32Array | null,
  params: BinningParams,
): CategoricalMapper {
  const total = sample?.length ?? column.codes.length;
  const counts = new Float64Array(column.dictionary.length);
  let missingCount = 0;
  for (let i = 0; i < total; i++) {
    const code = column.codes[sample === null ? i : sample[i]!]!;
    if (code < 0) missingCount++;
    else counts[code]! += 1;
  }
  const seen = Array.from(counts.keys()).filter((code) => counts[code]! > 0);
  seen.sort((a, b) => counts[b]! - counts[a]! || a - b);
  const enough = Math.round((total - missingCount) * 0.99);
  const maxBin = Math.min(seen.length + (missingCount > 0 ? 1 : 0), params.max_bin);
  const codeOfBin = [-1];
  let used = 0;
  for (const [rank, code] of seen.entries()) {
    if (!(used < enough || codeOfBin.length < maxBin)) break;
    if (counts[code]! < params.min_data_in_bin && rank > 1) break;
    codeOfBin.push(code);
    used += counts[code]!;
  }
  const binOfCode = new Int32Array(column.dictionary.length);
  for (let bin = 1; bin < codeOfBin.length; bin++) binOfCode[codeOfBin[bin]!] = bin;
  const complete = codeOfBin.length - 1 === seen.length && missingCount === 0;
  return {
    kind: 'categorical',
    dictionary: column.dictionary,
    binOfCode,
    codeOfBin: Int32Array.from(codeOfBin),
    bins: codeOfBin.length,
    missing: complete ? 'none' : 'nan',
  };
}
