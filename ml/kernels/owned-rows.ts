import type { GrowCommand } from './grow-shared.ts';
import { blockRows, blockShift, chunkRows } from './layout.ts';
import type { ThreadContext } from './shared-engine.ts';

/** A thread's rows of each leaf. */
export interface OwnedRows {
  /** All of them to leaf 0: their gradients written, their cells summed. */
  takeAll(): void;
  /** Parts a leaf's rows by the thread's table of cells; returns how many stayed left, in `leaf`. */
  split(leaf: number, into: number, column: number): number;
  /** Sums a leaf's rows into the thread's histogram. */
  accumulate(leaf: number): void;
  mark(leaves: number): void;
}

/** Rows of each leaf, as ranges of the two lists. */
interface Ranges {
  /** By leaf: which list. */
  readonly list: number[];
  readonly start: number[];
  readonly end: number[];
}

/** Ranges of the thread's rows. */
export function eachOwnBlock(
  { rows, thread, threads }: Pick<ThreadContext, 'rows' | 'thread' | 'threads'>,
  work: (from: number, until: number) => void,
): void {
  for (let from = thread * blockRows; from < rows; from += threads * blockRows) {
    work(from, Math.min(rows, from + blockRows));
  }
}

/**
 * Rows belong to threads by blocks, for the whole training: no other thread touches their lists, gradients or leaves. A leaf's
 * rows are a range of one of two lists. Parting it leaves the left rows where they are and writes the right ones backwards
 * into the same range of the other list: nothing is copied back. The root of unsampled rows is in neither list. Rows
 * that a sample leaves out are ranges of the same lists, parted alike and never summed.
 *
 * @param fill writes the gradients of a block of rows
 */
export function ownedRows(
  context: ThreadContext,
  { sampled, narrow }: Pick<GrowCommand, 'sampled' | 'narrow'>,
  fill: (start: number, end: number) => void,
): OwnedRows {
  const { kernels, histogram, layout, thread, threads } = context;
  const { stride, rowCells, gh, scratchParts } = layout;
  const lists = layout.lists.map((at) => at + thread * layout.ownBytes);
  const scratch = layout.scratch + thread * layout.scratchBytes;
  const short = narrow ? 1 : 0;
  const gathered = scratch + scratchParts.rows;
  const gatheredGh = scratch + scratchParts.gh;
  const goesLeft = scratch + scratchParts.goesLeft;
  const wide = layout.wideLeaf ? 1 : 0;
  const learnt: Ranges = { list: [0], start: [0], end: [0] };
  const leftOut: Ranges | null = sampled === null ? null : { list: [0], start: [0], end: [0] };
  let unlisted = sampled === null;

  const eachBlock = (work: (from: number, until: number) => void): void => eachOwnBlock(context, work);
  const clearMarks = (): void =>
    eachBlock((from, until) =>
      kernels.clearBytes(layout.leaf + from * (1 + wide), (until - from) * (1 + wide)),
    );
  const placeOf = ({ list, start }: Ranges, leaf: number): number => lists[list[leaf]!]! + start[leaf]! * 4;
  const sizeOf = ({ start, end }: Ranges, leaf: number): number => end[leaf]! - start[leaf]!;

  const accumulate = (leaf: number): void => {
    const from = placeOf(learnt, leaf);
    const size = sizeOf(learnt, leaf);
    for (let done = 0; done < size; done += chunkRows) {
      const n = Math.min(chunkRows, size - done);
      const at = from + done * 4;
      const copied = kernels.gatherRows(at, n, rowCells, stride, gh, short, gathered, gatheredGh);
      histogram(gathered, copied, gatheredGh);
    }
  };

  /** Lists the thread's rows: first those of the sample, then the others. */
  const takeSample = (size: number): void => {
    const [list] = lists as [number, number];
    const taken = kernels.ownRows(layout.sample, size, blockShift, thread, threads, list);
    clearMarks();
    kernels.markLeaf(list, taken, layout.leaf, wide, 1);
    let listed = taken;
    eachBlock((from, until) => {
      listed += kernels.unmarkedRows(from, until, layout.leaf, wide, list + listed * 4);
    });
    learnt.end[0] = taken;
    if (leftOut !== null) {
      leftOut.start[0] = taken;
      leftOut.end[0] = listed;
    }
  };

  const part = (ranges: Ranges, leaf: number, into: number, column: number): number => {
    const { list, start, end } = ranges;
    const [from, until, side] = [start[leaf]!, end[leaf]!, list[leaf]!];
    const other = 1 - side;
    let rightEnd = lists[other]! + until * 4;
    let left = 0;
    if (unlisted) {
      eachBlock((at, stop) => {
        const n = stop - at;
        const went = kernels.partitionAll(at, n, column, goesLeft, lists[side]! + left * 4, rightEnd);
        left += went;
        rightEnd -= (n - went) * 4;
      });
      unlisted = false;
    } else {
      left = kernels.partitionRows(placeOf(ranges, leaf), until - from, column, goesLeft, rightEnd);
    }
    end[leaf] = from + left;
    list[into] = other;
    start[into] = from + left;
    end[into] = until;
    return left;
  };

  return {
    takeAll() {
      if (sampled !== null) {
        eachBlock(fill);
        takeSample(sampled);
        accumulate(0);
        return;
      }
      let size = 0;
      eachBlock((from, until) => {
        fill(from, until);
        for (let at = from; at < until; at += chunkRows) {
          const n = Math.min(chunkRows, until - at);
          if (narrow) kernels.widen(gh + at * 4, n, gatheredGh);
          histogram(rowCells + at * stride, n, narrow ? gatheredGh : gh + at * 8);
        }
        size += until - from;
      });
      learnt.end[0] = size;
    },

    split(leaf, into, column) {
      if (leftOut !== null) part(leftOut, leaf, into, column);
      return part(learnt, leaf, into, column);
    },

    accumulate,

    mark(leaves) {
      if (unlisted) {
        clearMarks();
        return;
      }
      for (const ranges of leftOut === null ? [learnt] : [learnt, leftOut]) {
        for (let leaf = 0; leaf < leaves; leaf++) {
          kernels.markLeaf(placeOf(ranges, leaf), sizeOf(ranges, leaf), layout.leaf, wide, leaf);
        }
      }
    },
  };
}
