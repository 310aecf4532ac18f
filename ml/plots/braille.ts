const bits = [
  [0x01, 0x08],
  [0x02, 0x10],
  [0x04, 0x20],
  [0x40, 0x80],
] as const;

/** A picture of braille characters: each cell is two dots wide and four high. Dots outside are moved to the edge. */
export class Braille {
  readonly #cells: readonly Uint8Array[];

  constructor(
    readonly width: number,
    readonly height: number,
  ) {
    this.#cells = Array.from({ length: height }, () => new Uint8Array(width));
  }

  /** A dot at x from 0 (left) to 1 and y from 0 (bottom) to 1; nothing where either is no number. */
  mark(x: number, y: number): void {
    if (!Number.isFinite(x) || !Number.isFinite(y)) return;
    const dx = dotAt(x, this.width * 2);
    const dy = dotAt(1 - y, this.height * 4);
    this.#cells[dy >> 2]![dx >> 1]! |= bits[dy & 3]![dx & 1]!;
  }

  lines(): string[] {
    return this.#cells.map((row) => Array.from(row, (cell) => String.fromCharCode(0x2800 + cell)).join(''));
  }
}

function dotAt(share: number, dots: number): number {
  return Math.min(dots - 1, Math.max(0, Math.round(share * (dots - 1))));
}
