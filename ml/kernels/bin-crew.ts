import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { BinMapper } from '../binning/bin-mapper.ts';
import {
  type BinColumn,
  type BinnedData,
  binDataset,
  columnBinner,
  fitMappers,
  sampleFor,
  usedOf,
} from '../binning/binned.ts';
import type { BinningParams } from '../binning/fit-mapper.ts';
import type { Dataset, FeatureColumn } from '../dataset/dataset.ts';
import { builtFile } from './wasm.ts';

/** What a helper is started with; plain data. */
export interface BinnerSetup {
  readonly rows: number;
  /** Rows that mappers are fitted on; null: all. */
  readonly sample: Uint32Array | null;
  readonly params: BinningParams;
}

/** A column for a helper to fit and bin. */
export interface BinOrder {
  readonly feature: number;
  readonly column: FeatureColumn;
}

interface BinnedColumn {
  readonly mapper: BinMapper;
  readonly bins: BinColumn;
}

/** Below this many cells (rows x columns) a helper takes longer to start than it saves. */
const cellsPerThread = 1_000_000;
/** Columns a helper has in hand: while it works on one, the next is there. */
const inHand = 2;

/**
 * Fits a mapper to each column and bins it, on this thread and, where there are many cells, on helpers. A column's bins
 * follow from the column alone, so that who does what changes nothing. Columns of a helper that fails are done here.
 *
 * @param threads at most; 0: as many as there are cores
 */
export async function binColumns(data: Dataset, params: BinningParams, threads: number): Promise<BinnedData> {
  const { rows, features } = data;
  const most = Math.floor((rows * features.length) / cellsPerThread);
  const wanted = Math.min(threads || availableParallelism(), most) - 1;
  const sample = sampleFor(rows, params);
  const helpers = startHelpers(wanted, { rows, sample, params: binningOnly(params) });
  if (helpers.length === 0) return binDataset(data, fitMappers(data, params));
  try {
    const done = await shareOut(features, helpers, columnBinner(rows, sample, params));
    const mappers = done.map(({ mapper }) => mapper);
    return { rows, mappers, columns: done.map(({ bins }) => bins), used: usedOf(mappers) };
  } finally {
    for (const helper of helpers) void helper.terminate();
  }
}

/** Every column's bins, in order, from whoever comes to it first. */
async function shareOut(
  features: readonly FeatureColumn[],
  helpers: readonly Worker[],
  here: (column: FeatureColumn) => BinnedColumn,
): Promise<readonly BinnedColumn[]> {
  const done: BinnedColumn[] = new Array(features.length);
  const left = Array.from(features.keys());
  let outstanding = 0;
  let wake = (): void => {};
  for (const helper of helpers) {
    const held = new Set<number>();
    let failed = false;
    const giveBack = (): void => {
      failed = true;
      left.push(...held);
      outstanding -= held.size;
      held.clear();
      wake();
    };
    const hand = (): void => {
      while (!failed && held.size < inHand && left.length > 0) {
        const feature = left.shift()!;
        held.add(feature);
        outstanding++;
        try {
          const { order, moved } = orderOf(features[feature]!, feature);
          helper.postMessage(order, moved);
        } catch {
          giveBack(); // no memory for a copy
        }
      }
    };
    helper.on('message', ({ feature, mapper, bins }: BinnedColumn & { readonly feature: number }) => {
      if (!held.delete(feature)) return;
      done[feature] = { mapper, bins };
      outstanding--;
      hand();
      wake();
    });
    helper.on('error', giveBack);
    helper.on('exit', giveBack);
    hand();
  }
  while (left.length > 0 || outstanding > 0) {
    const feature = left.shift();
    if (feature !== undefined) done[feature] = here(features[feature]!);
    // Lets helpers' answers in, and waits for them when nothing is left to do here.
    await new Promise<void>((resolve) => {
      if (left.length > 0 || outstanding === 0) setImmediate(resolve);
      else wake = resolve;
    });
  }
  return done;
}

function startHelpers(count: number, workerData: BinnerSetup): Worker[] {
  const file = count > 0 ? builtFile('bin-worker.js') : null;
  if (file === null) return [];
  return Array.from({ length: count }, () => new Worker(file, { workerData }));
}

/** A column as a message: its numbers are copied, and the copy is moved. */
function orderOf(column: FeatureColumn, feature: number): { order: BinOrder; moved: ArrayBuffer[] } {
  if (column.kind !== 'numeric') return { order: { feature, column }, moved: [] };
  const values = column.values.slice();
  return {
    order: { feature, column: { kind: 'numeric', name: column.name, values } },
    moved: [values.buffer as ArrayBuffer],
  };
}

/** Only what binning reads: other parameters may hold functions, which no message carries. */
function binningOnly(params: BinningParams): BinningParams {
  const { max_bin, min_data_in_bin, use_missing, zero_as_missing, bin_construct_sample_cnt, seed } = params;
  return { max_bin, min_data_in_bin, use_missing, zero_as_missing, bin_construct_sample_cnt, seed };
}
