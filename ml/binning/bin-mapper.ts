/** What a missing value is for a feature: nothing special, zero, or NaN. */
export type MissingType = 'none' | 'zero' | 'nan';

/** Value to bin for a numeric feature. With missing `nan` the last bin holds the NaNs. */
export interface NumericMapper {
  readonly kind: 'numeric';
  /** Upper bounds of the value bins, ascending, the last Infinity. */
  readonly bounds: Float64Array;
  readonly bins: number;
  readonly missing: MissingType;
  /** The bin of zero. */
  readonly zeroBin: number;
  readonly min: number;
  readonly max: number;
}

/** Code to bin for a categorical feature. Bin 0 holds missing, rare and unknown codes. */
export interface CategoricalMapper {
  readonly kind: 'categorical';
  readonly dictionary: readonly string[];
  /** Bin of each code of the dictionary; 0 for rare ones. */
  readonly binOfCode: Int32Array;
  /** Code of each bin; -1 for bin 0. */
  readonly codeOfBin: Int32Array;
  readonly bins: number;
  readonly missing: MissingType;
}

export type BinMapper = NumericMapper | CategoricalMapper;

/** The bin that is routed by the default direction, or -1. */
export function missingBin(mapper: BinMapper): number {
  if (mapper.kind === 'categorical') return -1;
  if (mapper.missing === 'nan') return mapper.bins - 1;
  return mapper.missing === 'zero' ? mapper.zeroBin : -1;
}

/** Index of the first bound >= value. */
export function lowerBound(bounds: Float64Array, value: number): number {
  let low = 0;
  let high = bounds.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (value <= bounds[middle]!) high = middle;
    else low = middle + 1;
  }
  return low;
}
