// Rows of a leaf: listed, gathered, partitioned, marked. Pointers are byte offsets into the shared memory.

/** A row's packed gradient, wide; T is its stored word: i64, or i32 where both halves fit 16 bits. */
// @ts-ignore: decorator
@inline
function wordOf<T>(gh: usize, row: usize): i64 {
  if (sizeof<T>() == 8) return load<i64>(gh + (row << 3));
  const word = load<i32>(gh + (row << 2));
  return ((<i64>(word >> 16)) << 32) | <i64>(word & 0xffff);
}

/**
 * Where the next row goes. Rounded to few levels, many rows are all zero: short words, which are used for those too, are
 * then not copied, as they would add nothing.
 */
// @ts-ignore: decorator
@inline
function next<T>(word: i64, size: usize): usize {
  return sizeof<T>() == 8 || word ? size : 0;
}

// @ts-ignore: decorator
@inline
function gather<T>(order: usize, n: i32, cells: usize, stride: usize, gh: usize, rowsOut: usize, ghOut: usize): i32 {
  const end = order + ((<usize>n) << 2);
  const first = ghOut;
  if (stride <= 16) {
    for (; order < end; order += 4) {
      const row = <usize>load<u32>(order);
      const word = wordOf<T>(gh, row);
      store<i64>(ghOut, word);
      const p = cells + row * stride;
      v128.store(rowsOut, v128.load(p));
      rowsOut += next<T>(word, stride);
      ghOut += next<T>(word, 8);
    }
  } else if (stride <= 32) {
    for (; order < end; order += 4) {
      const row = <usize>load<u32>(order);
      const word = wordOf<T>(gh, row);
      store<i64>(ghOut, word);
      const p = cells + row * stride;
      v128.store(rowsOut, v128.load(p));
      v128.store(rowsOut, v128.load(p, 16), 16);
      rowsOut += next<T>(word, stride);
      ghOut += next<T>(word, 8);
    }
  } else if (stride <= 48) {
    for (; order < end; order += 4) {
      const row = <usize>load<u32>(order);
      const word = wordOf<T>(gh, row);
      store<i64>(ghOut, word);
      const p = cells + row * stride;
      v128.store(rowsOut, v128.load(p));
      v128.store(rowsOut, v128.load(p, 16), 16);
      v128.store(rowsOut, v128.load(p, 32), 32);
      rowsOut += next<T>(word, stride);
      ghOut += next<T>(word, 8);
    }
  } else if (stride <= 64) {
    for (; order < end; order += 4) {
      const row = <usize>load<u32>(order);
      const word = wordOf<T>(gh, row);
      store<i64>(ghOut, word);
      const p = cells + row * stride;
      v128.store(rowsOut, v128.load(p));
      v128.store(rowsOut, v128.load(p, 16), 16);
      v128.store(rowsOut, v128.load(p, 32), 32);
      v128.store(rowsOut, v128.load(p, 48), 48);
      rowsOut += next<T>(word, stride);
      ghOut += next<T>(word, 8);
    }
  } else {
    for (; order < end; order += 4) {
      const row = <usize>load<u32>(order);
      const word = wordOf<T>(gh, row);
      store<i64>(ghOut, word);
      const p = cells + row * stride;
      for (let k: usize = 0; k < stride; k += 16) v128.store(rowsOut + k, v128.load(p + k));
      rowsOut += next<T>(word, stride);
      ghOut += next<T>(word, 8);
    }
  }
  return <i32>((ghOut - first) >> 3);
}

/**
 * Copies n rows' cells and gradients to local buffers: WebAssembly cannot prefetch, so random reads are made once. A row
 * is copied in whole 16 bytes, the next row overwrites the excess: a loop of known length is several times faster than
 * one over the stride. rowsOut needs 16 bytes of slack, and cells may be read 15 bytes past its end. Returns how many were
 * copied: narrow rows whose gradient and hessian are both zero are left out.
 */
export function gatherRows(
  order: usize, n: i32, cells: usize, stride: usize, gh: usize, narrow: i32, rowsOut: usize, ghOut: usize,
): i32 {
  if (narrow) return gather<i32>(order, n, cells, stride, gh, rowsOut, ghOut);
  return gather<i64>(order, n, cells, stride, gh, rowsOut, ghOut);
}

/**
 * Parts a list of rows: those whose cell goes left stay at its start, in order; the others are written backwards from
 * rightEnd in the other list. Branchless: both are written, one advances. Returns how many went left. Twin:
 * growing/partition.ts, up to the order of the right side, which nothing depends on.
 *
 * column: one cell a row; goesLeft: 256 bytes, 4 or 0.
 */
export function partitionRows(order: usize, n: i32, column: usize, goesLeft: usize, rightEnd: usize): i32 {
  const end = order + ((<usize>n) << 2);
  let left = order;
  let right = rightEnd - 4;
  for (let p = order; p < end; p += 4) {
    const row = load<u32>(p);
    const go = <usize>load<u8>(goesLeft + <usize>load<u8>(column + <usize>row));
    store<u32>(left, row);
    store<u32>(right, row);
    left += go;
    right += go - 4;
  }
  return <i32>((left - order) >> 2);
}

/** The same for the rows [start, start + n) themselves, which no list holds yet. Both sides need 4 bytes of slack. */
export function partitionAll(
  start: i32, n: i32, column: usize, goesLeft: usize, left: usize, rightEnd: usize,
): i32 {
  const first = left;
  let right = rightEnd - 4;
  for (let row = <usize>start; row < <usize>(start + n); row++) {
    const go = <usize>load<u8>(goesLeft + <usize>load<u8>(column + row));
    store<u32>(left, <u32>row);
    store<u32>(right, <u32>row);
    left += go;
    right += go - 4;
  }
  return <i32>((left - first) >> 2);
}

/** Lists those of n rows whose block of 2^shift rows is this thread's (block number modulo threads). Returns how many. */
export function ownRows(rows: usize, n: i32, shift: i32, thread: u32, threads: u32, out: usize): i32 {
  const first = out;
  const end = rows + ((<usize>n) << 2);
  for (; rows < end; rows += 4) {
    const row = load<u32>(rows);
    store<u32>(out, row);
    out += (row >> shift) % threads == thread ? 4 : 0;
  }
  return <i32>((out - first) >> 2);
}

/** Lists the rows of [start, end) whose mark is 0. Returns how many; out needs 4 bytes of slack. */
export function unmarkedRows(start: i32, end: i32, leaf: usize, wide: i32, out: usize): i32 {
  const first = out;
  for (let row = <usize>start; row < <usize>end; row++) {
    const mark = wide ? <u32>load<u16>(leaf + (row << 1)) : <u32>load<u8>(leaf + row);
    store<u32>(out, <u32>row);
    out += mark ? 0 : 4;
  }
  return <i32>((out - first) >> 2);
}

/** leaf[row] = value for n listed rows; u8, or u16 when wide is 1. */
export function markLeaf(order: usize, n: i32, leaf: usize, wide: i32, value: i32): void {
  const end = order + ((<usize>n) << 2);
  if (wide) for (; order < end; order += 4) store<u16>(leaf + ((<usize>load<u32>(order)) << 1), <u16>value);
  else for (; order < end; order += 4) store<u8>(leaf + <usize>load<u32>(order), <u8>value);
}

export function clearBytes(at: usize, n: usize): void {
  memory.fill(at, 0, n);
}
