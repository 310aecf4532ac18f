import { instantiateModule, mostPages, type SharedMemory } from './wasm.ts';

/**
 * Adds n rows' packed gradients to the histogram it was made for. Twin: accumulate in histogram/histogram.ts.
 *
 * @param cells rows of `stride` bytes, one after the other
 * @param gh the rows' packed i64
 */
export type HistogramKernel = (cells: number, n: number, gh: number) => void;

/** Columns that are worked on together: their histograms, 16 KB at most, stay in the first-level cache. */
const blockColumns = 8;
/** More than this many blocks in one function would only make its compilation slow. */
const blocksPerFunction = 64;

/**
 * Makes the kernel of one thread and data set as a WebAssembly module of its own: the histogram's address, each column's
 * place and the length of a row are constants in it. An update is then five instructions instead of seven, and where
 * nine tenths of an update's time are issuing instructions, that is a quarter of a tree's.
 *
 * @param histogram byte address of the thread's histogram
 * @param offsets byte offset of each column within it
 * @param stride bytes of a row; column c is byte c
 */
export function histogramKernel(
  memory: SharedMemory,
  histogram: number,
  offsets: readonly number[],
  stride: number,
): HistogramKernel {
  const perFunction = blockColumns * blocksPerFunction;
  const parts: number[][] = [];
  for (let from = 0; from < offsets.length; from += perFunction) {
    const until = Math.min(offsets.length, from + perFunction);
    const columns = Array.from({ length: until - from }, (_, i) => from + i);
    parts.push(functionBody(columns, (c) => histogram + offsets[c]!, stride));
  }
  const exported = instantiateModule(moduleOf(parts), memory) as Readonly<Record<string, HistogramKernel>>;
  const kernels = parts.map((_, i) => exported[`h${i}`]!);
  if (kernels.length === 1) return kernels[0]!;
  return (cells, n, gh) => {
    for (const kernel of kernels) kernel(cells, n, gh);
  };
}

// The binary format, https://webassembly.github.io/spec/core/binary: opcodes and types in use.
const i32 = 0x7f;
const i64 = 0x7e;
const op = {
  block: 0x02,
  loop: 0x03,
  end: 0x0b,
  brIf: 0x0d,
  get: 0x20,
  set: 0x21,
  tee: 0x22,
  loadI64: 0x29,
  loadU8: 0x2d,
  storeI64: 0x37,
  constI32: 0x41,
  eqzI32: 0x45,
  lessU32: 0x49,
  addI32: 0x6a,
  shlI32: 0x74,
  addI64: 0x7c,
} as const;
const empty = 0x40;
/** Locals: the three parameters, then these. */
const [rows, count, gradients, row, gradient, end, cell, value] = [0, 1, 2, 3, 4, 5, 6, 7] as const;

/** For each block of columns: a loop over rows; in it, for each column: histogram[cell] += value. */
function functionBody(
  columns: readonly number[],
  place: (column: number) => number,
  stride: number,
): number[] {
  const code: number[] = [
    ...[op.get, gradients, op.get, count, op.constI32, 3, op.shlI32, op.addI32, op.set, end],
    ...[op.block, empty, op.get, count, op.eqzI32, op.brIf, 0],
  ];
  for (let from = 0; from < columns.length; from += blockColumns) {
    code.push(op.get, rows, op.set, row, op.get, gradients, op.set, gradient, op.loop, empty);
    code.push(op.get, gradient, op.loadI64, 3, 0, op.set, value);
    for (const column of columns.slice(from, from + blockColumns)) {
      const at = leb(place(column));
      code.push(op.get, row, op.loadU8, 0, ...leb(column), op.constI32, 3, op.shlI32, op.tee, cell);
      code.push(op.get, cell, op.loadI64, 3, ...at, op.get, value, op.addI64, op.storeI64, 3, ...at);
    }
    code.push(op.get, row, op.constI32, ...signedLeb(stride), op.addI32, op.set, row);
    code.push(op.get, gradient, op.constI32, 8, op.addI32, op.tee, gradient);
    code.push(op.get, end, op.lessU32, op.brIf, 0, op.end);
  }
  code.push(op.end, op.end);
  const locals = [2, 4, i32, 1, i64];
  return [...locals, ...code];
}

/** A module that imports the memory and exports each body, of type (i32, i32, i32) -> (), as h0, h1, ... */
function moduleOf(bodies: readonly (readonly number[])[]): Uint8Array {
  const name = (text: string): number[] => [text.length, ...new TextEncoder().encode(text)];
  const sized = (bytes: readonly number[]): number[] => [...leb(bytes.length), ...bytes];
  const list = (items: readonly (readonly number[])[]): number[] => [...leb(items.length), ...items.flat()];
  const section = (id: number, items: readonly (readonly number[])[]): number[] => [
    id,
    ...sized(list(items)),
  ];
  const shared = [0x02, 0x03, ...leb(1), ...leb(mostPages)];
  return Uint8Array.from([
    ...[0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(1, [[0x60, 3, i32, i32, i32, 0]]),
    ...section(2, [[...name('env'), ...name('memory'), ...shared]]),
    ...section(
      3,
      bodies.map(() => [0]),
    ),
    ...section(
      7,
      bodies.map((_, i) => [...name(`h${i}`), 0x00, ...leb(i)]),
    ),
    ...section(10, bodies.map(sized)),
  ]);
}

/** An unsigned number in LEB128. */
function leb(value: number): number[] {
  const bytes: number[] = [];
  let rest = value;
  while (rest >= 128) {
    bytes.push((rest % 128) + 128);
    rest = Math.floor(rest / 128);
  }
  bytes.push(rest);
  return bytes;
}

/** A non-negative number in signed LEB128: its last byte's bit 6, the sign, is 0. */
function signedLeb(value: number): number[] {
  const bytes = leb(value);
  const last = bytes.length - 1;
  if (bytes[last]! < 64) return bytes;
  bytes[last]! += 128;
  return [...bytes, 0];
}
