/**
 * Stateless randomness: every random decision is a hash of what it is about (row, iteration, seed), so that results
 * depend neither on the order of work nor on the number of threads.
 */

/** Mixes three 32-bit integers to one, well spread (murmur3's finaliser between multiplications). */
export function hash3(a: number, b: number, c: number): number {
  let x = Math.imul(a ^ Math.imul(b, 0x85ebca6b) ^ Math.imul(c, 0xc2b2ae35), 0x9e3779b1);
  x ^= x >>> 15;
  x = Math.imul(x, 0x85ebca77);
  x ^= x >>> 13;
  x = Math.imul(x, 0xc2b2ae3d);
  x ^= x >>> 16;
  return x >>> 0;
}

/** Uniform in [0, 1) from three integers. */
export function uniform(a: number, b: number, c: number): number {
  return hash3(a, b, c) / 4294967296;
}

/** k of 0..n-1 without replacement, ascending, decided by (stream, seed). */
export function sampleWithout(n: number, k: number, stream: number, seed: number): Int32Array {
  const keys = Array.from({ length: n }, (_, i) => ({ i, key: uniform(i, stream, seed) }));
  keys.sort((a, b) => a.key - b.key || a.i - b.i);
  return Int32Array.from(keys.slice(0, k).map((entry) => entry.i)).sort();
}

/** A sequence of uniforms in [0, 1) for bootstrap and simulation (mulberry32). */
export function randomSequence(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}
