import type { BinnedData } from '../binning/binned.ts';
import type { CellLayout } from '../histogram/cells.ts';
import type { Layout } from './layout.ts';
import type { SharedMemory } from './wasm.ts';

const missingKinds = { none: 0, zero: 1, nan: 2 } as const;
const columnWords = 4;
const memberWords = 8;

/** Writes what the search kernel must know of columns and their members; see assembly/search.ts. */
export function writeTables(
  { mappers, used }: Pick<BinnedData, 'mappers' | 'used'>,
  { columns }: CellLayout,
  memory: SharedMemory,
  layout: Layout,
): void {
  const columnTable = new Int32Array(memory.buffer, layout.columnTable, columns.length * columnWords);
  const memberTable = new Int32Array(memory.buffer, layout.memberTable, used.length * memberWords);
  let written = 0;
  columns.forEach(({ members, cells }, c) => {
    columnTable.set([layout.offsets[c]!, cells, written, members.length], c * columnWords);
    for (const { k, bins, step } of members) {
      const mapper = mappers[used[k]!]!;
      const numeric = mapper.kind === 'numeric';
      const zeroBin = numeric ? mapper.zeroBin : 0;
      const entry = [k, bins, missingKinds[mapper.missing], zeroBin, step, numeric ? 1 : 0];
      memberTable.set(entry, written * memberWords);
      written++;
    }
  });
}
