// Kernels of prediction and TreeSHAP by pattern tables. Twins: predictRawSync and classicShap.

/**
 * A block's values of one feature to codes: how many of the model's thresholds are below the value, so that
 * x <= threshold r is code <= r; 255 for a missing value.
 *
 * values: n f64; thresholds: 256 f64 ascending, padded with +infinity; missing: 0 none (NaN is zero), 1 zero, 2 NaN.
 */
export function rankBlock(values: usize, n: i32, thresholds: usize, missing: i32, out: usize): void {
  for (let i = 0; i < n; i++) {
    let x = load<f64>(values + ((<usize>i) << 3));
    if (x != x) {
      if (missing == 2) {
        store<u8>(out + <usize>i, 255);
        continue;
      }
      x = 0;
    }
    if (missing == 1 && Math.abs(x) <= 1.0000000180025095e-35) {
      store<u8>(out + <usize>i, 255);
      continue;
    }
    let b: usize = 0;
    b += (<usize>i32(load<f64>(thresholds + ((b + 127) << 3)) < x)) << 7;
    b += (<usize>i32(load<f64>(thresholds + ((b + 63) << 3)) < x)) << 6;
    b += (<usize>i32(load<f64>(thresholds + ((b + 31) << 3)) < x)) << 5;
    b += (<usize>i32(load<f64>(thresholds + ((b + 15) << 3)) < x)) << 4;
    b += (<usize>i32(load<f64>(thresholds + ((b + 7) << 3)) < x)) << 3;
    b += (<usize>i32(load<f64>(thresholds + ((b + 3) << 3)) < x)) << 2;
    b += (<usize>i32(load<f64>(thresholds + ((b + 1) << 3)) < x)) << 1;
    b += <usize>i32(load<f64>(thresholds + (b << 3)) < x);
    store<u8>(out + <usize>i, <u8>b);
  }
}

/**
 * Runs a program over a block of n rows, adding to sums.
 *
 * The program, in i32 words, is a list of subtrees: number of bits; per bit the number of conditions and per condition
 * (offset of the feature's codes, rank or pointer to a 256-byte set, flags: 1 missing goes left, 2 negate, 4 set); then
 * the number of outputs and per output (offset into sums, pointer to its table of 2^bits f64). -1 ends it.
 *
 * codes: u8 by feature and row; pattern: 2 bytes a row of scratch; sums: f64 by output and row. n is padded to 64.
 */
export function runTables(program: usize, codes: usize, n: i32, pattern: usize, sums: usize, scratch: usize): void {
  let q = program;
  const padded = (n + 63) & ~63;
  for (;;) {
    const bits = load<i32>(q);
    if (bits < 0) break;
    q += 4;
    let at = q;
    // 64 rows at a time: a condition is decoded once for four vectors.
    for (let i = 0; i < padded; i += 64) {
      at = q;
      const zero = i8x16.splat(0);
      let low0 = zero, low1 = zero, low2 = zero, low3 = zero;
      let high0 = zero, high1 = zero, high2 = zero, high3 = zero;
      for (let b = 0; b < bits; b++) {
        const conditions = load<i32>(at);
        at += 4;
        const bit = i8x16.splat(<i8>((<i32>1) << (b & 7)));
        let all0 = bit, all1 = bit, all2 = bit, all3 = bit;
        for (let c = 0; c < conditions; c++) {
          const p = codes + <usize>load<i32>(at) + <usize>i;
          const flags = load<i32>(at, 8);
          let left0: v128, left1: v128, left2: v128, left3: v128;
          if (flags & 4) {
            const set = <usize>load<i32>(at, 4);
            for (let r: usize = 0; r < 64; r++) store<u8>(scratch + r, load<u8>(set + <usize>load<u8>(p + r)));
            left0 = v128.load(scratch);
            left1 = v128.load(scratch, 16);
            left2 = v128.load(scratch, 32);
            left3 = v128.load(scratch, 48);
          } else {
            const rank = i8x16.splat(<i8>load<i32>(at, 4));
            const v0 = v128.load(p), v1 = v128.load(p, 16), v2 = v128.load(p, 32), v3 = v128.load(p, 48);
            left0 = i8x16.le_u(v0, rank);
            left1 = i8x16.le_u(v1, rank);
            left2 = i8x16.le_u(v2, rank);
            left3 = i8x16.le_u(v3, rank);
            if (flags & 1) {
              const missing = i8x16.splat(-1);
              left0 = v128.or(left0, i8x16.eq(v0, missing));
              left1 = v128.or(left1, i8x16.eq(v1, missing));
              left2 = v128.or(left2, i8x16.eq(v2, missing));
              left3 = v128.or(left3, i8x16.eq(v3, missing));
            }
          }
          if (flags & 2) {
            all0 = v128.andnot(all0, left0);
            all1 = v128.andnot(all1, left1);
            all2 = v128.andnot(all2, left2);
            all3 = v128.andnot(all3, left3);
          } else {
            all0 = v128.and(all0, left0);
            all1 = v128.and(all1, left1);
            all2 = v128.and(all2, left2);
            all3 = v128.and(all3, left3);
          }
          at += 12;
        }
        if (b < 8) {
          low0 = v128.or(low0, all0);
          low1 = v128.or(low1, all1);
          low2 = v128.or(low2, all2);
          low3 = v128.or(low3, all3);
        } else {
          high0 = v128.or(high0, all0);
          high1 = v128.or(high1, all1);
          high2 = v128.or(high2, all2);
          high3 = v128.or(high3, all3);
        }
      }
      const o = pattern + ((<usize>i) << 1);
      widen(o, low0, high0);
      widen(o + 32, low1, high1);
      widen(o + 64, low2, high2);
      widen(o + 96, low3, high3);
    }
    q = at;
    const outputs = load<i32>(q);
    q += 4;
    let s = 0;
    for (; s + 1 < outputs; s += 2) {
      add2(pattern, padded, <usize>load<i32>(q, 4), sums + <usize>load<i32>(q), <usize>load<i32>(q, 12), sums + <usize>load<i32>(q, 8));
      q += 16;
    }
    if (s < outputs) {
      add1(pattern, padded, <usize>load<i32>(q, 4), sums + <usize>load<i32>(q));
      q += 8;
    }
  }
}

/** 16 rows' low and high pattern bytes to 16-bit patterns. */
// @ts-ignore: decorator
@inline
function widen(at: usize, low: v128, high: v128): void {
  v128.store(at, i8x16.shuffle(low, high, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23));
  v128.store(at, i8x16.shuffle(low, high, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31), 16);
}

function add1(pattern: usize, n: i32, table: usize, sums: usize): void {
  const end = pattern + ((<usize>n) << 1);
  while (pattern < end) {
    const w = load<u64>(pattern);
    const a = table + ((<usize>w & 0xffff) << 3);
    const b = table + ((<usize>(w >> 16) & 0xffff) << 3);
    const c = table + ((<usize>(w >> 32) & 0xffff) << 3);
    const d = table + (<usize>(w >> 48) << 3);
    v128.store(sums, f64x2.add(v128.load(sums), v128.load64_lane(b, v128.load64_zero(a), 1)));
    v128.store(sums, f64x2.add(v128.load(sums, 16), v128.load64_lane(d, v128.load64_zero(c), 1)), 16);
    pattern += 8;
    sums += 32;
  }
}

function add2(pattern: usize, n: i32, table: usize, sums: usize, table2: usize, sums2: usize): void {
  const end = pattern + ((<usize>n) << 1);
  while (pattern < end) {
    const w = load<u64>(pattern);
    const a = (<usize>w & 0xffff) << 3;
    const b = (<usize>(w >> 16) & 0xffff) << 3;
    const c = (<usize>(w >> 32) & 0xffff) << 3;
    const d = <usize>(w >> 48) << 3;
    v128.store(sums, f64x2.add(v128.load(sums), v128.load64_lane(table + b, v128.load64_zero(table + a), 1)));
    v128.store(sums, f64x2.add(v128.load(sums, 16), v128.load64_lane(table + d, v128.load64_zero(table + c), 1)), 16);
    v128.store(sums2, f64x2.add(v128.load(sums2), v128.load64_lane(table2 + b, v128.load64_zero(table2 + a), 1)));
    v128.store(sums2, f64x2.add(v128.load(sums2, 16), v128.load64_lane(table2 + d, v128.load64_zero(table2 + c), 1)), 16);
    pattern += 8;
    sums += 32;
    sums2 += 32;
  }
}

/** Sums by output and row (rows apart by `block`) to rows x outputs: out[(i * width) + o]. */
export function transposeSums(sums: usize, outputs: i32, block: i32, n: i32, out: usize, width: i32): void {
  for (let i = 0; i < n; i++) {
    let at = out + ((<usize>(i * width)) << 3);
    let from = sums + ((<usize>i) << 3);
    for (let o = 0; o < outputs; o++) {
      store<f64>(at, load<f64>(from));
      at += 8;
      from += (<usize>block) << 3;
    }
  }
}
