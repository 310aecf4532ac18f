import type { BinMapper } from '../binning/bin-mapper.ts';
import type { LeafTask, TreeEngine, TreeSpec } from '../growing/engine.ts';
import { bestOf, featuresToSearch, searchFeature } from '../growing/feature-search.ts';
import { gainToBeat } from '../splitting/gain.ts';
import { hasPlainGains, numericSplit } from '../splitting/numeric.ts';
import type { Split } from '../splitting/split.ts';
import { type Barrier, barrier } from './barrier.ts';
import { chunkRows, columnBins, type Layout } from './layout.ts';
import { splitRecords } from './records.ts';
import type { Kernels, SharedMemory } from './wasm.ts';

/** What every thread knows of the training, set up once. */
export interface ThreadContext {
  readonly memory: SharedMemory;
  readonly kernels: Kernels;
  readonly layout: Layout;
  readonly rows: number;
  readonly mappers: readonly BinMapper[];
  readonly used: Int32Array;
  readonly thread: number;
  readonly threads: number;
  readonly barrier: Barrier;
}

export const failedWord = 48;
const missingKinds = { none: 0, zero: 1, nan: 2 } as const;
const chunkCounter = 0;
const columnCounter = 16;

export function threadBarrier(memory: SharedMemory, layout: Layout, threads: number): Barrier {
  const words = new Int32Array(memory.buffer, layout.control, 48);
  return barrier(words, threads, new Int32Array(memory.buffer, layout.control + failedWord * 4, 1));
}

/**
 * The engine over shared memory: every thread takes chunks of rows and columns as they come, two meetings a split.
 * Sums are whole numbers, so that who does what changes nothing.
 */
export function sharedEngine(context: ThreadContext, spec: TreeSpec, sampled: number | null): TreeEngine {
  const { memory, kernels, layout, mappers, used, thread, threads, rows } = context;
  const meet = context.barrier;
  const { rules, search } = spec;
  const { stride, histogramBytes } = layout;
  const counters = new Int32Array(memory.buffer, layout.counters, 32);
  const leftCount = new Int32Array(memory.buffer, layout.leftCount, Math.ceil(rows / chunkRows) + 1);
  const partial = layout.partial + thread * histogramBytes;
  const bytes = new Uint8Array(memory.buffer);
  const scratch = layout.scratch + thread * layout.scratchBytes;
  const lut = scratch;
  const firstColumn = scratch + 256;
  const secondColumn = firstColumn + columnBins * 16;
  const gathered = secondColumn + columnBins * 16;
  // Rows are gathered 16 bytes at a time: up to 8 bytes past the last.
  const gatheredGh = gathered + chunkRows * stride + 16;
  const unpacked = new Float64Array(memory.buffer, secondColumn, columnBins * 2);
  const records = splitRecords(memory.buffer, layout.found, 2 * used.length);
  const inPlay = sampled ?? rows;

  const accumulate = (order: number, n: number): void => {
    kernels.gatherRows(order, n, layout.rowBins, stride, layout.gh, gathered, gatheredGh);
    kernels.histogramRows(gathered, stride, n, gatheredGh, partial);
  };

  const isPlain = hasPlainGains(rules) && !search.extraTrees;
  const scanned = new Float64Array(memory.buffer, firstColumn, 5);

  /** The best split of a leaf on the k-th column: by the scan kernel where it applies, else in TypeScript. */
  const find = (leaf: LeafTask, k: number, toBeat: number, slot: number): Split | null => {
    const feature = used[k]!;
    const mapper = mappers[feature]!;
    if (!isPlain || mapper.kind === 'categorical') {
      kernels.unpackColumn(slot, mapper.bins, secondColumn);
      return searchFeature(unpacked, 0, k, feature, mapper, leaf, toBeat, rules, search);
    }
    const { bins, missing, zeroBin } = mapper;
    const { gradient, hessian, count } = leaf.totals;
    kernels.scanNumeric(
      slot,
      bins,
      missingKinds[missing],
      zeroBin,
      gradient,
      hessian,
      count,
      rules.gradientUnit,
      rules.hessianUnit,
      rules.minData,
      rules.minHessian,
      rules.l2,
      toBeat,
      firstColumn,
    );
    if (Number.isNaN(scanned[0]!)) return null;
    const found = {
      gain: scanned[0]!,
      threshold: scanned[1]!,
      forward: scanned[2] === 1,
      gradient: scanned[3]!,
      hessian: scanned[4]!,
    };
    return numericSplit(found, { feature: k, bins, missing }, leaf.totals, toBeat, rules);
  };

  return {
    binned: { mappers, used },
    start() {
      kernels.clearBytes(partial, histogramBytes);
      const chunks = Math.ceil(inPlay / chunkRows);
      for (
        let c = Atomics.add(counters, chunkCounter, 1);
        c < chunks;
        c = Atomics.add(counters, chunkCounter, 1)
      ) {
        const start = c * chunkRows;
        const n = Math.min(chunkRows, inPlay - start);
        if (sampled === null) {
          kernels.identity(layout.order, start, start + n);
          kernels.histogramRows(layout.rowBins + start * stride, stride, n, layout.gh + start * 8, partial);
        } else {
          const from = layout.sample + start * 4;
          kernels.copyBytes(layout.order + start * 4, from, n * 4);
          accumulate(from, n);
        }
      }
      meet.wait();
      if (thread === 0) Atomics.store(counters, chunkCounter, 0);
      // Every column of the histogram sums to the whole.
      const bins = mappers[used[0]!]!.bins;
      kernels.mergeColumn(layout.partial, threads, histogramBytes, columnBins, firstColumn);
      kernels.unpackColumn(firstColumn, bins, secondColumn);
      let gradient = 0;
      let hessian = 0;
      for (let bin = 0; bin < bins; bin++) {
        gradient += unpacked[2 * bin]!;
        hessian += unpacked[2 * bin + 1]!;
      }
      return { gradient, hessian, count: inPlay };
    },

    split({ start, end, feature, goesLeft, accumulate: side }) {
      const n = end - start;
      const chunks = Math.ceil(n / chunkRows);
      bytes.set(goesLeft, lut);
      const column = layout.columnBins + used.indexOf(feature) * rows;
      for (
        let c = Atomics.add(counters, chunkCounter, 1);
        c < chunks;
        c = Atomics.add(counters, chunkCounter, 1)
      ) {
        const at = start + c * chunkRows;
        const size = Math.min(chunkRows, end - at);
        const left = layout.left + at * 4;
        const right = layout.right + at * 4;
        const wentLeft = kernels.partitionRows(layout.order + at * 4, size, column, lut, left, right);
        leftCount[c] = wentLeft;
        if (side === 'left') accumulate(left, wentLeft);
        else if (side === 'right') accumulate(right, size - wentLeft);
      }
      meet.wait();
      if (thread === 0) Atomics.store(counters, chunkCounter, 0);
      let total = 0;
      for (let c = 0; c < chunks; c++) total += leftCount[c]!;
      let toLeft = start;
      let toRight = start + total;
      for (let c = 0; c < chunks; c++) {
        const at = start + c * chunkRows;
        const l = leftCount[c]!;
        const r = Math.min(chunkRows, end - at) - l;
        if (c % threads === thread) {
          kernels.copyBytes(layout.order + toLeft * 4, layout.left + at * 4, l * 4);
          kernels.copyBytes(layout.order + toRight * 4, layout.right + at * 4, r * 4);
        }
        toLeft += l;
        toRight += r;
      }
      return total;
    },

    search(fresh, rest) {
      const columns = rest === null ? fresh.hopeful : union(fresh.hopeful, rest.hopeful);
      const freshFeatures = featuresToSearch(search, used, fresh);
      const restFeatures = rest === null ? null : featuresToSearch(search, used, rest);
      const freshToBeat = gainToBeat(fresh.totals, rules);
      const restToBeat = rest === null ? 0 : gainToBeat(rest.totals, rules);
      const total = columns.length;
      for (
        let i = Atomics.add(counters, columnCounter, 1);
        i < total;
        i = Atomics.add(counters, columnCounter, 1)
      ) {
        const k = columns[i]!;
        const { bins } = mappers[used[k]!]!;
        const offset = k * columnBins * 8;
        const slot = layout.pool + fresh.slot * histogramBytes + offset;
        kernels.mergeColumn(layout.partial + offset, threads, histogramBytes, bins, slot);
        if (freshFeatures.includes(k)) {
          records.write(k, find(fresh, k, freshToBeat, slot));
        }
        if (rest === null) continue;
        const restSlot = layout.pool + rest.slot * histogramBytes + offset;
        kernels.subtractColumn(restSlot, slot, bins);
        if (restFeatures!.includes(k)) {
          records.write(used.length + k, find(rest, k, restToBeat, restSlot));
        }
      }
      meet.wait();
      if (thread === 0) Atomics.store(counters, columnCounter, 0);
      kernels.clearBytes(partial, histogramBytes);
      const foundFresh = Array.from(freshFeatures, (k) => records.read(k, k));
      const first = bestOf(freshFeatures, foundFresh, fresh, search);
      if (rest === null || restFeatures === null) return [first, null];
      const foundRest = Array.from(restFeatures, (k) => records.read(used.length + k, k));
      return [first, bestOf(restFeatures, foundRest, rest, search)];
    },

    settle: () => meet.wait(),
  };
}

/** Siblings usually have the very same list. */
function union(a: Int32Array, b: Int32Array): Int32Array {
  return a === b ? a : Int32Array.from(new Set([...a, ...b])).sort();
}
