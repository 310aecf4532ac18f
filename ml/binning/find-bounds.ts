/**
 * Upper bounds of a numeric feature's bins, as LightGBM finds them (src/io/bin.cpp: GreedyFindBin and
 * FindBinWithZeroAsOneBin): equal counts, heavy values get bins of their own, zero always has its own bin.
 */

/** |x| up to this is zero; LightGBM's constant is a float. */
export const zeroThreshold = Math.fround(1e-35);

const scratch = new DataView(new ArrayBuffer(8));

/** The next larger double. */
export function nextUp(x: number): number {
  if (Number.isNaN(x) || x === Infinity) return x;
  if (x === 0) return Number.MIN_VALUE;
  scratch.setFloat64(0, x);
  scratch.setBigInt64(0, scratch.getBigInt64(0) + (x > 0 ? 1n : -1n));
  return scratch.getFloat64(0);
}

/** a <= b are the same for binning: b is at most the next double after a. */
export function equalOrdered(a: number, b: number): boolean {
  // Two units in the last place away is far: most pairs are settled without looking at bits.
  if (b - a > Math.abs(a) * 4.5e-16 && Math.abs(a) > 1e-290) return false;
  return b <= nextUp(a);
}

export interface DistinctValues {
  readonly values: Float64Array;
  readonly counts: Float64Array;
  /** Number of entries in use. */
  readonly size: number;
}

/** Distinct values and counts of a sorted sample; near-equal doubles are merged into the larger. */
export function distinctValues(sorted: Float64Array): DistinctValues {
  const values = new Float64Array(sorted.length);
  const counts = new Float64Array(sorted.length);
  let size = 0;
  for (let i = 0; i < sorted.length; i++) {
    const value = Math.abs(sorted[i]!) <= zeroThreshold ? 0 : sorted[i]!;
    const last = size === 0 ? 0 : values[size - 1]!;
    if (size > 0 && (value === last || (last !== 0 && value !== 0 && equalOrdered(last, value)))) {
      values[size - 1] = value;
      counts[size - 1]! += 1;
    } else {
      values[size] = value;
      counts[size] = 1;
      size++;
    }
  }
  return { values, counts, size };
}

/** Bounds ascending, the last one Infinity. `total` is the number of non-missing rows of the sample. */
export function findBounds(
  distinct: DistinctValues,
  maxBin: number,
  total: number,
  minDataInBin: number,
): number[] {
  const { values, counts, size } = distinct;
  let leftCount = 0;
  let zeroCount = 0;
  let rightCount = 0;
  let leftEnd = 0;
  let rightStart = size;
  for (let i = 0; i < size; i++) {
    const value = values[i]!;
    if (value <= -zeroThreshold) {
      leftCount += counts[i]!;
      leftEnd = i + 1;
    } else if (value > zeroThreshold) {
      rightCount += counts[i]!;
      if (rightStart === size) rightStart = i;
    } else zeroCount += counts[i]!;
  }
  let bounds: number[] = [];
  if (leftEnd > 0 && maxBin > 1) {
    const share = Math.trunc((leftCount / (total - zeroCount)) * (maxBin - 1));
    bounds = greedyBounds(values, counts, 0, leftEnd, Math.max(1, share), leftCount, minDataInBin);
    if (bounds.length > 0) bounds[bounds.length - 1] = -zeroThreshold;
  }
  const rightBins = maxBin - 1 - bounds.length;
  if (rightStart < size && rightBins > 0) {
    bounds.push(zeroThreshold);
    bounds.push(...greedyBounds(values, counts, rightStart, size, rightBins, rightCount, minDataInBin));
  } else {
    bounds.push(Infinity);
  }
  return bounds;
}

function greedyBounds(
  values: Float64Array,
  counts: Float64Array,
  start: number,
  end: number,
  bins: number,
  total: number,
  minDataInBin: number,
): number[] {
  const bounds: number[] = [];
  const push = (low: number, high: number): boolean => {
    const bound = nextUp(low + high === Infinity ? low : (low + high) / 2);
    if (bounds.length > 0 && equalOrdered(bounds[bounds.length - 1]!, bound)) return false;
    bounds.push(bound);
    return true;
  };
  if (end - start <= bins) {
    let inBin = 0;
    for (let i = start; i < end - 1; i++) {
      inBin += counts[i]!;
      if (inBin >= minDataInBin && push(values[i]!, values[i + 1]!)) inBin = 0;
    }
    bounds.push(Infinity);
    return bounds;
  }
  const maxBin = Math.max(1, Math.min(bins, Math.trunc(total / minDataInBin)));
  let mean = total / maxBin;
  let restBins = maxBin;
  let restCount = total;
  const isBig = new Uint8Array(end - start + 1);
  for (let i = start; i < end; i++) {
    if (counts[i]! >= mean) {
      isBig[i - start] = 1;
      restBins--;
      restCount -= counts[i]!;
    }
  }
  mean = restCount / restBins;
  let inBin = 0;
  let made = 0;
  const edges: [number, number][] = [];
  for (let i = start; i < end - 1; i++) {
    const big = isBig[i - start] === 1;
    if (!big) restCount -= counts[i]!;
    inBin += counts[i]!;
    if (big || inBin >= mean || (isBig[i - start + 1] === 1 && inBin >= Math.max(1, mean * 0.5))) {
      edges.push([values[i]!, values[i + 1]!]);
      made++;
      if (made >= maxBin - 1) break;
      inBin = 0;
      if (!big) {
        restBins--;
        mean = restCount / restBins;
      }
    }
  }
  for (const [low, high] of edges) push(low, high);
  bounds.push(Infinity);
  return bounds;
}
