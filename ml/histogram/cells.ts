import type { BinColumn } from '../binning/binned.ts';

/** A feature within a cell: its bin is the cell's digit at `step`, cell / step modulo bins. */
export interface CellMember {
  /** Position in `used`. */
  readonly k: number;
  readonly bins: number;
  readonly step: number;
}

/**
 * One byte of a row as histograms see it. A feature of many bins has a cell column of its own; features of few bins
 * share one, whose cell is the combination of their bins: one addition a row serves them all, and sums over
 * combinations give each one's histogram, without loss.
 */
export interface CellColumn {
  readonly members: readonly CellMember[];
  /** Product of the members' bins. */
  readonly cells: number;
}

export interface CellLayout {
  readonly columns: readonly CellColumn[];
  /** Of each position in `used`: its column. */
  readonly columnOf: Int32Array;
}

const mostCells = 256;

/**
 * Features into as few cell columns as first-fit finds: the largest first, each into the first column it fits.
 *
 * @param bins of the used features, each at most 256
 * @example cellLayout([255, 2, 60, 3]).columns.length // 2: the first alone, 60 x 3 x ... with 2 only if it fits
 */
export function cellLayout(bins: readonly number[]): CellLayout {
  const open: { members: CellMember[]; cells: number }[] = [];
  const order = Array.from(bins.keys()).sort((a, b) => bins[b]! - bins[a]! || a - b);
  for (const k of order) {
    const size = bins[k]!;
    let column = open.find(({ cells }) => cells * size <= mostCells);
    if (column === undefined) {
      column = { members: [], cells: 1 };
      open.push(column);
    }
    column.members.push({ k, bins: size, step: column.cells });
    column.cells *= size;
  }
  const columnOf = new Int32Array(bins.length);
  open.forEach(({ members }, c) => {
    for (const { k } of members) columnOf[k] = c;
  });
  return { columns: open, columnOf };
}

/** Writes each row's cell of a column. `binsOf` gives a feature's bins by its position in `used`. */
export function writeCells(column: CellColumn, binsOf: (k: number) => BinColumn, out: Uint8Array): void {
  const [first, ...others] = column.members;
  if (first === undefined) return;
  out.set(binsOf(first.k));
  for (const { k, step } of others) {
    const bins = binsOf(k);
    for (let row = 0; row < out.length; row++) out[row]! += bins[row]! * step;
  }
}

/** Which cells hold bins that go left, times `mark`: the table of a member's bins widened to its column's cells. */
export function leftCells(
  column: CellColumn,
  k: number,
  goesLeft: Uint8Array,
  mark: number,
  out: Uint8Array,
): void {
  const { bins, step } = column.members.find((member) => member.k === k)!;
  for (let cell = 0; cell < column.cells; ) {
    for (let bin = 0; bin < bins; bin++) {
      const value = goesLeft[bin]! * mark;
      for (let low = 0; low < step; low++) out[cell++] = value;
    }
  }
}
