import type { BinnedData } from '../binning/binned.ts';

/**
 * Where each used feature's bins lie in a histogram: bin b of the k-th used feature is at
 * 2 * (offsets[k] + b) (sum of gradients) and the entry after it (sum of hessians).
 */
export interface HistogramLayout {
  readonly offsets: Int32Array;
  readonly totalBins: number;
}

export function histogramLayout(binned: BinnedData): HistogramLayout {
  const offsets = new Int32Array(binned.used.length);
  let totalBins = 0;
  binned.used.forEach((feature, k) => {
    offsets[k] = totalBins;
    totalBins += binned.mappers[feature]!.bins;
  });
  return { offsets, totalBins };
}

/**
 * Bins of the used features row by row, each with its feature's offset added:
 * out[row * used + k] = offsets[k] + bin. Row-major, because a histogram visits whole rows.
 */
export function histogramRows(binned: BinnedData, layout: HistogramLayout): Uint16Array | Uint32Array {
  const width = binned.used.length;
  const size = binned.rows * width;
  const out = layout.totalBins <= 65536 ? new Uint16Array(size) : new Uint32Array(size);
  for (let k = 0; k < width; k++) {
    const column = binned.columns[binned.used[k]!]!;
    const offset = layout.offsets[k]!;
    for (let row = 0, at = k; row < binned.rows; row++, at += width) out[at] = offset + column[row]!;
  }
  return out;
}

/**
 * Adds the rows' gradients and hessians to their bins. Gradients are whole numbers (see quantise), so that sums
 * are exact and their order does not matter.
 *
 * @param cells row-major histogram positions, `width` a row
 * @param rows the leaf's rows, [start, end)
 * @param gh gradient and hessian of each row, interleaved
 * @param out histogram, cleared by the caller
 */
export function accumulate(
  cells: Uint16Array | Uint32Array,
  width: number,
  rows: Uint32Array,
  start: number,
  end: number,
  gh: Float64Array,
  out: Float64Array,
): void {
  for (let i = start; i < end; i++) {
    const row = rows[i]!;
    const gradient = gh[2 * row]!;
    const hessian = gh[2 * row + 1]!;
    const base = row * width;
    for (let at = base; at < base + width; at++) {
      const cell = 2 * cells[at]!;
      out[cell]! += gradient;
      out[cell + 1]! += hessian;
    }
  }
}

/** parent - child, written over the parent: the other child's histogram without visiting its rows. */
export function subtract(parent: Float64Array, child: Float64Array): void {
  for (let i = 0; i < parent.length; i++) parent[i]! -= child[i]!;
}
