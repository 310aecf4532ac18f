import type { BoundColumn } from './bound.ts';
import type { Described } from './engine/describe.ts';
import type { EngineError } from './engine/error.ts';
import { textHash } from './engine/sql-text.ts';

/** Bumped whenever the file's shape, or what binding means, changes. */
const formatVersion = 2;

/** A statement as the cache knows it: `hash` changes whenever the meaning of `sql` does. */
interface Keyed {
  readonly id: string;
  readonly hash: string;
  readonly sql: string;
}

interface Entry {
  readonly hash: string;
  /** Column lists of what it reads. */
  readonly reads: readonly number[];
  /** Column list, or -1 - index of an error. */
  readonly result: number;
  /** Everything else that is checked of the node was fine too. */
  clean: boolean;
}

/** An error holds for one text only: hashes may ignore layout, and the error's position does not. */
interface KeptError {
  readonly error: EngineError;
  readonly text: string;
}

interface CacheFile {
  readonly version: number;
  readonly engine: string;
  /** Every column list once, as `[name, type, name, type, ...]`. */
  readonly lists: readonly (readonly string[])[];
  readonly errors: readonly KeptError[];
  readonly entries: Readonly<Record<string, readonly [string, readonly number[], number, 0 | 1]>>;
}

/**
 * What was bound before: per statement, the hash of its SQL and the columns of what it reads decide whether the
 * old answer still holds. Column lists are interned; their numbers are compared instead of their content.
 */
export class BindCache {
  readonly #lists: (readonly BoundColumn[])[] = [];
  readonly #numbers = new Map<string, number>();
  readonly #byList = new WeakMap<readonly BoundColumn[], number>();
  readonly #old = new Map<string, Entry>();
  readonly #errors: KeptError[] = [];
  readonly #fresh = new Map<string, Entry>();
  #changed = false;

  /** @param text a file written by {@link serialize}; anything else is ignored. @param engine the binder's version. */
  constructor(
    readonly engine: string,
    text?: string,
  ) {
    const file = text === undefined ? undefined : parseFile(text, engine);
    if (file === undefined) return;
    for (const flat of file.lists) {
      const list: BoundColumn[] = [];
      for (let at = 0; at < flat.length; at += 2) {
        list.push({ name: flat[at] as string, type: flat[at + 1] as string });
      }
      this.#add(JSON.stringify(flat), list);
    }
    this.#errors.push(...file.errors);
    for (const [id, [hash, reads, result, clean]] of Object.entries(file.entries)) {
      this.#old.set(id, { hash, reads, result, clean: clean === 1 });
    }
  }

  /** The former answer for `id` when its SQL and what it reads are the same; it is kept for the next run. */
  find({ id, hash, sql }: Keyed, reads: readonly (readonly BoundColumn[])[]): Described | undefined {
    const entry = this.#old.get(id);
    if (entry === undefined || entry.hash !== hash || entry.reads.length !== reads.length) return undefined;
    for (let index = 0; index < reads.length; index++) {
      if (entry.reads[index] !== this.#number(reads[index] as readonly BoundColumn[])) return undefined;
    }
    const columns = this.#lists[entry.result];
    const kept = this.#errors[-1 - entry.result];
    if (columns === undefined && kept?.text !== textHash(sql)) return undefined;
    this.#fresh.set(id, entry);
    return columns === undefined ? { error: (kept as KeptError).error } : { columns };
  }

  /** Keeps an answer; returns it with its column list interned. */
  store(
    { id, hash, sql }: Keyed,
    reads: readonly (readonly BoundColumn[])[],
    described: Described,
  ): Described {
    this.#changed = true;
    const result =
      'columns' in described
        ? this.#number(described.columns)
        : -this.#errors.push({ error: described.error, text: textHash(sql) });
    this.#fresh.set(id, { hash, reads: reads.map((list) => this.#number(list)), result, clean: false });
    return 'columns' in described ? { columns: this.#lists[result] as readonly BoundColumn[] } : described;
  }

  /** True when the answer was found, and all checks of the node passed when it was stored. */
  isClean(id: string): boolean {
    return this.#fresh.get(id)?.clean === true;
  }

  markClean(id: string): void {
    const entry = this.#fresh.get(id);
    if (entry === undefined || entry.clean) return;
    entry.clean = true;
    this.#changed = true;
  }

  /** The shared copy of a column list. */
  intern(list: readonly BoundColumn[]): readonly BoundColumn[] {
    return this.#lists[this.#number(list)] as readonly BoundColumn[];
  }

  /** The text of the cache file, or undefined when the one that was read still says it all. */
  serialize(): string | undefined {
    if (!this.#changed && this.#fresh.size === this.#old.size) return undefined;
    const lists: string[][] = [];
    const errors: KeptError[] = [];
    const renumbered = new Map<number, number>();
    const keep = (number: number): number => {
      let kept = renumbered.get(number);
      if (kept === undefined) {
        kept = lists.push((this.#lists[number] ?? []).flatMap(({ name, type }) => [name, type])) - 1;
        renumbered.set(number, kept);
      }
      return kept;
    };
    const entries: Record<string, [string, number[], number, 0 | 1]> = {};
    for (const [id, { hash, reads, result, clean }] of this.#fresh) {
      const kept = result >= 0 ? keep(result) : -errors.push(this.#errors[-1 - result] as KeptError);
      entries[id] = [hash, reads.map(keep), kept, clean ? 1 : 0];
    }
    const file: CacheFile = { version: formatVersion, engine: this.engine, lists, errors, entries };
    return JSON.stringify(file);
  }

  #number(list: readonly BoundColumn[]): number {
    const known = this.#byList.get(list);
    if (known !== undefined) return known;
    return this.#add(JSON.stringify(list.flatMap(({ name, type }) => [name, type])), list);
  }

  #add(key: string, list: readonly BoundColumn[]): number {
    let number = this.#numbers.get(key);
    if (number === undefined) {
      number = this.#lists.push(list) - 1;
      this.#numbers.set(key, number);
    }
    this.#byList.set(list, number);
    return number;
  }
}

function parseFile(text: string, engine: string): CacheFile | undefined {
  try {
    const file = JSON.parse(text) as Partial<CacheFile>;
    const isOurs = file.version === formatVersion && file.engine === engine;
    return isOurs && Array.isArray(file.lists) && file.entries !== undefined
      ? (file as CacheFile)
      : undefined;
  } catch {
    return undefined;
  }
}
