const fewRows = 512;

/**
 * Row indexes by falling score; equal scores keep the order of rows. A radix sort over the doubles' bits (four passes of
 * 16), as sorting with a comparison takes a hundred times longer on large data.
 */
export function rankDescending(scores: Float64Array): Uint32Array {
  const rows = scores.length;
  let order = new Uint32Array(rows);
  for (let row = 0; row < rows; row++) order[row] = row;
  if (rows < fewRows) return order.sort((a, b) => scores[b]! - scores[a]! || a - b);
  const keys = descendingKeys(scores);
  let next = new Uint32Array(rows);
  const counts = new Uint32Array(65537);
  for (let pass = 0; pass < 4; pass++) {
    const word = pass < 2 ? 0 : 1;
    const shift = (pass & 1) * 16;
    counts.fill(0);
    for (let row = 0; row < rows; row++) counts[((keys[2 * row + word]! >>> shift) & 0xffff) + 1]! += 1;
    for (let digit = 0; digit < 65536; digit++) counts[digit + 1]! += counts[digit]!;
    for (let i = 0; i < rows; i++) {
      const row = order[i]!;
      const digit = (keys[2 * row + word]! >>> shift) & 0xffff;
      next[counts[digit]!] = row;
      counts[digit]! += 1;
    }
    [order, next] = [next, order];
  }
  return order;
}

/** Low and high words of keys that rise as scores fall. */
function descendingKeys(scores: Float64Array): Uint32Array {
  const copy = new Float64Array(scores.length);
  for (let i = 0; i < copy.length; i++) copy[i] = scores[i]! + 0; // -0 and 0 are equal
  const words = new Uint32Array(copy.buffer);
  for (let i = 0; i < words.length; i += 2) {
    const isNegative = words[i + 1]! >= 0x80000000;
    // Negative doubles fall as their bits rise already; positive ones are turned round, above all negative ones.
    if (!isNegative) {
      words[i] = ~words[i]!;
      words[i + 1] = ~words[i + 1]! & 0x7fffffff;
    }
  }
  return words;
}
