// Kernels of the trainer. Each has its plain TypeScript twin, which is its specification; tests compare them bit for bit.
// All pointers are byte offsets into the shared memory. Rows are gathered 8 columns (8 bytes) at a time.

/**
 * Adds n rows' packed gradients to histograms of 256 i64 per column. Twin: accumulate in histogram/histogram.ts.
 * A block of 8 columns keeps its 16 KB of histogram in the first-level cache.
 *
 * rows: n x stride bytes, stride a multiple of 8; gh: n packed i64; hist: stride x 256 i64, added to.
 */
export function histogramRows(rows: usize, stride: usize, n: i32, gh: usize, hist: usize): void {
  for (let block: usize = 0; block < stride; block += 8) {
    let p = rows + block;
    const h = hist + block * 2048;
    let g = gh;
    const end = gh + ((<usize>n) << 3);
    while (g < end) {
      const v = load<i64>(g);
      const w = load<u64>(p);
      let a = h + (<usize>(w & 255) << 3);
      store<i64>(a, load<i64>(a) + v);
      a = h + (<usize>((w >> 8) & 255) << 3);
      store<i64>(a, load<i64>(a, 2048) + v, 2048);
      a = h + (<usize>((w >> 16) & 255) << 3);
      store<i64>(a, load<i64>(a, 4096) + v, 4096);
      a = h + (<usize>((w >> 24) & 255) << 3);
      store<i64>(a, load<i64>(a, 6144) + v, 6144);
      a = h + (<usize>((w >> 32) & 255) << 3);
      store<i64>(a, load<i64>(a, 8192) + v, 8192);
      a = h + (<usize>((w >> 40) & 255) << 3);
      store<i64>(a, load<i64>(a, 10240) + v, 10240);
      a = h + (<usize>((w >> 48) & 255) << 3);
      store<i64>(a, load<i64>(a, 12288) + v, 12288);
      a = h + (<usize>(w >> 56) << 3);
      store<i64>(a, load<i64>(a, 14336) + v, 14336);
      p += stride;
      g += 8;
    }
  }
}

/**
 * Copies n rows and their gradients to local buffers: WebAssembly cannot prefetch, so random reads are made once. A row
 * is copied in whole 16 bytes, the next row overwrites the excess: a loop of known length is several times faster than
 * one over the stride. rowsOut needs 16 bytes of slack, and rows may be read 8 bytes past its end.
 */
export function gatherRows(order: usize, n: i32, rows: usize, stride: usize, gh: usize, rowsOut: usize, ghOut: usize): void {
  const end = order + ((<usize>n) << 2);
  if (stride <= 16) {
    for (; order < end; order += 4) {
      const row = <usize>load<u32>(order);
      store<i64>(ghOut, load<i64>(gh + (row << 3)));
      v128.store(rowsOut, v128.load(rows + row * stride));
      rowsOut += stride;
      ghOut += 8;
    }
  } else if (stride <= 32) {
    for (; order < end; order += 4) {
      const row = <usize>load<u32>(order);
      store<i64>(ghOut, load<i64>(gh + (row << 3)));
      const p = rows + row * stride;
      v128.store(rowsOut, v128.load(p));
      v128.store(rowsOut, v128.load(p, 16), 16);
      rowsOut += stride;
      ghOut += 8;
    }
  } else if (stride <= 48) {
    for (; order < end; order += 4) {
      const row = <usize>load<u32>(order);
      store<i64>(ghOut, load<i64>(gh + (row << 3)));
      const p = rows + row * stride;
      v128.store(rowsOut, v128.load(p));
      v128.store(rowsOut, v128.load(p, 16), 16);
      v128.store(rowsOut, v128.load(p, 32), 32);
      rowsOut += stride;
      ghOut += 8;
    }
  } else if (stride <= 64) {
    for (; order < end; order += 4) {
      const row = <usize>load<u32>(order);
      store<i64>(ghOut, load<i64>(gh + (row << 3)));
      const p = rows + row * stride;
      v128.store(rowsOut, v128.load(p));
      v128.store(rowsOut, v128.load(p, 16), 16);
      v128.store(rowsOut, v128.load(p, 32), 32);
      v128.store(rowsOut, v128.load(p, 48), 48);
      rowsOut += stride;
      ghOut += 8;
    }
  } else {
    for (; order < end; order += 4) {
      const row = <usize>load<u32>(order);
      store<i64>(ghOut, load<i64>(gh + (row << 3)));
      const p = rows + row * stride;
      for (let k: usize = 0; k < stride; k += 16) v128.store(rowsOut + k, v128.load(p + k));
      rowsOut += stride;
      ghOut += 8;
    }
  }
}

/** memmove; typed arrays copy shared memory a word at a time. */
export function copyBytes(to: usize, from: usize, n: usize): void {
  memory.copy(to, from, n);
}

export function clearBytes(at: usize, n: usize): void {
  memory.fill(at, 0, n);
}

/**
 * Splits order[0..n) into those whose bin goes left and the others, both in order. Twin: growing/partition.ts.
 * Branchless: both sides are written, one advances. Returns how many went left.
 *
 * column: one bin a row; goesLeft: 256 bytes, 1 or 0.
 */
export function partitionRows(order: usize, n: i32, column: usize, goesLeft: usize, left: usize, right: usize): i32 {
  const start = left;
  const end = order + ((<usize>n) << 2);
  while (order < end) {
    const row = load<u32>(order);
    const go = <usize>load<u8>(goesLeft + <usize>load<u8>(column + <usize>row));
    store<u32>(left, row);
    store<u32>(right, row);
    left += go << 2;
    right += (1 - go) << 2;
    order += 4;
  }
  return <i32>((left - start) >> 2);
}

/** order[i] = i for i in [start, end). */
export function identity(order: usize, start: i32, end: i32): void {
  for (let i = start; i < end; i++) store<u32>(order + ((<usize>i) << 2), i);
}

/** leaf[row] = value for n rows. */
export function markLeaf(order: usize, n: i32, leaf: usize, value: i32): void {
  const end = order + ((<usize>n) << 2);
  while (order < end) {
    store<u16>(leaf + ((<usize>load<u32>(order)) << 1), <u16>value);
    order += 4;
  }
}

/** One column's histogram over all threads' partial ones. Whole numbers: the order of threads does not matter. */
export function mergeColumn(partial: usize, threads: i32, threadStride: usize, bins: i32, out: usize): void {
  const end = <usize>((bins + 1) & ~1) << 3;
  for (let i: usize = 0; i < end; i += 16) {
    let sum = v128.load(partial + i);
    let p = partial + i;
    for (let t = 1; t < threads; t++) {
      p += threadStride;
      sum = i64x2.add(sum, v128.load(p));
    }
    v128.store(out + i, sum);
  }
}

/** parent -= child. Twin: subtract in histogram/histogram.ts. */
export function subtractColumn(parent: usize, child: usize, bins: i32): void {
  const end = <usize>((bins + 1) & ~1) << 3;
  for (let i: usize = 0; i < end; i += 16) {
    v128.store(parent + i, i64x2.sub(v128.load(parent + i), v128.load(child + i)));
  }
}

/** Packed sums to interleaved doubles: gradient (signed high half) and hessian (unsigned low half) of each bin. */
export function unpackColumn(packed: usize, bins: i32, out: usize): void {
  for (let i = 0; i < bins; i++) {
    const v = load<i64>(packed + ((<usize>i) << 3));
    const at = out + ((<usize>i) << 4);
    store<f64>(at, <f64>(<i32>(v >> 32)));
    store<f64>(at, <f64>(<u32>v), 8);
  }
}

// @ts-ignore: decorator
@inline
function exp2lanes(x0: v128): v128 {
  const x = f64x2.max(f64x2.min(x0, f64x2.splat(700.0)), f64x2.splat(-700.0));
  const k = f64x2.nearest(f64x2.mul(x, f64x2.splat(1.4426950408889634)));
  let r = f64x2.sub(x, f64x2.mul(k, f64x2.splat(0.6931471803691238)));
  r = f64x2.sub(r, f64x2.mul(k, f64x2.splat(1.9082149292705877e-10)));
  let p = f64x2.splat(1.0 / 40320.0);
  p = f64x2.add(f64x2.mul(p, r), f64x2.splat(1.0 / 5040.0));
  p = f64x2.add(f64x2.mul(p, r), f64x2.splat(1.0 / 720.0));
  p = f64x2.add(f64x2.mul(p, r), f64x2.splat(1.0 / 120.0));
  p = f64x2.add(f64x2.mul(p, r), f64x2.splat(1.0 / 24.0));
  p = f64x2.add(f64x2.mul(p, r), f64x2.splat(1.0 / 6.0));
  p = f64x2.add(f64x2.mul(p, r), f64x2.splat(0.5));
  p = f64x2.add(f64x2.mul(p, r), f64x2.splat(1.0));
  p = f64x2.add(f64x2.mul(p, r), f64x2.splat(1.0));
  const e = i32x4.add(i32x4.trunc_sat_f64x2_s_zero(k), i32x4.splat(1023));
  return f64x2.mul(p, i64x2.shl(i64x2.extend_low_i32x4_u(e), 52));
}

// @ts-ignore: decorator
@inline
function hash4(row: i32, mix: i32): v128 {
  let x = i32x4.add(i32x4.splat(row), i32x4(0, 1, 2, 3));
  x = i32x4.mul(v128.xor(x, i32x4.splat(mix)), i32x4.splat(0x9e3779b1));
  x = v128.xor(x, i32x4.shr_u(x, 15));
  x = i32x4.mul(x, i32x4.splat(0x85ebca77));
  x = v128.xor(x, i32x4.shr_u(x, 13));
  x = i32x4.mul(x, i32x4.splat(0xc2b2ae3d));
  return v128.xor(x, i32x4.shr_u(x, 16));
}

/**
 * Two rows' gradient and hessian as packed i64; u, v: random bits in the low two lanes. Whole doubles become integers by
 * adding 2^52 (unsigned) or 1.5 x 2^52 (signed): their low 32 bits are then the integer.
 */
// @ts-ignore: decorator
@inline
function pack2(g: v128, h: v128, scaleG: v128, scaleH: v128, u: v128, v: v128): v128 {
  const unit = f64x2.splat(2.3283064365386963e-10);
  const gf = f64x2.floor(f64x2.add(f64x2.mul(g, scaleG), f64x2.mul(f64x2.convert_low_i32x4_u(u), unit)));
  const hf = f64x2.floor(f64x2.add(f64x2.mul(h, scaleH), f64x2.mul(f64x2.convert_low_i32x4_u(v), unit)));
  const gb = f64x2.add(gf, f64x2.splat(6755399441055744.0));
  const hb = f64x2.add(hf, f64x2.splat(4503599627370496.0));
  return v128.shuffle<i32>(hb, gb, 0, 4, 2, 6);
}

/**
 * Rows [start, end), start a multiple of 4, arrays padded to a multiple of 4: adds the last tree's leaf values to the
 * scores (when update is 1), then gradient and hessian of the logistic loss, quantised and packed. Twins: the binary
 * objective's gradients, quantise.
 *
 * signedFactor: the row's weight, negative for label 0; mix: hash of round and seed.
 */
export function logisticGradients(
  start: i32, end: i32, score: usize, signedFactor: usize, leaf: usize, leafValue: usize, gh: usize,
  sigmoid: f64, scaleG: f64, scaleH: f64, mix: i32, stochastic: i32, update: i32,
): void {
  const one = f64x2.splat(1.0);
  const zero = f64x2.splat(0.0);
  const sig = f64x2.splat(sigmoid);
  const minusSig = f64x2.splat(-sigmoid);
  const sig2 = f64x2.splat(sigmoid * sigmoid);
  const sg = f64x2.splat(scaleG);
  const sh = f64x2.splat(scaleH);
  for (let i = start; i < end; i += 4) {
    let u = i32x4.splat(<i32>0x80000000);
    let v = u;
    if (stochastic) {
      u = hash4(i, mix);
      v = i32x4.mul(u, i32x4.splat(0x27d4eb2f));
    }
    for (let half = 0; half < 2; half++) {
      const row = i + half * 2;
      const at = score + ((<usize>row) << 3);
      let s = v128.load(at);
      if (update) {
        const both = load<u32>(leaf + ((<usize>row) << 1));
        const a = load<f64>(leafValue + ((<usize>(both & 0xffff)) << 3));
        const b = load<f64>(leafValue + ((<usize>(both >> 16)) << 3));
        s = f64x2.add(s, f64x2.replace_lane(f64x2.splat(a), 1, b));
        v128.store(at, s);
      }
      const sf = v128.load(signedFactor + ((<usize>row) << 3));
      const factor = f64x2.abs(sf);
      const label = v128.bitselect(one, zero, f64x2.gt(sf, zero));
      const p = f64x2.div(one, f64x2.add(one, exp2lanes(f64x2.mul(minusSig, s))));
      const g = f64x2.mul(f64x2.mul(sig, f64x2.sub(p, label)), factor);
      const h = f64x2.mul(f64x2.mul(sig2, f64x2.mul(p, f64x2.sub(one, p))), factor);
      v128.store(gh + ((<usize>row) << 3), pack2(g, h, sg, sh, u, v));
      u = v128.shuffle<i32>(u, u, 2, 3, 2, 3);
      v = v128.shuffle<i32>(v, v, 2, 3, 2, 3);
    }
  }
}

/** Given gradients and hessians, quantised and packed, rows [start, end) as above. Twin: quantise. */
export function packGradients(
  start: i32, end: i32, gradient: usize, hessian: usize, gh: usize, scaleG: f64, scaleH: f64, mix: i32, stochastic: i32,
): void {
  const sg = f64x2.splat(scaleG);
  const sh = f64x2.splat(scaleH);
  for (let i = start; i < end; i += 4) {
    let u = i32x4.splat(<i32>0x80000000);
    let v = u;
    if (stochastic) {
      u = hash4(i, mix);
      v = i32x4.mul(u, i32x4.splat(0x27d4eb2f));
    }
    for (let half = 0; half < 2; half++) {
      const at = (<usize>(i + half * 2)) << 3;
      v128.store(gh + at, pack2(v128.load(gradient + at), v128.load(hessian + at), sg, sh, u, v));
      u = v128.shuffle<i32>(u, u, 2, 3, 2, 3);
      v = v128.shuffle<i32>(v, v, 2, 3, 2, 3);
    }
  }
}

/** scores[i] += leafValue[leaf[i]] for i in [start, end). */
export function addLeafValues(start: i32, end: i32, score: usize, leaf: usize, leafValue: usize): void {
  for (let i = start; i < end; i++) {
    const at = score + ((<usize>i) << 3);
    store<f64>(at, load<f64>(at) + load<f64>(leafValue + ((<usize>load<u16>(leaf + ((<usize>i) << 1))) << 3)));
  }
}

/** Column-major bins to row-major ones: out[row * stride + k] for 8 columns from k = block on, rows [start, end). */
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

// @ts-ignore: decorator
@inline
function countOf(hessian: f64, perHessian: f64): f64 {
  return Math.floor(hessian * perHessian + 0.5);
}

/**
 * The best threshold of a numeric column on packed sums, without L1, caps, smoothing or monotone constraints. Twin:
 * findNumericSplit, whose arithmetic it repeats operation by operation.
 *
 * missing: 0 none, 1 zero, 2 NaN; gradient, hessian, count: the leaf's sums, in quantised units. Writes at out: f64 gain
 * (NaN: no split), threshold, 1 when scanned from the left, and the gradient and hessian of the scanned side.
 */
export function scanNumeric(
  histogram: usize, bins: i32, missing: i32, zeroBin: i32, gradient: f64, hessian: f64, count: f64,
  gradientUnit: f64, hessianUnit: f64, minData: f64, minHessian: f64, l2: f64, toBeat: f64, out: usize,
): void {
  const epsilon: f64 = 1e-15;
  const bothWays = bins > 2 && missing != 0;
  const skip = bothWays && missing == 1 ? zeroBin : -1;
  const nanBins = bothWays && missing == 2 ? 1 : 0;
  const perHessian = count / (hessian * hessianUnit + 2 * epsilon);
  let bestGain = toBeat;
  let bestThreshold = -1;
  let bestForward = 0;
  let bestSums: i64 = 0;
  const passes = bothWays ? 2 : 1;
  for (let pass = 0; pass < passes; pass++) {
    const forward = pass == 1;
    const step = forward ? 1 : -1;
    const stop = forward ? bins - 1 : 0;
    let sums: i64 = 0;
    let rows: f64 = 0;
    for (let t = forward ? 0 : bins - 1 - nanBins; t != stop; t += step) {
      if (t == skip) continue;
      const cell = load<i64>(histogram + ((<usize>t) << 3));
      sums += cell;
      rows += countOf(<f64>(<u32>cell) * hessianUnit, perHessian);
      const hUnits = <f64>(<u32>sums);
      const h = hUnits * hessianUnit + epsilon;
      if (rows < minData || h < minHessian) continue;
      const otherRows = count - rows;
      if (otherRows < minData) break;
      const otherH = (hessian - hUnits) * hessianUnit + epsilon;
      if (otherH < minHessian) break;
      const gUnits = <f64>(<i32>(sums >> 32));
      const g = gUnits * gradientUnit;
      const otherG = (gradient - gUnits) * gradientUnit;
      const gain = (g * g) / (h + l2) + (otherG * otherG) / (otherH + l2);
      if (gain > bestGain) {
        bestGain = gain;
        bestThreshold = forward ? t : t - 1;
        bestForward = forward ? 1 : 0;
        bestSums = sums;
      }
    }
  }
  store<f64>(out, bestThreshold < 0 ? NaN : bestGain);
  store<f64>(out, <f64>bestThreshold, 8);
  store<f64>(out, <f64>bestForward, 16);
  store<f64>(out, <f64>(<i32>(bestSums >> 32)), 24);
  store<f64>(out, <f64>(<u32>bestSums), 32);
}
