// Values to bins, and bins from columns to rows.

/**
 * Column-major cells to row-major ones: out[row * stride + k] for 8 columns, rows [start, end). Where fewer than 8 are left,
 * the excess is the next row's beginning: such a block comes first.
 */
export function interleave8(columns: usize, rows: usize, start: i32, end: i32, out: usize, stride: usize): void {
  // columns: 8 consecutive columns of `rows` bytes each.
  let p = out + <usize>start * stride;
  for (let i = <usize>start; i < <usize>end; i++) {
    const c = columns + i;
    let w = <u64>load<u8>(c);
    w |= <u64>load<u8>(c + rows) << 8;
    w |= <u64>load<u8>(c + rows * 2) << 16;
    w |= <u64>load<u8>(c + rows * 3) << 24;
    w |= <u64>load<u8>(c + rows * 4) << 32;
    w |= <u64>load<u8>(c + rows * 5) << 40;
    w |= <u64>load<u8>(c + rows * 6) << 48;
    w |= <u64>load<u8>(c + rows * 7) << 56;
    store<u64>(p, w);
    p += stride;
  }
}

/**
 * Values to bins: the index of the first bound >= x, by a search without branches. Twin: binColumn in binning/binned.ts.
 *
 * values: n f64; bounds: 256 f64 ascending, padded with +infinity; nanBin: the bin of missing values.
 */
export function binBlock(values: usize, n: i32, bounds: usize, nanBin: i32, out: usize): void {
  for (let i: usize = 0; i < <usize>n; i++) {
    const x = load<f64>(values + (i << 3));
    let b: usize = 0;
    b += (<usize>i32(load<f64>(bounds + ((b + 127) << 3)) < x)) << 7;
    b += (<usize>i32(load<f64>(bounds + ((b + 63) << 3)) < x)) << 6;
    b += (<usize>i32(load<f64>(bounds + ((b + 31) << 3)) < x)) << 5;
    b += (<usize>i32(load<f64>(bounds + ((b + 15) << 3)) < x)) << 4;
    b += (<usize>i32(load<f64>(bounds + ((b + 7) << 3)) < x)) << 3;
    b += (<usize>i32(load<f64>(bounds + ((b + 3) << 3)) < x)) << 2;
    b += (<usize>i32(load<f64>(bounds + ((b + 1) << 3)) < x)) << 1;
    b += <usize>i32(load<f64>(bounds + (b << 3)) < x);
    store<u8>(out + i, x == x ? <u8>b : <u8>nanBin);
  }
}

const DIGIT_BITS: u64 = 11;
const DIGITS: i32 = 6;
const DIGIT_SIZE: usize = 2048;

/**
 * Sorts the values that are not NaN: a radix sort over their bits, made monotone, 11 at a time; digits that all values
 * share (the last ones of whole numbers) cost nothing. Twin: a typed array's sort.
 *
 * values: n f64, overwritten; other: n x 8 bytes; counts: 6 x 2048 i32. Returns how many there are; they are in values.
 */
export function sortPresent(values: usize, n: i32, other: usize, counts: usize): i32 {
  memory.fill(counts, 0, (<usize>DIGITS * DIGIT_SIZE) << 2);
  let to = values;
  for (let p = values, end = values + ((<usize>n) << 3); p < end; p += 8) {
    const x = load<f64>(p);
    if (x != x) continue;
    const bits = reinterpret<i64>(x);
    let key = <u64>(bits ^ ((bits >> 63) | i64.MIN_VALUE));
    store<u64>(to, key);
    to += 8;
    for (let d: usize = 0; d < <usize>DIGITS; d++) {
      const at = counts + ((d * DIGIT_SIZE + <usize>(key & (DIGIT_SIZE - 1))) << 2);
      store<i32>(at, load<i32>(at) + 1);
      key >>= DIGIT_BITS;
    }
  }
  const present = <i32>((to - values) >> 3);
  let from = values;
  to = other;
  for (let d = 0; d < DIGITS; d++) {
    const table = counts + ((<usize>d * DIGIT_SIZE) << 2);
    const shift = <u64>d * DIGIT_BITS;
    const first = present ? <usize>((load<u64>(from) >> shift) & (DIGIT_SIZE - 1)) : 0;
    if (!present || load<i32>(table + (first << 2)) == present) continue;
    let place = to;
    for (let i: usize = 0; i < DIGIT_SIZE; i++) {
      const size = <usize>load<i32>(table + (i << 2)) << 3;
      store<u32>(table + (i << 2), <u32>place);
      place += size;
    }
    for (let p = from, end = from + ((<usize>present) << 3); p < end; p += 8) {
      const key = load<u64>(p);
      const at = table + (<usize>((key >> shift) & (DIGIT_SIZE - 1)) << 2);
      const place = load<u32>(at);
      store<u64>(<usize>place, key);
      store<u32>(at, place + 8);
    }
    const swap = from;
    from = to;
    to = swap;
  }
  for (let i: usize = 0; i < (<usize>present) << 3; i += 8) {
    const key = load<i64>(from + i);
    store<i64>(values + i, key ^ ((~key >> 63) | i64.MIN_VALUE));
  }
  return present;
}

// @ts-ignore: decorator
@inline
function nextUp(x: f64): f64 {
  if (x == Infinity) return x;
  if (x == 0) return reinterpret<f64>(<i64>1);
  return reinterpret<f64>(reinterpret<i64>(x) + (x > 0 ? 1 : -1));
}

/**
 * Distinct values and their counts (f64 both) of n sorted ones; near-equal doubles are merged into the larger. Twin:
 * distinctValues in binning/find-bounds.ts. Returns how many. values may be sorted.
 */
export function countDistinct(sorted: usize, n: i32, zero: f64, values: usize, counts: usize): i32 {
  let size: usize = 0;
  let last: f64 = NaN;
  let count: f64 = 0;
  for (let i: usize = 0; i < (<usize>n) << 3; i += 8) {
    const x = load<f64>(sorted + i);
    const value = abs(x) <= zero ? 0 : x;
    let same = value == last;
    if (!same && last == last && last != 0 && value != 0) {
      const far = value - last > abs(last) * 4.5e-16 && abs(last) > 1e-290;
      same = !far && value <= nextUp(last);
    }
    if (same) count++;
    else {
      if (size) store<f64>(counts + size - 8, count);
      count = 1;
      size += 8;
    }
    last = value;
    store<f64>(values + size - 8, value);
  }
  if (size) store<f64>(counts + size - 8, count);
  return <i32>(size >> 3);
}
