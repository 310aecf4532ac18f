// The search for splits: partial histograms merged, the sibling's subtracted, columns scanned.

/** Sum of a column's entries over all threads' partial histograms: f64 gradient and hessian at out. */
export function sumColumn(partial: usize, threads: i32, threadStride: usize, entries: i32, out: usize): void {
  let sum: i64 = 0;
  for (let t = 0; t < threads; t++) {
    for (let i = 0; i < entries; i++) sum += load<i64>(partial + ((<usize>i) << 3));
    partial += threadStride;
  }
  store<f64>(out, <f64>(<i32>(sum >> 32)));
  store<f64>(out, <f64>(<u32>sum), 8);
}

/**
 * One column's histogram over all threads' partial ones, into the fresh leaf's slot; rest, when not 0, is the sibling's
 * slot with its parent's sums, from which they are subtracted. Whole numbers: the order of threads does not matter.
 */
// @ts-ignore: decorator
@inline
function merge(partial: usize, threads: i32, threadStride: usize, entries: i32, fresh: usize, rest: usize): void {
  const bytes = <usize>((entries + 1) & ~1) << 3;
  for (let i: usize = 0; i < bytes; i += 16) {
    let sum = v128.load(partial + i);
    let p = partial + i;
    for (let t = 1; t < threads; t++) {
      p += threadStride;
      sum = i64x2.add(sum, v128.load(p));
    }
    v128.store(fresh + i, sum);
    if (rest) v128.store(rest + i, i64x2.sub(v128.load(rest + i), sum));
  }
}

/** A member's histogram out of its column's joint one: out[b] sums the cells whose digit at step is b. */
// @ts-ignore: decorator
@inline
function expand(cells: usize, count: i32, step: i32, bins: i32, out: usize): void {
  memory.fill(out, 0, (<usize>bins) << 3);
  let cell = 0;
  while (cell < count) {
    for (let b = 0; b < bins; b++) {
      let sum: i64 = 0;
      for (let low = 0; low < step; low++, cell++) sum += load<i64>(cells + ((<usize>cell) << 3));
      const at = out + ((<usize>b) << 3);
      store<i64>(at, load<i64>(at) + sum);
    }
  }
}

/** A member's sums as interleaved doubles: gradient (signed high half) and hessian (unsigned low half) of each bin. */
export function unpackMember(cells: usize, count: i32, step: i32, bins: i32, scratch: usize, out: usize): void {
  expand(cells, count, step, bins, scratch);
  for (let i = 0; i < bins; i++) {
    const v = load<i64>(scratch + ((<usize>i) << 3));
    const at = out + ((<usize>i) << 4);
    store<f64>(at, <f64>(<i32>(v >> 32)));
    store<f64>(at, <f64>(<u32>v), 8);
  }
}

// A leaf's terms, as splitting/scan.ts lists them (doubles).
const GRADIENT: usize = 0;
const HESSIAN: usize = 8;
const COUNT: usize = 16;
const PER_UNIT: usize = 24;
const TO_BEAT: usize = 32;
const MIN_HESSIAN: usize = 40;
const MIN_DATA: usize = 48;
const PAD: usize = 56;
const UNIT: usize = 64;
const BASE: usize = 72;

/**
 * One column's share of a search: merged, subtracted, and its numeric members scanned for both leaves.
 *
 * column: i32 offset in the histogram (bytes), cells, first member, members. members: i32 position, bins, missing (0 none,
 * 1 zero, 2 NaN), zero's bin, step, scanned here. mask: by position, bit 0 wanted for the fresh leaf, bit 1 for the rest; 0:
 * nothing is scanned here.
 * records: of the fresh leaf's positions, then of the rest's. scratch: 2 x 256 + 2 words.
 */
export function searchColumn(
  column: usize, members: usize, partial: usize, threads: i32, threadStride: usize, freshSlot: usize, restSlot: usize,
  freshTerms: usize, restTerms: usize, mask: usize, records: usize, restRecords: usize, recordBytes: usize, scratch: usize,
): void {
  const offset = <usize>load<u32>(column);
  const cells = load<i32>(column, 4);
  const hasRest = restSlot != 0;
  const fresh = freshSlot + offset;
  const rest = hasRest ? restSlot + offset : 0;
  merge(partial + offset, threads, threadStride, cells, fresh, rest);
  if (!mask) return;
  let member = members + <usize>load<u32>(column, 8) * 32;
  const count = load<i32>(column, 12);
  for (let m = 0; m < count; m++, member += 32) {
    if (!load<i32>(member, 20)) continue;
    const k = <usize>load<u32>(member);
    const wanted = load<u8>(mask + k);
    const bins = load<i32>(member, 4);
    const missing = load<i32>(member, 8);
    const zeroBin = load<i32>(member, 12);
    const step = load<i32>(member, 16);
    if (wanted & 1) {
      let at = fresh;
      if (count > 1) expand(fresh, cells, step, bins, (at = scratch));
      scan(at, bins, missing, zeroBin, freshTerms, scratch + 2048, records + k * recordBytes);
    }
    if (hasRest && wanted & 2) {
      let at = rest;
      if (count > 1) expand(rest, cells, step, bins, (at = scratch));
      scan(at, bins, missing, zeroBin, restTerms, scratch + 2048, restRecords + k * recordBytes);
    }
  }
}

let bestGain: f64 = 0;
let bestAt: i32 = 0;
let bestSums: i64 = 0;
let bestForward: i32 = 0;

/** Rows of a bin. */
// @ts-ignore: decorator
@inline
function rowsOf(cell: i64, perUnit: f64): f64 {
  return Math.floor(<f64>(<u32>cell) * perUnit + 0.5);
}

/** Weighs one threshold whose scanned side has these sums. */
// @ts-ignore: decorator
@inline
function weigh(sums: i64, threshold: i32, forward: i32, gradient: f64, hessian: f64, pad: f64): void {
  const g = <f64>(<i32>(sums >> 32));
  const hUnits = <f64>(<u32>sums);
  const h = hUnits + pad;
  const otherG = gradient - g;
  const otherH = hessian - hUnits + pad;
  const numerator = g * g * otherH + otherG * otherG * h;
  const denominator = h * otherH;
  if (numerator > bestGain * denominator) {
    const gain = numerator / denominator;
    if (gain > bestGain) {
      bestGain = gain;
      bestAt = threshold;
      bestSums = sums;
      bestForward = forward;
    }
  }
}

/** Which of two thresholds' gains beat the best so far; -0 where one does. */
// @ts-ignore: decorator
@inline
function beats(sums: v128, best: v128, gradient: v128, hessian: v128, pad: v128): v128 {
  const g = f64x2.convert_low_i32x4_s(v128.shuffle<i32>(sums, sums, 1, 3, 1, 3));
  const hUnits = f64x2.convert_low_i32x4_u(v128.shuffle<i32>(sums, sums, 0, 2, 0, 2));
  const h = f64x2.add(hUnits, pad);
  const otherG = f64x2.sub(gradient, g);
  const otherH = f64x2.add(f64x2.sub(hessian, hUnits), pad);
  const numerator = f64x2.add(
    f64x2.mul(f64x2.mul(g, g), otherH),
    f64x2.mul(f64x2.mul(otherG, otherG), h),
  );
  return f64x2.gt(numerator, f64x2.mul(best, f64x2.mul(h, otherH)));
}

/**
 * The best threshold of a numeric histogram without L1, caps, smoothing or monotone constraints. Twin: scan in
 * splitting/scan.ts, whose gains it repeats operation by operation; there, every threshold is looked at, here only
 * those between the first and the last that leave both sides enough rows and hessian (both grow with the side).
 *
 * Writes at out: f64 gain (NaN: no split), threshold, 1 when scanned from the left, gradient and hessian of the scanned
 * side, and 0: the record is to be completed.
 */
function scan(histogram: usize, bins: i32, missing: i32, zeroBin: i32, terms: usize, prefix: usize, out: usize): void {
  const gradient = load<f64>(terms, GRADIENT);
  const hessian = load<f64>(terms, HESSIAN);
  const count = load<f64>(terms, COUNT);
  const perUnit = load<f64>(terms, PER_UNIT);
  const minHessian = load<f64>(terms, MIN_HESSIAN);
  const minData = load<f64>(terms, MIN_DATA);
  const pad = load<f64>(terms, PAD);
  const bothWays = bins > 2 && missing != 0;
  const skip = bothWays && missing == 1 ? zeroBin : -1;
  const n = bins - (bothWays && missing == 2 ? 1 : 0);

  // prefix[i]: sums of the bins before i, without missing ones; all: rows of all of them.
  let sums: i64 = 0;
  let all2 = f64x2.splat(0);
  const half = f64x2.splat(0.5);
  const per = f64x2.splat(perUnit);
  store<i64>(prefix, 0);
  let i = 0;
  for (; i + 2 <= n; i += 2) {
    const at = (<usize>i) << 3;
    const pair = v128.load(histogram + at);
    const h = f64x2.convert_low_i32x4_u(v128.shuffle<i32>(pair, pair, 0, 2, 0, 2));
    all2 = f64x2.add(all2, f64x2.floor(f64x2.add(f64x2.mul(h, per), half)));
    sums += i64x2.extract_lane(pair, 0);
    store<i64>(prefix + at, sums, 8);
    sums += i64x2.extract_lane(pair, 1);
    store<i64>(prefix + at, sums, 16);
  }
  let all = f64x2.extract_lane(all2, 0) + f64x2.extract_lane(all2, 1);
  if (i < n) {
    const cell = load<i64>(histogram + ((<usize>i) << 3));
    all += rowsOf(cell, perUnit);
    sums += cell;
    store<i64>(prefix + ((<usize>i) << 3), sums, 8);
  }
  if (skip >= 0) {
    const cell = load<i64>(histogram + ((<usize>skip) << 3));
    all -= rowsOf(cell, perUnit);
    for (let j = skip + 1; j <= n; j++) {
      const at = prefix + ((<usize>j) << 3);
      store<i64>(at, load<i64>(at) - cell);
    }
    sums -= cell;
  }

  bestGain = load<f64>(terms, TO_BEAT);
  bestAt = -1;
  bestSums = 0;
  bestForward = 0;
  const total = sums;
  const gradient2 = f64x2.splat(gradient);
  const hessian2 = f64x2.splat(hessian);
  const pad2 = f64x2.splat(pad);

  // From the right: cut t has the bins [t, n) on the scanned side.
  {
    let low = 1;
    let rows = all;
    for (; low < n; low++) {
      if (low - 1 != skip) rows -= rowsOf(load<i64>(histogram + ((<usize>(low - 1)) << 3)), perUnit);
      const h = <f64>(<u32>(total - load<i64>(prefix + ((<usize>low) << 3))));
      if (count - rows >= minData && hessian - h >= minHessian) break;
    }
    let high = n - 1;
    rows = 0;
    for (; high >= low; high--) {
      if (high != skip) rows += rowsOf(load<i64>(histogram + ((<usize>high) << 3)), perUnit);
      const h = <f64>(<u32>(total - load<i64>(prefix + ((<usize>high) << 3))));
      if (rows >= minData && h >= minHessian) break;
    }
    const whole = i64x2.splat(total);
    let best2 = f64x2.splat(bestGain);
    let t = high;
    for (; t > low; t -= 2) {
      const pair = i64x2.sub(whole, v128.load(prefix + ((<usize>(t - 1)) << 3)));
      if (v128.any_true(beats(pair, best2, gradient2, hessian2, pad2))) {
        weigh(i64x2.extract_lane(pair, 1), t - 1, 0, gradient, hessian, pad);
        weigh(i64x2.extract_lane(pair, 0), t - 2, 0, gradient, hessian, pad);
        best2 = f64x2.splat(bestGain);
      }
    }
    if (t == low) weigh(total - load<i64>(prefix + ((<usize>t) << 3)), t - 1, 0, gradient, hessian, pad);
  }

  // From the left: cut t has the bins [0, t) on the scanned side.
  if (bothWays) {
    const end = bins - 1;
    let low = 1;
    let rows: f64 = 0;
    for (; low <= end; low++) {
      if (low - 1 != skip) rows += rowsOf(load<i64>(histogram + ((<usize>(low - 1)) << 3)), perUnit);
      const h = <f64>load<u32>(prefix + ((<usize>low) << 3));
      if (rows >= minData && h >= minHessian) break;
    }
    let high = end;
    rows = all;
    if (n > end && end != skip) rows -= rowsOf(load<i64>(histogram + ((<usize>end) << 3)), perUnit);
    for (; high >= low; high--) {
      const h = <f64>load<u32>(prefix + ((<usize>high) << 3));
      if (count - rows >= minData && hessian - h >= minHessian) break;
      if (high - 1 != skip) rows -= rowsOf(load<i64>(histogram + ((<usize>(high - 1)) << 3)), perUnit);
    }
    let best2 = f64x2.splat(bestGain);
    let t = low;
    for (; t < high; t += 2) {
      const pair = v128.load(prefix + ((<usize>t) << 3));
      if (v128.any_true(beats(pair, best2, gradient2, hessian2, pad2))) {
        weigh(i64x2.extract_lane(pair, 0), t - 1, 1, gradient, hessian, pad);
        weigh(i64x2.extract_lane(pair, 1), t, 1, gradient, hessian, pad);
        best2 = f64x2.splat(bestGain);
      }
    }
    if (t == high) weigh(load<i64>(prefix + ((<usize>t) << 3)), t - 1, 1, gradient, hessian, pad);
  }

  store<f64>(out, bestAt < 0 ? NaN : bestGain * load<f64>(terms, UNIT) - load<f64>(terms, BASE));
  store<f64>(out, <f64>bestAt, 8);
  store<f64>(out, <f64>bestForward, 16);
  store<f64>(out, <f64>(<i32>(bestSums >> 32)), 24);
  store<f64>(out, <f64>(<u32>bestSums), 32);
  store<f64>(out, 0, 56);
}
