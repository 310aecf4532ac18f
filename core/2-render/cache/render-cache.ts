import type { RawConfig } from '../config/merge.ts';
import type { Relation } from '../rendered.ts';
import type { KeptTests } from './plain-test.ts';

/** Bumped whenever the file's shape, or what rendering gives, changes. */
const formatVersion = 3;

/** So many nodes are sooner rendered again by each run than the whole file is written. */
const fewNodes = 20;

/** What rendering a node gave, as plain data. Source maps are left out: they are made again when asked for. */
export interface CachedNode {
  /** Hashes of the files that say what the node is. */
  readonly key: string;
  /** Numbers of the outside things that its configuration, then its SQL, depends on. */
  readonly configReads: readonly number[];
  readonly reads: readonly number[];
  readonly raw: RawConfig;
  readonly relation: Relation;
  readonly sql: string;
  readonly incremental?: string;
  readonly dependsOn: readonly string[];
  readonly macros: readonly string[];
  readonly preHook: readonly string[];
  readonly postHook: readonly string[];
  readonly hash: string;
  /** The node's tests, where all of them are plain. */
  readonly tests?: KeptTests;
}

interface CacheFile {
  readonly version: number;
  /** What every node depends on: project, target, flags. */
  readonly situation: string;
  /** `[read, digest, read, digest, ...]` */
  readonly reads: readonly string[];
  readonly nodes: Readonly<Record<string, CachedNode>>;
}

/**
 * What was rendered before. A node is taken from here when the files that define it are the same and everything
 * its templates read from outside (variables, environment, macros, relations of what it refers to) still gives what it
 * gave. Reads are interned, so that each is looked up once however many nodes share it.
 */
export class RenderCache {
  readonly #text: string | undefined;
  #old: CacheFile | undefined;
  readonly #reads: string[] = [];
  readonly #numbers = new Map<string, number>();
  readonly #nodes: Record<string, CachedNode> = {};
  #situation = '';
  #isFresh: boolean[] = [];
  #changed = false;
  #added = 0;

  /** @param text what {@link serialize} gave; anything else is ignored. */
  constructor(text?: string) {
    this.#text = text;
  }

  /** Begins a rendering. `digestOf` tells what a read gives now; it may ask for nodes of this cache. */
  begin(situation: string): void {
    this.#situation = situation;
    const file = this.#text === undefined ? undefined : parseFile(this.#text);
    if (file?.situation === situation) this.#old = file;
    else this.#changed = true;
  }

  /** The old entry, if its files are the same. */
  find(id: string, key: string): CachedNode | undefined {
    const entry = this.#old?.nodes[id];
    return entry?.key === key ? entry : undefined;
  }

  /** True when all these reads give what they gave. */
  holds(reads: readonly number[], digestOf: (read: string) => string): boolean {
    return reads.every((number) => {
      const known = this.#isFresh[number];
      if (known !== undefined) return known;
      const read = this.#old?.reads[number * 2] as string;
      const fresh = digestOf(read) === this.#old?.reads[number * 2 + 1];
      this.#isFresh[number] = fresh;
      return fresh;
    });
  }

  /** Takes an old entry over. */
  keep(id: string, entry: CachedNode): void {
    const renumber = (number: number) => {
      const reads = this.#old?.reads as readonly string[];
      return this.#number(reads[number * 2] as string, reads[number * 2 + 1] as string);
    };
    this.#nodes[id] = {
      ...entry,
      configReads: entry.configReads.map(renumber),
      reads: entry.reads.map(renumber),
    };
  }

  /** Adds what was rendered now. */
  add(
    id: string,
    entry: Omit<CachedNode, 'configReads' | 'reads'>,
    configReads: Iterable<string>,
    reads: Iterable<string>,
    digestOf: (read: string) => string,
  ): void {
    const numbers = (names: Iterable<string>) => [...names].map((read) => this.#number(read, digestOf(read)));
    this.#added++;
    this.#nodes[id] = { ...entry, configReads: numbers(configReads), reads: numbers(reads) };
  }

  /** The tests of a node that was taken over, if they were kept. */
  testsOf(id: string): KeptTests | undefined {
    return this.#nodes[id]?.tests;
  }

  keepTests(id: string, tests: KeptTests): void {
    const entry = this.#nodes[id];
    if (entry === undefined || entry.tests !== undefined) return;
    this.#nodes[id] = { ...entry, tests };
  }

  #number(read: string, digest: string): number {
    let number = this.#numbers.get(read);
    if (number === undefined) {
      number = this.#reads.push(read, digest) / 2 - 1;
      this.#numbers.set(read, number);
    }
    return number;
  }

  /** The cache as text for the next run; undefined when the old text is nearly as good. */
  serialize(): string | undefined {
    const count = Object.keys(this.#nodes).length;
    const isAsGood = count === Object.keys(this.#old?.nodes ?? {}).length && this.#added <= fewNodes;
    if (!this.#changed && isAsGood) return undefined;
    const file: CacheFile = {
      version: formatVersion,
      situation: this.#situation,
      reads: this.#reads,
      nodes: this.#nodes,
    };
    return JSON.stringify(file);
  }
}

function parseFile(text: string): CacheFile | undefined {
  try {
    const parsed: unknown = JSON.parse(text);
    if (typeof parsed !== 'object' || parsed === null) return undefined;
    const file = parsed as Partial<CacheFile>;
    const isSound =
      file.version === formatVersion && Array.isArray(file.reads) && typeof file.nodes === 'object';
    return isSound ? (file as CacheFile) : undefined;
  } catch {
    return undefined;
  }
}
