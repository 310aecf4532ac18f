import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

/** What the WebAssembly module exports; pointers are byte offsets. See assembly/ for contracts. */
export interface Kernels {
  gatherRows(
    order: number,
    n: number,
    cells: number,
    stride: number,
    gh: number,
    narrow: number,
    rowsOut: number,
    ghOut: number,
  ): number;
  partitionRows(order: number, n: number, column: number, goesLeft: number, rightEnd: number): number;
  partitionAll(
    start: number,
    n: number,
    column: number,
    goesLeft: number,
    left: number,
    rightEnd: number,
  ): number;
  ownRows(rows: number, n: number, shift: number, thread: number, threads: number, out: number): number;
  unmarkedRows(start: number, end: number, leaf: number, wide: number, out: number): number;
  markLeaf(order: number, n: number, leaf: number, wide: number, value: number): void;
  clearBytes(at: number, n: number): void;
  sumColumn(partial: number, threads: number, threadStride: number, entries: number, out: number): void;
  searchColumn(
    column: number,
    members: number,
    partial: number,
    threads: number,
    threadStride: number,
    freshSlot: number,
    restSlot: number,
    freshTerms: number,
    restTerms: number,
    mask: number,
    records: number,
    restRecords: number,
    recordBytes: number,
    scratch: number,
  ): void;
  unpackMember(cells: number, count: number, step: number, bins: number, scratch: number, out: number): void;
  logisticGradients(
    start: number,
    end: number,
    score: number,
    signedFactor: number,
    leaf: number,
    wide: number,
    leafValue: number,
    gh: number,
    narrow: number,
    sigmoid: number,
    scaleG: number,
    scaleH: number,
    mix: number,
    stochastic: number,
    update: number,
    known: number,
  ): void;
  logisticLargest(
    start: number,
    end: number,
    score: number,
    signedFactor: number,
    leaf: number,
    wide: number,
    leafValue: number,
    gh: number,
    sigmoid: number,
    update: number,
    out: number,
  ): void;
  packGradients(
    start: number,
    end: number,
    gradient: number,
    hessian: number,
    gh: number,
    narrow: number,
    scaleG: number,
    scaleH: number,
    mix: number,
    stochastic: number,
  ): void;
  widen(gh: number, n: number, out: number): void;
  addLeafValues(
    start: number,
    end: number,
    score: number,
    leaf: number,
    wide: number,
    leafValue: number,
  ): void;
  interleave8(columns: number, rows: number, start: number, end: number, out: number, stride: number): void;
  binBlock(values: number, n: number, bounds: number, nanBin: number, out: number): void;
  sortPresent(values: number, n: number, other: number, counts: number): number;
  countDistinct(sorted: number, n: number, zero: number, values: number, counts: number): number;
  rankBlock(values: number, n: number, thresholds: number, missing: number, out: number): void;
  runTables(program: number, codes: number, n: number, pattern: number, sums: number, scratch: number): void;
  runLeafMasks(
    program: number,
    codes: number,
    n: number,
    planes: number,
    sums: number,
    scratch: number,
  ): void;
  transposeSums(sums: number, outputs: number, block: number, n: number, out: number, width: number): void;
}

/** Memory that all threads see. */
export interface SharedMemory {
  readonly buffer: SharedArrayBuffer;
}

/** A compiled module; workers receive it by message. */
export type WasmModule = object;

/** The part of WebAssembly we use: the configured type libraries are without it. */
interface WasmApi {
  readonly Module: new (bytes: Uint8Array) => WasmModule;
  readonly Memory: new (limits: { initial: number; maximum: number; shared: true }) => SharedMemory;
  readonly Instance: new (module: WasmModule, imports: object) => { readonly exports: unknown };
}

const wasm = (globalThis as unknown as { readonly WebAssembly: WasmApi }).WebAssembly;

export const pageSize = 65536;
/** WebAssembly's 4 GB. */
export const mostPages = 65536;

/**
 * A built file of this package, wherever the calling code was bundled to; null when the package has not been built
 * (then everything runs in plain TypeScript).
 */
export function builtFile(name: 'kernels.wasm' | 'worker.js' | 'bin-worker.js'): string | null {
  try {
    const path = createRequire(import.meta.url).resolve(`#ml/${name}`);
    return existsSync(path) ? path : null;
  } catch {
    return null;
  }
}

/** The compiled module; null when it is not built or this machine refuses it. */
export function loadModule(): WasmModule | null {
  const path = builtFile('kernels.wasm');
  if (path === null) return null;
  try {
    return new wasm.Module(readFileSync(path));
  } catch {
    return null;
  }
}

/** The kernels over a shared memory. */
export function instantiate(module: WasmModule, memory: SharedMemory): Kernels {
  const abort = (): never => {
    throw new Error('a kernel broke an invariant');
  };
  return new wasm.Instance(module, { env: { memory, abort } }).exports as Kernels;
}

/** The exports of a module made at run time, over a shared memory. */
export function instantiateModule(bytes: Uint8Array, memory: SharedMemory): unknown {
  return new wasm.Instance(new wasm.Module(bytes), { env: { memory } }).exports;
}

/** Shared memory of exactly this many bytes, rounded up; null when the machine has not that much. */
export function sharedMemory(bytes: number): SharedMemory | null {
  const pages = Math.ceil(bytes / pageSize);
  if (pages > mostPages) return null;
  try {
    return new wasm.Memory({ initial: pages, maximum: mostPages, shared: true });
  } catch {
    return null;
  }
}
