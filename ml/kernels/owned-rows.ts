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

/**
 * Rows belong to threads by blocks, for the whole training: no other thread touches their lists, gradients or leaves. A leaf's
 * rows are a range of one of two lists. Parting it leaves the left rows where they are and writes the right ones backwards
 * into the same range of the other list: nothing is copied back. The root of unsampled rows is in neither list.
 *
 * @param fill writes the gradients of a block of rows
 */
export function ownedRows(
  context: ThreadContext,
  { sampled, narrow }: Pick<GrowCommand, 'sampled' | 'narrow'>,
  fill: (start: number, end: number) => void,
): OwnedRows {
  const { kernels, histogram, layout, rows, thread, threads } = context;
  const { stride, rowCells, gh, scratchParts } = layout;
  const lists = layout.lists.map((at) => at + thread * layout.ownBytes);
  const scratch = layout.scratch + thread * layout.scratchBytes;
  const short = narrow ? 1 : 0;
  const gathered = scratch + scratchParts.rows;
  const gatheredGh = scratch + scratchParts.gh;
  const goesLeft = scratch + scratchParts.goesLeft;
  const wide = layout.wideLeaf ? 1 : 0;
  const list = [0];
  const start = [0];
  const end = [0];
  let unlisted = sampled === null;

  const eachBlock = (work: (from: number, until: number) => void): void => {
    for (let from = thread * blockRows; from < rows; from += threads * blockRows) {
      work(from, Math.min(rows, from + blockRows));
    }
  };
  const placeOf = (leaf: number): number => lists[list[leaf]!]! + start[leaf]! * 4;

  const accumulate = (leaf: number): void => {
    const from = placeOf(leaf);
    const size = end[leaf]! - start[leaf]!;
    for (let done = 0; done < size; done += chunkRows) {
      const n = Math.min(chunkRows, size - done);
      kernels.gatherRows(from + done * 4, n, rowCells, stride, gh, short, gathered, gatheredGh);
      histogram(gathered, n, gatheredGh);
    }
  };

  return {
    takeAll() {
      if (sampled !== null) {
        eachBlock(fill);
        end[0] = kernels.ownRows(layout.sample, sampled, blockShift, thread, threads, lists[0]!);
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
      end[0] = size;
    },

    split(leaf, into, column) {
      const [from, until, side] = [start[leaf]!, end[leaf]!, list[leaf]!];
      const other = 1 - side;
      let left = 0;
      if (unlisted) {
        let rightEnd = lists[other]! + until * 4;
        eachBlock((at, stop) => {
          const n = stop - at;
          const went = kernels.partitionAll(at, n, column, goesLeft, lists[side]! + left * 4, rightEnd);
          left += went;
          rightEnd -= (n - went) * 4;
        });
        unlisted = false;
      } else {
        const rightEnd = lists[other]! + until * 4;
        left = kernels.partitionRows(placeOf(leaf), until - from, column, goesLeft, rightEnd);
      }
      end[leaf] = from + left;
      list[into] = other;
      start[into] = from + left;
      end[into] = until;
      return left;
    },

    accumulate,

    mark(leaves) {
      if (unlisted) {
        const size = 1 + wide;
        eachBlock((from, until) => kernels.clearBytes(layout.leaf + from * size, (until - from) * size));
        return;
      }
      for (let leaf = 0; leaf < leaves; leaf++) {
        kernels.markLeaf(placeOf(leaf), end[leaf]! - start[leaf]!, layout.leaf, wide, leaf);
      }
    },
  };
}
