import type { BinMappers } from '../binning/binned.ts';
import { type CellLayout, cellLayout } from '../histogram/cells.ts';

/** Rows are gathered in chunks: with the histograms of 8 columns they stay in the first-level cache. */
export const chunkRows = 256;
/** Rows belong to threads in blocks of 2^10: even where a table is sorted, every thread has its share of any leaf. */
export const blockShift = 10;
export const blockRows = 2 ** blockShift;
/** Cells of a column at most. */
export const mostBins = 256;

/** How many of everything. */
export interface Sizes {
  readonly rows: number;
  readonly cells: CellLayout;
  readonly threads: number;
  readonly slots: number;
  readonly leaves: number;
  /** Whether gradients come from the main thread rather than from the logistic kernel. */
  readonly given: boolean;
}

/** Byte offsets of the trainer's buffers in shared memory, each 64-byte aligned. */
export interface Layout {
  /** Bytes of a row in `rowCells`: cell columns rounded up to 4. */
  readonly stride: number;
  /** Bytes of one thread's partial histogram, and of one slot. */
  readonly histogramBytes: number;
  /** Byte offset of each cell column within a histogram. */
  readonly offsets: readonly number[];
  /** Int32: barrier (48), failed, chunk counter, column counter, each in a line of its own. */
  readonly control: number;
  readonly counter: number;
  /** Cell columns and their members, as the search kernel reads them. */
  readonly columnTable: number;
  readonly memberTable: number;
  /** u8 row-major cells, rows x stride. */
  readonly rowCells: number;
  /** u8 column-major cells, columns x rows; may be read up to 7 columns past its end. */
  readonly columnCells: number;
  /** Packed i64 gradient and hessian of each row. */
  readonly gh: number;
  readonly score: number;
  /** f32: the row's weight, negative for label 0 (logistic). */
  readonly signedFactor: number;
  /** f32 gradients and hessians from the main thread. */
  readonly gradient: number;
  readonly hessian: number;
  /** Leaf of each row: u8, or u16 where there can be more than 256. */
  readonly leaf: number;
  readonly wideLeaf: boolean;
  readonly leafValue: number;
  /** u32 rows in play. */
  readonly sample: number;
  /** Two lists of the rows by leaf, u32; thread t's part is at t x ownBytes in each. */
  readonly lists: readonly [number, number];
  readonly ownBytes: number;
  /** i32 rows that went left, two by thread, each in a line of its own. */
  readonly leftCount: number;
  /** Largest |gradient| and hessian of each thread's rows: two f32, in a line of their own. */
  readonly largest: number;
  /** Thread t's partial histogram at partial + t x histogramBytes. */
  readonly partial: number;
  /** Slot s at pool + s x histogramBytes. */
  readonly pool: number;
  /** Records of splits found, by leaf (2) and position. */
  readonly found: number;
  /** Thread t's scratch at scratch + t x scratchBytes, in these parts. */
  readonly scratch: number;
  readonly scratchBytes: number;
  readonly scratchParts: {
    readonly goesLeft: number;
    readonly terms: number;
    readonly mask: number;
    readonly scan: number;
    readonly unpacked: number;
    readonly rows: number;
    readonly gh: number;
  };
  readonly bytes: number;
}

/** A split's record: 8 doubles and a bitset of 256 categories. */
export const recordBytes = 96;
/** A leaf's scan terms: 10 doubles, in two lines. */
export const termBytes = 128;

export function cellsOf(mappers: BinMappers, used: Int32Array): CellLayout {
  return cellLayout(Array.from(used, (feature) => mappers[feature]!.bins));
}

export function layoutOf({ rows, cells, threads, slots, leaves, given }: Sizes): Layout {
  const { columns, columnOf } = cells;
  const positions = columnOf.length;
  const take = allocator(1024);
  const stride = Math.ceil(columns.length / 4) * 4;
  const padded = rows + 4;
  const offsets: number[] = [];
  let histogramBytes = 0;
  for (const column of columns) {
    offsets.push(histogramBytes);
    histogramBytes += Math.ceil(column.cells / 2) * 16;
  }
  const ownBytes = (Math.ceil(Math.ceil(rows / blockRows) / threads) * blockRows + 16) * 4;
  const part = allocator(0);
  const scratchParts = {
    goesLeft: part(256),
    terms: part(2 * termBytes),
    mask: part(positions),
    scan: part((2 * mostBins + 2) * 8),
    unpacked: part(mostBins * 16),
    rows: part(chunkRows * stride + 16),
    gh: part(chunkRows * 8),
  };
  const scratchBytes = part(0);
  const wideLeaf = leaves > 256;
  return {
    stride,
    histogramBytes,
    offsets,
    control: take(64 * 4),
    counter: take(64),
    columnTable: take(columns.length * 16),
    memberTable: take(positions * 32),
    partial: take(threads * histogramBytes),
    scratch: take(threads * scratchBytes),
    scratchBytes,
    scratchParts,
    found: take(2 * positions * recordBytes),
    leftCount: take(2 * threads * 64),
    largest: take(threads * 64),
    leafValue: take(leaves * 8),
    pool: take(slots * histogramBytes),
    rowCells: take(rows * stride + 16),
    columnCells: take(columns.length * rows),
    gh: take(padded * 8),
    score: take(padded * 8),
    signedFactor: given ? 0 : take(padded * 4),
    gradient: given ? take(padded * 4) : 0,
    hessian: given ? take(padded * 4) : 0,
    leaf: take(padded * (wideLeaf ? 2 : 1)),
    wideLeaf,
    sample: take(rows * 4),
    lists: [take(threads * ownBytes), take(threads * ownBytes)],
    ownBytes,
    bytes: take(0),
  };
}

/** Hands out 64-byte aligned pieces, one after the other. */
function allocator(start: number): (bytes: number) => number {
  let top = start;
  return (bytes) => {
    const at = top;
    top = Math.ceil((at + bytes) / 64) * 64;
    return at;
  };
}
