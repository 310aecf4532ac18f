/** Why a piece of SQL is not translated: nothing is guessed. */
export interface Refusal {
  /** Offset in the compiled SQL, where the parser kept one. */
  readonly at?: number;
  /** The construct, as the user would name it. */
  readonly what: string;
  readonly why: string;
  /** What to write instead. */
  readonly rewrite: string;
}

/** Collects refusals, so that a user sees all of a model's at once. */
export class Refusals {
  readonly #list: Refusal[] = [];

  get all(): readonly Refusal[] {
    return this.#list;
  }

  add(refusal: Refusal): void {
    const known = this.#list.some(({ at, what }) => at === refusal.at && what === refusal.what);
    if (!known) this.#list.push(refusal);
  }
}
