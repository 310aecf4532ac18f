import type { BinColumn } from '../binning/binned.ts';

/**
 * Reorders rows[start, end) so that those going left come first, each side in its old order.
 *
 * @param scratch at least end - start entries, overwritten
 * @returns how many went left
 */
export function partition(
  rows: Uint32Array,
  start: number,
  end: number,
  column: BinColumn,
  goesLeft: Uint8Array,
  scratch: Uint32Array,
): number {
  let left = start;
  let right = 0;
  for (let i = start; i < end; i++) {
    const row = rows[i]!;
    // Branchless: both sides are written, only one advances.
    const isLeft = goesLeft[column[row]!]!;
    rows[left] = row;
    scratch[right] = row;
    left += isLeft;
    right += 1 - isLeft;
  }
  rows.set(scratch.subarray(0, right), left);
  return left - start;
}
