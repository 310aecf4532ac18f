import { availableParallelism } from 'node:os';
import type { BinnedData } from '../binning/binned.ts';
import { type GrownTree, withLeafValues } from '../growing/grown-tree.ts';
import { type CellLayout, writeCells } from '../histogram/cells.ts';
import { type Booster, type BoosterSetup, quantiseOptions, treeSpec } from '../training/booster.ts';
import type { Params } from '../training/params.ts';
import { type Magnitudes, magnitudes, unitsFor } from '../training/quantise.ts';
import { bags, goss } from '../training/sampling.ts';
import { crew } from './crew.ts';
import { cellsOf, type Layout, layoutOf, mostBins } from './layout.ts';
import { instantiate, type Kernels, loadModule, type SharedMemory, sharedMemory } from './wasm.ts';
import { writeTables } from './write-tables.ts';

/** Below this many cells (rows x columns) a tree takes less than the threads' meetings: one thread is faster. */
const cellsPerThread = 200_000;
/** Leaves are marked in 16 bits. */
const mostLeaves = 65535;

/**
 * The trainer on WebAssembly kernels and shared memory, equal to the plain one bit for bit; null where it cannot run
 * (not built, more than 256 bins, not enough memory), and then the plain one does.
 */
export function sharedBooster(setup: BoosterSetup): Booster | null {
  const { binned, params, objective, source, custom } = setup;
  const columns = binned.used.length;
  const fits = binned.used.every((feature) => binned.mappers[feature]!.bins <= mostBins);
  if (columns === 0 || !fits || params.num_leaves > mostLeaves) return null;
  const module = loadModule();
  if (module === null) return null;
  const { rows } = binned;
  const { classes, logistic } = objective;
  const inKernel = logistic !== undefined && !custom && params.boosting !== 'goss';
  const threads = threadCount(params, rows * columns);
  const slots = Math.min(params.num_leaves, rows) + 1;
  const cells = cellsOf(binned.mappers, binned.used);
  const leaves = params.num_leaves;
  const layout = layoutOf({ rows, cells, threads, slots, leaves, given: !inKernel });
  const memory = sharedMemory(layout.bytes);
  if (memory === null) return null;
  const kernels = instantiate(module, memory);
  // First of all: workers start while this thread writes what they will read.
  const team = crew({ module, memory, layout, rows, mappers: binned.mappers, used: binned.used, threads });
  writeTables(binned, cells, memory, layout);
  writeBins(binned, cells, memory, layout, kernels);
  const singles = (at: number): Float32Array => new Float32Array(memory.buffer, at, rows);
  const scores = inKernel ? new Float64Array(memory.buffer, layout.score, rows) : setup.scores;
  if (inKernel) {
    scores.set(setup.scores);
    const signed = singles(layout.signedFactor);
    for (let row = 0; row < rows; row++) {
      signed[row] = logistic.label[row] === 1 ? logistic.factor[row]! : -logistic.factor[row]!;
    }
  }
  const gradient = inKernel ? null : singles(layout.gradient);
  const hessian = inKernel ? null : singles(layout.hessian);
  const wide = layout.wideLeaf;
  const leaf = wide
    ? new Uint16Array(memory.buffer, layout.leaf, rows)
    : new Uint8Array(memory.buffer, layout.leaf, rows);
  const sampleRows = new Uint32Array(memory.buffer, layout.sample, rows);
  const options = quantiseOptions(params);
  let bagged: Uint32Array | null = null;
  let bounds: Magnitudes | null = null;
  let inPlay: number | null = null; // how many of sampleRows the last tree learns from; null: all rows
  let owed = false; // the last tree's values are not in the scores yet
  const settle = (): void => {
    if (owed) kernels.addLeafValues(0, rows, layout.score, layout.leaf, wide ? 1 : 0, layout.leafValue);
    owed = false;
  };
  /** Writes a tree's gradients where the kernels do not make them, and has it grown. */
  const order = (k: number, iteration: number): Promise<GrownTree> => {
    let sampled = bagged?.length ?? null;
    let size = bounds;
    if (gradient !== null && hessian !== null) {
      source.write(k, gradient, hessian);
      const oneSided = goss(params, iteration, gradient, hessian);
      if (oneSided !== null) {
        sampleRows.set(oneSided);
        sampled = oneSided.length;
        size = null;
      }
      const inUse = sampled === null ? null : sampleRows.subarray(0, sampled);
      size = magnitudes(size, gradient, hessian, inUse, options);
    }
    inPlay = sampled;
    const round = iteration * classes + k;
    const units = unitsFor(size!, options);
    const update = owed;
    owed = inKernel;
    return team.grow({
      spec: treeSpec(params, columns, round, units),
      sampled,
      narrow: units.narrow,
      scaleG: 1 / units.gradient,
      scaleH: 1 / units.hessian,
      mix: Math.imul(round, 0x85ebca6b) ^ Math.imul(options.seed, 0xc2b2ae35),
      stochastic: options.stochastic,
      logistic: inKernel ? { sigmoid: logistic.sigmoid, update } : null,
      measured: inKernel && options.levels > 0 ? { bounds: size!, options } : null,
      shrinkage: params.learning_rate,
    });
  };
  const { leafValue } = objective;
  /** The tree with the leaves its loss asks for, of the rows it learned from. */
  const renewed = (tree: GrownTree): GrownTree => {
    if (leafValue === undefined) return tree;
    const learned = inPlay === null ? rows : sampleRows.subarray(0, inPlay);
    const inLeaf = rowsOfLeaves(tree.leaves.length, leaf, learned);
    return withLeafValues(tree, (at) => leafValue(inLeaf[at]!, scores));
  };
  // The next tree is ordered before this one's is read, where nothing else can come between: workers never wait for orders.
  const looksAhead = inKernel && threads > 1 && !setup.watched && !bags(params);
  let ahead: { readonly iteration: number; readonly tree: Promise<GrownTree> } | null = null;
  return {
    scores,
    sample(chosen) {
      bagged = chosen;
      bounds = custom ? null : objective.bounds(chosen);
      if (chosen !== null) sampleRows.set(chosen);
    },
    async grow(k, iteration) {
      const tree = ahead?.iteration === iteration ? ahead.tree : order(k, iteration);
      ahead = null;
      if (looksAhead && iteration + 1 < params.num_iterations) {
        ahead = { iteration: iteration + 1, tree: order(k, iteration + 1) };
        ahead.tree.catch(() => {}); // told to whoever asks for it, if anybody does
      }
      const grown = renewed(await tree);
      if (!inKernel) {
        const values = grown.leaves.map(({ output }) => output * params.learning_rate);
        for (let row = 0; row < rows; row++) scores[row * classes + k]! += values[leaf[row]!]!;
      }
      return grown;
    },
    sync: settle,
    close: () => team.close(),
  };
}

/** Rows by the leaf they fall into, ascending: those given, or the first so many. */
function rowsOfLeaves(
  leaves: number,
  leafOfRow: Uint8Array | Uint16Array,
  chosen: Uint32Array | number,
): Uint32Array[] {
  const lists: number[][] = Array.from({ length: leaves }, () => []);
  const count = typeof chosen === 'number' ? chosen : chosen.length;
  for (let i = 0; i < count; i++) {
    const row = typeof chosen === 'number' ? i : chosen[i]!;
    lists[leafOfRow[row]!]!.push(row);
  }
  return lists.map((list) => Uint32Array.from(list));
}

function threadCount(params: Params, cells: number): number {
  const wanted = params.num_threads === 0 ? availableParallelism() : params.num_threads;
  return Math.max(1, Math.min(wanted, Math.floor(cells / cellsPerThread)));
}

/** Cells into shared memory, by column and by row. */
function writeBins(
  binned: BinnedData,
  cells: CellLayout,
  memory: SharedMemory,
  layout: Layout,
  kernels: Kernels,
): void {
  const { rows, used, columns } = binned;
  const { stride } = layout;
  cells.columns.forEach((column, c) => {
    const out = new Uint8Array(memory.buffer, layout.columnCells + c * rows, rows);
    writeCells(column, (k) => columns[used[k]!]!, out);
  });
  // The last block first: what it writes past the end of a row, the first block overwrites.
  for (let block = (Math.ceil(cells.columns.length / 8) - 1) * 8; block >= 0; block -= 8) {
    const from = layout.columnCells + block * rows;
    kernels.interleave8(from, rows, 0, rows, layout.rowCells + block, stride);
  }
}
