import type { BinMappers } from '../binning/binned.ts';
import type { LeafSearch, LeafTask, SplitTask, TreeEngine, TreeSpec } from '../growing/engine.ts';
import { bestOf, featuresToSearch, searchFeature } from '../growing/feature-search.ts';
import { type CellLayout, leftCells } from '../histogram/cells.ts';
import { gainToBeat } from '../splitting/gain.ts';
import { numericSplit } from '../splitting/numeric.ts';
import { hasPlainGains, scanTerms, writeTerms } from '../splitting/scan.ts';
import type { Split } from '../splitting/split.ts';
import { type Barrier, barrier } from './barrier.ts';
import type { HistogramKernel } from './histogram-kernel.ts';
import { type Layout, mostBins, recordBytes, termBytes } from './layout.ts';
import type { OwnedRows } from './owned-rows.ts';
import { splitRecords } from './records.ts';
import type { Kernels, SharedMemory } from './wasm.ts';

/** What every thread knows of the training, set up once. */
export interface ThreadContext {
  readonly memory: SharedMemory;
  readonly kernels: Kernels;
  readonly histogram: HistogramKernel;
  readonly layout: Layout;
  readonly cells: CellLayout;
  readonly rows: number;
  readonly mappers: BinMappers;
  readonly used: Int32Array;
  readonly thread: number;
  readonly threads: number;
  readonly barrier: Barrier;
}

export const failedWord = 48;

export function threadBarrier(memory: SharedMemory, layout: Layout, threads: number): Barrier {
  const words = new Int32Array(memory.buffer, layout.control, 48);
  return barrier(words, threads, new Int32Array(memory.buffer, layout.control + failedWord * 4, 1));
}

/**
 * The engine over shared memory. Every thread parts and sums its own rows; columns are searched by whoever comes first;
 * two meetings a split. Sums are whole numbers, so that who does what changes nothing.
 *
 * @param sampled rows in `sample`; null: all rows
 * @param owned the thread's rows
 */
export function sharedEngine(
  context: ThreadContext,
  spec: TreeSpec,
  sampled: number | null,
  owned: OwnedRows,
): TreeEngine {
  const { memory, kernels, layout, cells, mappers, used, thread, threads } = context;
  const meet = context.barrier;
  const { rules, search } = spec;
  const { histogramBytes, scratchParts } = layout;
  const counter = new Int32Array(memory.buffer, layout.counter, 1);
  const leftCount = new Int32Array(memory.buffer, layout.leftCount, 2 * threads * 16);
  // Two sets of counts in turn: a thread may count for the next split while another still reads this one's.
  let turn = 0;
  const partial = layout.partial + thread * histogramBytes;
  const scratch = layout.scratch + thread * layout.scratchBytes;
  const lut = new Uint8Array(memory.buffer, scratch + scratchParts.goesLeft, mostBins);
  const mask = new Uint8Array(memory.buffer, scratch + scratchParts.mask, used.length);
  const unpacked = new Float64Array(memory.buffer, scratch + scratchParts.unpacked, mostBins * 2);
  const terms = new Float64Array(memory.buffer, scratch + scratchParts.terms, termBytes / 4);
  const records = splitRecords(memory.buffer, layout.found, 2 * used.length);
  const inKernel = hasPlainGains(rules) && !search.extraTrees;
  const scannedWhole = inKernel && used.every((feature) => mappers[feature]!.kind === 'numeric');

  const slotOf = (leaf: LeafTask): number => layout.pool + leaf.slot * histogramBytes;

  /** Notes what the scan kernel needs of a leaf, and which positions it is to be searched for. */
  const prepare = (leaf: LeafTask, side: 0 | 1): Int32Array => {
    const features = leaf.totals.count < 2 * rules.minData ? none : featuresToSearch(search, used, leaf);
    for (let i = 0; i < features.length; i++) mask[features[i]!]! |= 1 << side;
    const { totals } = leaf;
    writeTerms(scanTerms(totals, gainToBeat(totals, rules), rules), terms, (side * termBytes) / 8);
    return features;
  };

  /** What the scan kernel does not know, in TypeScript: the members of a column of one leaf. */
  const findHere = (c: number, leaf: LeafTask, side: 0 | 1): void => {
    const column = cells.columns[c]!;
    for (const { k, bins, step } of column.members) {
      const feature = used[k]!;
      const mapper = mappers[feature]!;
      if ((mask[k]! & (1 << side)) === 0 || (inKernel && mapper.kind === 'numeric')) continue;
      const histogram = slotOf(leaf) + layout.offsets[c]!;
      const at = scratch + scratchParts.unpacked;
      kernels.unpackMember(histogram, column.cells, step, bins, scratch + scratchParts.scan, at);
      const toBeat = gainToBeat(leaf.totals, rules);
      const split = searchFeature(unpacked, 0, k, feature, mapper, leaf, toBeat, rules, search);
      records.write(side * used.length + k, split);
    }
  };

  const best = (features: Int32Array, leaf: LeafTask, side: 0 | 1): LeafSearch => {
    const from = side * used.length;
    const splitOf = (k: number): Split =>
      records.read(from + k, k, (found) => {
        const { bins, missing } = mappers[used[k]!]!;
        return numericSplit(found, { feature: k, bins, missing }, leaf.totals, rules);
      });
    return bestOf(features, (k) => records.gain(from + k), splitOf, leaf, search);
  };

  return {
    binned: { mappers, used },
    start() {
      kernels.clearBytes(partial, histogramBytes);
      owned.takeAll();
      meet.wait();
      // Every column of the histogram sums to the whole.
      const sums = scratch + scratchParts.scan;
      kernels.sumColumn(layout.partial, threads, histogramBytes, cells.columns[0]!.cells, sums);
      const [gradient, hessian] = new Float64Array(memory.buffer, sums, 2);
      return { gradient: gradient!, hessian: hessian!, count: sampled ?? context.rows };
    },

    split({ leaf, into, feature, goesLeft, accumulate }: SplitTask) {
      const k = used.indexOf(feature);
      const c = cells.columnOf[k]!;
      leftCells(cells.columns[c]!, k, goesLeft, 4, lut);
      turn = threads * 16 - turn;
      leftCount[turn + thread * 16] = owned.split(leaf, into, layout.columnCells + c * context.rows);
      if (accumulate === 'left') owned.accumulate(leaf);
      else if (accumulate === 'right') owned.accumulate(into);
      meet.wait();
      let total = 0;
      for (let t = 0; t < threads; t++) total += leftCount[turn + t * 16]!;
      return total;
    },

    search(fresh, rest) {
      mask.fill(0);
      const freshFeatures = prepare(fresh, 0);
      const restFeatures = rest === null ? none : prepare(rest, 1);
      const total = cells.columns.length;
      const termsAt = scratch + scratchParts.terms;
      for (let c = Atomics.add(counter, 0, 1); c < total; c = Atomics.add(counter, 0, 1)) {
        kernels.searchColumn(
          layout.columnTable + c * 16,
          layout.memberTable,
          layout.partial,
          threads,
          histogramBytes,
          slotOf(fresh),
          rest === null ? 0 : slotOf(rest),
          termsAt,
          termsAt + termBytes,
          inKernel ? scratch + scratchParts.mask : 0,
          layout.found,
          layout.found + used.length * recordBytes,
          recordBytes,
          scratch + scratchParts.scan,
        );
        if (scannedWhole) continue;
        findHere(c, fresh, 0);
        if (rest !== null) findHere(c, rest, 1);
      }
      meet.wait();
      if (thread === 0) Atomics.store(counter, 0, 0);
      kernels.clearBytes(partial, histogramBytes);
      const first = best(freshFeatures, fresh, 0);
      return [first, rest === null ? null : best(restFeatures, rest, 1)];
    },
  };
}

const none = new Int32Array(0);
