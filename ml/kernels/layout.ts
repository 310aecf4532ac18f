/** Rows are worked on in chunks: small enough to share out evenly and to gather into the first-level cache. */
export const chunkRows = 2048;
/** Bins of a column in a histogram; columns with fewer leave the rest empty. */
export const columnBins = 256;
const columnBytes = columnBins * 8;

/** How many of everything. */
export interface Sizes {
  readonly rows: number;
  /** Used columns. */
  readonly columns: number;
  readonly threads: number;
  readonly slots: number;
  /** Whether gradients come from the main thread rather than from the logistic kernel. */
  readonly given: boolean;
}

/** Byte offsets of the trainer's buffers in shared memory, each 64-byte aligned. */
export interface Layout {
  /** Bytes of a row in `rowBins`: columns rounded up to 8. */
  readonly stride: number;
  /** Bytes of one thread's partial histogram, and of one slot. */
  readonly histogramBytes: number;
  /** Int32: barrier (48), failed, chunk counter, column counter, each in a line of its own. */
  readonly control: number;
  readonly counters: number;
  /** u8 row-major bins, rows x stride. */
  readonly rowBins: number;
  /** u8 column-major bins, stride x rows. */
  readonly columnBins: number;
  /** Packed i64 gradient and hessian of each row. */
  readonly gh: number;
  readonly score: number;
  /** f64: the row's weight, negative for label 0 (logistic). */
  readonly signedFactor: number;
  /** f64 gradients and hessians from the main thread. */
  readonly gradient: number;
  readonly hessian: number;
  /** u16 leaf of each row, f64 value of each leaf. */
  readonly leaf: number;
  readonly leafValue: number;
  /** u32 rows in play. */
  readonly sample: number;
  readonly order: number;
  readonly left: number;
  readonly right: number;
  /** i32 rows that went left, by chunk. */
  readonly leftCount: number;
  readonly goesLeft: number;
  /** Thread t's partial histogram at partial + t x histogramBytes. */
  readonly partial: number;
  /** Slot s at pool + s x histogramBytes. */
  readonly pool: number;
  /** Records of splits found, by leaf (2) and column. */
  readonly found: number;
  /** Thread t's scratch at scratch + t x scratchBytes: goesLeft, two unpacked columns, gathered rows, their gradients. */
  readonly scratch: number;
  readonly scratchBytes: number;
  readonly bytes: number;
}

/** A split's record: 8 doubles and a bitset of 256 categories. */
export const recordBytes = 96;

export function layoutOf({ rows, columns, threads, slots, given }: Sizes): Layout {
  let top = 1024;
  const take = (bytes: number): number => {
    const at = top;
    top = (top + bytes + 63) & ~63;
    // Past 2 GB the bit operation would turn negative.
    if (top < at) top = Math.ceil((at + bytes) / 64) * 64;
    return at;
  };
  const stride = Math.ceil(columns / 8) * 8;
  const padded = rows + 4;
  const histogramBytes = stride * columnBytes;
  const scratchBytes =
    Math.ceil((256 + 2 * columnBins * 16 + chunkRows * stride + chunkRows * 8 + 128) / 64) * 64;
  return {
    stride,
    histogramBytes,
    control: take(64 * 8),
    counters: take(64 * 4),
    rowBins: take(rows * stride + 16),
    columnBins: take(rows * stride),
    gh: take(padded * 8),
    score: take(padded * 8),
    signedFactor: given ? 0 : take(padded * 8),
    gradient: given ? take(padded * 8) : 0,
    hessian: given ? take(padded * 8) : 0,
    leaf: take(padded * 2),
    leafValue: take(65536 * 8),
    sample: take(rows * 4),
    order: take(rows * 4),
    left: take(rows * 4),
    right: take(rows * 4),
    leftCount: take((Math.ceil(rows / chunkRows) + 1) * 4),
    goesLeft: take(256),
    partial: take(threads * histogramBytes),
    pool: take(slots * histogramBytes),
    found: take(2 * columns * recordBytes),
    scratch: take(threads * scratchBytes),
    scratchBytes,
    get bytes() {
      return top;
    },
  };
}
