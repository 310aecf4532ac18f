// The leaves that rows end in, by masks. Twin: predictRawSync.

/**
 * Runs trees of at most 32 leaves over a block of n rows, adding their leaf values to sums.
 *
 * A row starts with a bit for every leaf, those of a tree numbered from left to right. Each decision that it does not pass takes away
 * the leaves of the decision's left side, in any order, and the lowest bit that is left is the row's leaf (QuickScorer: Lucchese
 * et al., SIGIR 2015). Eight leaves of 16 rows are a vector, a plane (RapidScorer: Ye et al., KDD 2018).
 *
 * The program, in i32 words, is a list of trees: number of decisions, offset into sums, pointer to the values of its leaves (f64), number
 * of planes; per decision offset of the feature's codes, rank or pointer to a 256-byte set, flags (1 missing goes left, 4 set),
 * number of planes it touches, and per plane its offset and the bits that stay. -1 ends it.
 *
 * codes: u8 by feature and row; planes: 256 bytes, scratch: 128 bytes; sums: f64 by output and row. n is padded to 64.
 */
export function runLeafMasks(program: usize, codes: usize, n: i32, planes: usize, sums: usize, scratch: usize): void {
  const padded = (n + 63) & ~63;
  let q = program;
  for (;;) {
    const decisions = load<i32>(q);
    if (decisions < 0) break;
    const target = sums + <usize>load<i32>(q, 4);
    const values = <usize>load<i32>(q, 8);
    const used = <usize>load<i32>(q, 12) << 6;
    q += 16;
    let at = q;
    for (let i = 0; i < padded; i += 64) {
      at = q;
      for (let p: usize = 0; p < used; p += 16) v128.store(planes + p, i8x16.splat(-1));
      for (let d = 0; d < decisions; d++) {
        let from = codes + <usize>load<i32>(at) + <usize>i;
        let rank = load<i32>(at, 4);
        const flags = load<i32>(at, 8);
        if (flags & 4) {
          // 0 in the set, 255 outside: as ranks.
          const set = <usize>rank;
          for (let r: usize = 0; r < 64; r++) store<u8>(scratch + r, ~load<u8>(set + <usize>load<u8>(from + r)));
          from = scratch;
          rank = 0;
        }
        const ranks = i8x16.splat(<i8>rank);
        const missingLeft = i8x16.splat(-<i8>(flags & 1));
        const left0 = goesLeft(from, ranks, missingLeft);
        const left1 = goesLeft(from + 16, ranks, missingLeft);
        const left2 = goesLeft(from + 32, ranks, missingLeft);
        const left3 = goesLeft(from + 48, ranks, missingLeft);
        const touched = load<i32>(at, 12);
        at += 16;
        for (let t = 0; t < touched; t++) {
          const plane = planes + <usize>load<i32>(at);
          const stay = i8x16.splat(<i8>load<i32>(at, 4));
          v128.store(plane, v128.and(v128.load(plane), v128.or(left0, stay)));
          v128.store(plane, v128.and(v128.load(plane, 16), v128.or(left1, stay)), 16);
          v128.store(plane, v128.and(v128.load(plane, 32), v128.or(left2, stay)), 32);
          v128.store(plane, v128.and(v128.load(plane, 48), v128.or(left3, stay)), 48);
          at += 8;
        }
      }
      addLeaves(planes, values, target + (<usize>i << 3), scratch);
      addLeaves(planes + 16, values, target + (<usize>(i + 16) << 3), scratch);
      addLeaves(planes + 32, values, target + (<usize>(i + 32) << 3), scratch);
      addLeaves(planes + 48, values, target + (<usize>(i + 48) << 3), scratch);
    }
    q = at;
  }
}

/** 255 for each of 16 rows that passes. */
// @ts-ignore: decorator
@inline
function goesLeft(codes: usize, rank: v128, missingLeft: v128): v128 {
  const v = v128.load(codes);
  return v128.or(i8x16.le_u(v, rank), v128.and(missingLeft, i8x16.eq(v, i8x16.splat(-1))));
}

/** Adds the values of 16 rows' leaves to their sums. A plane that the tree has no leaves in holds anything: lower bits decide. */
// @ts-ignore: decorator
@inline
function addLeaves(planes: usize, values: usize, sums: usize, scratch: usize): void {
  const a = v128.load(planes), b = v128.load(planes, 64), c = v128.load(planes, 128), d = v128.load(planes, 192);
  const ab0 = i8x16.shuffle(a, b, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23);
  const ab1 = i8x16.shuffle(a, b, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31);
  const cd0 = i8x16.shuffle(c, d, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23);
  const cd1 = i8x16.shuffle(c, d, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31);
  v128.store(scratch, i16x8.shuffle(ab0, cd0, 0, 8, 1, 9, 2, 10, 3, 11), 64);
  v128.store(scratch, i16x8.shuffle(ab0, cd0, 4, 12, 5, 13, 6, 14, 7, 15), 80);
  v128.store(scratch, i16x8.shuffle(ab1, cd1, 0, 8, 1, 9, 2, 10, 3, 11), 96);
  v128.store(scratch, i16x8.shuffle(ab1, cd1, 4, 12, 5, 13, 6, 14, 7, 15), 112);
  for (let r: usize = 0; r < 16; r += 2) {
    const first = values + (<usize>ctz(load<u32>(scratch + (r << 2), 64)) << 3);
    const second = values + (<usize>ctz(load<u32>(scratch + (r << 2), 68)) << 3);
    const at = sums + (r << 3);
    v128.store(at, f64x2.add(v128.load(at), v128.load64_lane(second, v128.load64_zero(first), 1)));
  }
}
