import type { Grid } from '../symbolic/context.ts';
import { modulo } from '../symbolic/context.ts';

/**
 * Difference constraints x - y <= c over integers, kept closed: entry (i, j) is the tightest bound on
 * x_i - x_j that follows. Adding an edge costs O(n^2). Differences of symbols on grids are rounded down to the
 * values they can take, which is what makes day arithmetic exact. What was added since a mark can be taken back.
 */
export class Closure {
  readonly #size: number;
  readonly #bounds: Float64Array;
  readonly #grids: readonly (Grid | undefined)[];
  readonly #gridded: boolean;
  /** Entries that were tightened, and what they were, oldest first. */
  readonly #changed: number[] = [];
  readonly #before: number[] = [];
  readonly #reached: Int32Array;
  feasible = true;

  constructor(size: number, grids: readonly (Grid | undefined)[]) {
    this.#size = size;
    this.#grids = grids;
    this.#gridded = grids.some((grid) => grid !== undefined);
    this.#reached = new Int32Array(size);
    this.#bounds = new Float64Array(size * size).fill(Number.POSITIVE_INFINITY);
    for (let i = 0; i < size; i++) this.#bounds[i * size + i] = 0;
  }

  /** Where {@link undo} goes back to. Only a feasible closure has such a place. */
  mark(): number {
    return this.#changed.length;
  }

  /** Takes back what was added since the mark. */
  undo(mark: number): void {
    const changed = this.#changed;
    const before = this.#before;
    for (let at = changed.length - 1; at >= mark; at--)
      this.#bounds[changed[at] as number] = before[at] as number;
    changed.length = mark;
    before.length = mark;
    this.feasible = true;
  }

  /** Tightest known bound on x_i - x_j; infinite where nothing is known. */
  bound(i: number, j: number): number {
    return this.#bounds[i * this.#size + j] as number;
  }

  /** Adds x_i - x_j <= c and everything that follows. */
  add(i: number, j: number, c: number): void {
    if (!this.#gridded) {
      this.#tighten(i, j, c, undefined);
      return;
    }
    const queue: [number, number, number][] = [[i, j, this.#round(i, j, c)]];
    for (let next = queue.pop(); next !== undefined && this.feasible; next = queue.pop())
      this.#tighten(...next, queue);
  }

  /** Adds one edge; entries that their grids allow to be tighter still are left to the queue. */
  #tighten(x: number, y: number, limit: number, queue: [number, number, number][] | undefined): void {
    const n = this.#size;
    const bounds = this.#bounds;
    if ((bounds[x * n + y] as number) <= limit) return;
    if ((bounds[y * n + x] as number) + limit < 0) {
      this.feasible = false;
      return;
    }
    const reached = this.#reached;
    let count = 0;
    for (let b = 0, at = y * n; b < n; b++, at++)
      if ((bounds[at] as number) !== Number.POSITIVE_INFINITY) reached[count++] = b;
    for (let a = 0; a < n; a++) {
      const toX = bounds[a * n + x] as number;
      if (toX === Number.POSITIVE_INFINITY) continue;
      const start = toX + limit;
      for (let index = 0; index < count; index++) {
        const b = reached[index] as number;
        const through = start + (bounds[y * n + b] as number);
        const at = a * n + b;
        const known = bounds[at] as number;
        if (through >= known) continue;
        if (a === b) {
          this.feasible = false;
          return;
        }
        this.#changed.push(at);
        this.#before.push(known);
        bounds[at] = through;
        if (queue === undefined) continue;
        const rounded = this.#round(a, b, through);
        if (rounded < through) queue.push([a, b, rounded]);
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
