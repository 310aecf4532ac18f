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
