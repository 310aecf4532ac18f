import type { Grid } from '../symbolic/context.ts';
import { modulo } from '../symbolic/context.ts';

/**
 * Difference constraints x - y <= c over integers, kept closed: entry (i, j) is the tightest bound on
 * x_i - x_j that follows. Adding an edge costs O(n^2). Differences of symbols on grids are rounded down to the
 * values they can take, which is what makes day arithmetic exact.
 */
export class Closure {
  readonly #size: number;
  readonly #bounds: Float64Array;
  readonly #grids: readonly (Grid | undefined)[];
  readonly #gridded: boolean;
  feasible = true;

  constructor(size: number, grids: readonly (Grid | undefined)[], bounds?: Float64Array) {
    this.#size = size;
    this.#grids = grids;
    this.#gridded = grids.some((grid) => grid !== undefined);
    this.#bounds = bounds ?? new Float64Array(size * size).fill(Number.POSITIVE_INFINITY);
    if (bounds === undefined) for (let i = 0; i < size; i++) this.#bounds[i * size + i] = 0;
  }

  copy(): Closure {
    const made = new Closure(this.#size, this.#grids, this.#bounds.slice());
    made.feasible = this.feasible;
    return made;
  }

  /** Tightest known bound on x_i - x_j; infinite where nothing is known. */
  bound(i: number, j: number): number {
    return this.#bounds[i * this.#size + j] as number;
  }

  /** Adds x_i - x_j <= c and everything that follows. */
  add(i: number, j: number, c: number): void {
    const queue: [number, number, number][] = [[i, j, this.#round(i, j, c)]];
    const n = this.#size;
    const bounds = this.#bounds;
    for (let next = queue.pop(); next !== undefined && this.feasible; next = queue.pop()) {
      const [x, y, limit] = next;
      if ((bounds[x * n + y] as number) <= limit) continue;
      if ((bounds[y * n + x] as number) + limit < 0) {
        this.feasible = false;
        return;
      }
      const reached: number[] = [];
      for (let b = 0; b < n; b++)
        if ((bounds[y * n + b] as number) !== Number.POSITIVE_INFINITY) reached.push(b);
      for (let a = 0; a < n; a++) {
        const toX = bounds[a * n + x] as number;
        if (toX === Number.POSITIVE_INFINITY) continue;
        const start = toX + limit;
        for (const b of reached) {
          const through = start + (bounds[y * n + b] as number);
          if (through >= (bounds[a * n + b] as number)) continue;
          if (a === b) {
            this.feasible = false;
            return;
          }
          bounds[a * n + b] = through;
          if (this.#gridded) {
            const rounded = this.#round(a, b, through);
            if (rounded < through) queue.push([a, b, rounded]);
          }
        }
      }
    }
  }

  /** The greatest value of x_i - x_j not above c, given the grids of both. */
  #round(i: number, j: number, c: number): number {
    const a = this.#grids[i];
    const b = this.#grids[j];
    if (a === undefined || b === undefined || !Number.isFinite(c)) return c;
    const step = divisor(a.size, b.size);
    return c - modulo(c - (a.offset - b.offset), step);
  }
}

function divisor(a: number, b: number): number {
  return b === 0 ? a : divisor(b, a % b);
}
