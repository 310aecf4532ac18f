/**
 * Numbers for the few symbols of one problem among the many of a context, looked up in arrays. One problem at a time:
 * the next one takes the arrays over, and they are not cleared for it.
 */
export class Places {
  #at = new Int32Array(1024);
  #owner = new Int32Array(1024);
  #problem = 0;

  /** Begins a problem; it owns the places until the next one begins. */
  begin(): void {
    this.#problem += 1;
  }

  /** The symbol's place in the problem, or -1. */
  get(symbol: number): number {
    return this.#owner[symbol] === this.#problem ? (this.#at[symbol] as number) : -1;
  }

  set(symbol: number, place: number): void {
    if (symbol >= this.#at.length) this.#grow(symbol + 1);
    this.#at[symbol] = place;
    this.#owner[symbol] = this.#problem;
  }

  #grow(least: number): void {
    const size = Math.max(least, this.#at.length * 2);
    const grown = (old: Int32Array): Int32Array<ArrayBuffer> => {
      const made = new Int32Array(size);
      made.set(old);
      return made;
    };
    this.#at = grown(this.#at);
    this.#owner = grown(this.#owner);
  }
}
