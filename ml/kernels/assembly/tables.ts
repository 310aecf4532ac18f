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
 * codes: u8 by feature and row; pattern: 2 bytes a row of scratch; sums: f64 by output and row. n is padded to 16.
 */
export function runTables(program: usize, codes: usize, n: i32, pattern: usize, sums: usize, scratch: usize): void {
  let q = program;
  const padded = (n + 15) & ~15;
  for (;;) {
    const bits = load<i32>(q);
    if (bits < 0) break;
    q += 4;
    let at = q;
    for (let i = 0; i < padded; i += 16) {
      at = q;
      let low = i8x16.splat(0);
      let high = i8x16.splat(0);
      for (let b = 0; b < bits; b++) {
        const conditions = load<i32>(at);
        at += 4;
        let all = i8x16.splat(-1);
        for (let c = 0; c < conditions; c++) {
          const p = codes + <usize>load<i32>(at) + <usize>i;
          const flags = load<i32>(at, 8);
          let left: v128;
          if (flags & 4) {
            const set = <usize>load<i32>(at, 4);
            for (let r: usize = 0; r < 16; r++) store<u8>(scratch + r, load<u8>(set + <usize>load<u8>(p + r)));
            left = v128.load(scratch);
          } else {
            const v = v128.load(p);
            left = i8x16.le_u(v, i8x16.splat(<i8>load<i32>(at, 4)));
            if (flags & 1) left = v128.or(left, i8x16.eq(v, i8x16.splat(-1)));
          }
          if (flags & 2) left = v128.not(left);
          all = v128.and(all, left);
          at += 12;
        }
        if (b < 8) low = v128.or(low, v128.and(all, i8x16.splat(<i8>((<i32>1) << b))));
        else high = v128.or(high, v128.and(all, i8x16.splat(<i8>((<i32>1) << (b - 8)))));
      }
      const o = pattern + ((<usize>i) << 1);
      v128.store(o, i8x16.shuffle(low, high, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23));
      v128.store(o, i8x16.shuffle(low, high, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31), 16);
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
