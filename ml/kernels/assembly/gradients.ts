// Gradients of the binary loss and their quantisation, four rows at a time in single precision, as LightGBM's gradients are.
// The twins repeat every operation with Math.fround.

/** e^x. Twin: exp in numeric/exp.ts. */
// @ts-ignore: decorator
@inline
function exp4(x0: v128): v128 {
  const x = f32x4.pmax(f32x4.pmin(x0, f32x4.splat(87.0)), f32x4.splat(-87.0));
  // Rounded by adding 1.5 x 2^23, after which the last bits are those of a whole number.
  const rounder = f32x4.splat(12582912.0);
  const rounded = f32x4.add(f32x4.mul(x, f32x4.splat(1.44269504)), rounder);
  const k = f32x4.sub(rounded, rounder);
  let r = f32x4.sub(x, f32x4.mul(k, f32x4.splat(0.693359375)));
  r = f32x4.sub(r, f32x4.mul(k, f32x4.splat(-2.12194440e-4)));
  let p = f32x4.splat(1.9875691500e-4);
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(1.3981999507e-3));
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(8.3334519073e-3));
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(4.1665795894e-2));
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(1.6666665459e-1));
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(5.0000001201e-1));
  p = f32x4.add(f32x4.add(f32x4.mul(p, f32x4.mul(r, r)), r), f32x4.splat(1.0));
  return f32x4.mul(p, i32x4.shl(i32x4.add(rounded, i32x4.splat(127)), 23));
}

/** Random bits of four rows. Twin: hash3 in random.ts. */
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

/** The upper 24 of random bits as a fraction: exact in single precision. */
// @ts-ignore: decorator
@inline
function fraction(bits: v128): v128 {
  return f32x4.mul(f32x4.convert_i32x4_s(i32x4.shr_u(bits, 8)), f32x4.splat(5.960464477539063e-8));
}

/**
 * Writes four rows' packed words: gradient in the high half, hessian in the low one, of 64 bits or, narrow, of 32. Twin:
 * quantise; what is narrow fits (unitsFor there).
 */
// @ts-ignore: decorator
@inline
function packRows(
  row: i32, g: v128, h: v128, gh: usize, narrow: i32, scaleG: v128, scaleH: v128, mix: i32, stochastic: i32,
): void {
  let u = f32x4.splat(0.5);
  let v = u;
  if (stochastic) {
    const bits = hash4(row, mix);
    u = fraction(bits);
    v = fraction(i32x4.mul(bits, i32x4.splat(0x27d4eb2f)));
  }
  const qg = i32x4.trunc_sat_f32x4_s(f32x4.floor(f32x4.add(f32x4.mul(g, scaleG), u)));
  const hf = f32x4.floor(f32x4.add(f32x4.mul(h, scaleH), v));
  if (narrow) {
    const qh = i32x4.max_s(i32x4.trunc_sat_f32x4_s(hf), i32x4.splat(0));
    v128.store(gh + ((<usize>row) << 2), v128.or(i32x4.shl(qg, 16), qh));
    return;
  }
  const qh = i32x4.trunc_sat_f32x4_u(hf);
  const at = gh + ((<usize>row) << 3);
  v128.store(at, v128.shuffle<i32>(qh, qg, 0, 4, 1, 5));
  v128.store(at, v128.shuffle<i32>(qh, qg, 2, 6, 3, 7), 16);
}

/** Probabilities of four rows, from their scores. */
// @ts-ignore: decorator
@inline
function probability4(row: i32, score: usize, minusSigmoid: v128): v128 {
  const at = score + ((<usize>row) << 3);
  const low = f32x4.demote_f64x2_zero(v128.load(at));
  const high = f32x4.demote_f64x2_zero(v128.load(at, 16));
  const s = v128.shuffle<i32>(low, high, 0, 1, 4, 5);
  const one = f32x4.splat(1.0);
  return f32x4.div(one, f32x4.add(one, exp4(f32x4.mul(minusSigmoid, s))));
}

/** Gradients of four rows. Twin: the binary objective's. */
// @ts-ignore: decorator
@inline
function gradient4(p: v128, signedFactor: v128, sigmoid: v128): v128 {
  const label = v128.and(f32x4.splat(1.0), f32x4.gt(signedFactor, f32x4.splat(0.0)));
  return f32x4.mul(f32x4.mul(sigmoid, f32x4.sub(p, label)), f32x4.abs(signedFactor));
}

/** Hessians of four rows. Twin: the binary objective's. */
// @ts-ignore: decorator
@inline
function hessian4(p: v128, signedFactor: v128, sigmoid2: v128): v128 {
  return f32x4.mul(f32x4.mul(sigmoid2, f32x4.mul(p, f32x4.sub(f32x4.splat(1.0), p))), f32x4.abs(signedFactor));
}

/**
 * Rows [start, end), start a multiple of 4, arrays padded to a multiple of 4: adds the last tree's leaf values to the
 * scores (when update is 1), then gradient and hessian of the logistic loss, quantised and packed. Twins: the binary
 * objective's gradients, quantise.
 *
 * score: f64; signedFactor: f32, the row's weight, negative for label 0; leaf: u8, or u16 when wide is 1; leafValue: f64
 * by leaf; mix: hash of round and seed; known: 1 when logisticLargest has left the probabilities in gh, whose narrow words
 * then take their place.
 */
export function logisticGradients(
  start: i32, end: i32, score: usize, signedFactor: usize, leaf: usize, wide: i32, leafValue: usize, gh: usize,
  narrow: i32, sigmoid: f32, scaleG: f32, scaleH: f32, mix: i32, stochastic: i32, update: i32, known: i32,
): void {
  const sig = f32x4.splat(sigmoid);
  const minusSig = f32x4.splat(-sigmoid);
  const sig2 = f32x4.splat(sigmoid * sigmoid);
  const sg = f32x4.splat(scaleG);
  const sh = f32x4.splat(scaleH);
  if (known) {
    for (let i = start; i < end; i += 4) {
      const sf = v128.load(signedFactor + ((<usize>i) << 2));
      const p = v128.load(gh + ((<usize>i) << 2));
      packRows(i, gradient4(p, sf, sig), hessian4(p, sf, sig2), gh, 1, sg, sh, mix, stochastic);
    }
    return;
  }
  if (update) addLeafValues(start, end, score, leaf, wide, leafValue);
  for (let i = start; i < end; i += 4) {
    const sf = v128.load(signedFactor + ((<usize>i) << 2));
    const p = probability4(i, score, minusSig);
    packRows(i, gradient4(p, sf, sig), hessian4(p, sf, sig2), gh, narrow, sg, sh, mix, stochastic);
  }
}

/**
 * The largest |gradient| and hessian of rows [start, end), and of what stands in `out` (two f32): first of all adds the last
 * tree's leaf values to the scores when update is 1. Leaves the probabilities in gh, 32 bits a row. Arguments as above.
 * Twin: measure.
 */
export function logisticLargest(
  start: i32, end: i32, score: usize, signedFactor: usize, leaf: usize, wide: i32, leafValue: usize, gh: usize,
  sigmoid: f32, update: i32, out: usize,
): void {
  const sig = f32x4.splat(sigmoid);
  const minusSig = f32x4.splat(-sigmoid);
  const sig2 = f32x4.splat(sigmoid * sigmoid);
  if (update) addLeafValues(start, end, score, leaf, wide, leafValue);
  let largestG = f32x4.splat(load<f32>(out));
  let largestH = f32x4.splat(load<f32>(out, 4));
  for (let i = start; i < end; i += 4) {
    const sf = v128.load(signedFactor + ((<usize>i) << 2));
    const p = probability4(i, score, minusSig);
    v128.store(gh + ((<usize>i) << 2), p);
    largestG = f32x4.max(largestG, f32x4.abs(gradient4(p, sf, sig)));
    largestH = f32x4.max(largestH, hessian4(p, sf, sig2));
  }
  store<f32>(out, largestLane(largestG));
  store<f32>(out, largestLane(largestH), 4);
}

// @ts-ignore: decorator
@inline
function largestLane(x: v128): f32 {
  const low = max(f32x4.extract_lane(x, 0), f32x4.extract_lane(x, 1));
  return max(low, max(f32x4.extract_lane(x, 2), f32x4.extract_lane(x, 3)));
}

/** Given gradients and hessians (f32), quantised and packed, rows [start, end) as above. Twin: quantise. */
export function packGradients(
  start: i32, end: i32, gradient: usize, hessian: usize, gh: usize, narrow: i32, scaleG: f32, scaleH: f32, mix: i32,
  stochastic: i32,
): void {
  const sg = f32x4.splat(scaleG);
  const sh = f32x4.splat(scaleH);
  for (let i = start; i < end; i += 4) {
    const at = (<usize>i) << 2;
    packRows(i, v128.load(gradient + at), v128.load(hessian + at), gh, narrow, sg, sh, mix, stochastic);
  }
}

/** scores[i] += leafValue[leaf[i]] for i in [start, end). */
export function addLeafValues(start: i32, end: i32, score: usize, leaf: usize, wide: i32, leafValue: usize): void {
  if (wide) {
    for (let i = start; i < end; i++) {
      const at = score + ((<usize>i) << 3);
      store<f64>(at, load<f64>(at) + load<f64>(leafValue + ((<usize>load<u16>(leaf + ((<usize>i) << 1))) << 3)));
    }
    return;
  }
  for (let i = start; i < end; i++) {
    const at = score + ((<usize>i) << 3);
    store<f64>(at, load<f64>(at) + load<f64>(leafValue + ((<usize>load<u8>(leaf + <usize>i)) << 3)));
  }
}

/** n rows' narrow words, one after the other, as wide ones. */
export function widen(gh: usize, n: i32, out: usize): void {
  const low = i32x4.splat(0xffff);
  // Whole fours: the excess is scratch.
  for (let i = 0; i < n; i += 4) {
    const words = v128.load(gh);
    const g = i32x4.shr_s(words, 16);
    const h = v128.and(words, low);
    v128.store(out, v128.shuffle<i32>(h, g, 0, 4, 1, 5));
    v128.store(out, v128.shuffle<i32>(h, g, 2, 6, 3, 7), 16);
    gh += 16;
    out += 32;
  }
}
