import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, type Stats, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { SourceText } from '../project.ts';
import type { YamlSummary } from '../yaml/summary.ts';

declare const CHURN_VERSION: string | undefined;

/** What may be taken up: written by this version, in this layout. Raise the number when parsing or checking changes. */
const format = `load-3 ${typeof CHURN_VERSION === 'undefined' ? 'source' : CHURN_VERSION}`;

/** A clock tick of file systems: a file changed this close to the cache's writing may have changed after it. */
export const racyMs = 100;

/** What is known of a file besides its text. */
export interface FileFacts {
  readonly size: number;
  readonly mtimeMs: number;
  readonly ctimeMs: number;
  readonly hash: string;
  /** Nothing but white space. */
  readonly blank?: boolean;
  /** Of a YAML file in which nothing was wrong. */
  readonly summary?: YamlSummary;
}

/** A file in the cache's index; `start` and `end` are bytes of the blob behind the index. */
interface CacheEntry extends FileFacts {
  readonly start: number;
  readonly end: number;
}

interface CacheHeader {
  readonly format: string;
  readonly root: string;
  readonly writtenAt: number;
  /** Length of the blob: a truncated file is not used. */
  readonly bytes: number;
  readonly entries: readonly (readonly [path: string, entry: CacheEntry])[];
}

/** A file of the run that ends, to be kept for the next. */
export interface KeptFile {
  readonly file: SourceText;
  readonly facts: FileFacts;
}

/**
 * The texts of all project files of the last run in one file: a line of JSON (the index), then the bytes of all
 * files. One large read in place of thousands of small ones; texts are decoded when first asked for.
 */
export class FileCache {
  readonly #entries: ReadonlyMap<string, CacheEntry>;

  private constructor(
    header: Pick<CacheHeader, 'writtenAt' | 'entries'>,
    readonly blob: Buffer,
  ) {
    this.#entries = new Map(header.entries);
    this.writtenAt = header.writtenAt;
  }

  readonly writtenAt: number;

  /** The cache of the last run. A missing, damaged or foreign one is as good as none. */
  static open(file: string, root: string): FileCache {
    try {
      const bytes = readFileSync(file);
      const headerEnd = bytes.indexOf(10);
      const header = JSON.parse(bytes.toString('utf8', 0, headerEnd)) as CacheHeader;
      const blob = bytes.subarray(headerEnd + 1);
      if (header.format === format && header.root === root && header.bytes === blob.length) {
        return new FileCache(header, blob);
      }
    } catch {
      // Everything is read anew.
    }
    return FileCache.empty();
  }

  static empty(): FileCache {
    return new FileCache({ writtenAt: 0, entries: [] }, Buffer.alloc(0));
  }

  get size(): number {
    return this.#entries.size;
  }

  facts(path: string): FileFacts | undefined {
    return this.#entries.get(path);
  }

  /** The file as it was, when its size and times say that it still is. */
  unchanged(path: string, found: Stats): KeptFile | undefined {
    const known = this.#entries.get(path);
    const isUnchanged =
      known !== undefined &&
      known.size === found.size &&
      known.mtimeMs === found.mtimeMs &&
      known.ctimeMs === found.ctimeMs &&
      found.ctimeMs < this.writtenAt - racyMs;
    return isUnchanged ? { file: this.#textOf(path, known), facts: known } : undefined;
  }

  /** Writes the files of this run beside the cache's place and renames. A folder that cannot be written is no problem. */
  write(cacheFile: string, root: string, files: Iterable<readonly [path: string, kept: KeptFile]>): void {
    const chunks: Buffer[] = [];
    const entries: [string, CacheEntry][] = [];
    let at = 0;
    for (const [path, { file, facts }] of files) {
      const { size, mtimeMs, ctimeMs, hash, blank, summary } = facts;
      const known = this.#entries.get(path);
      const bytes =
        known?.hash === hash ? this.blob.subarray(known.start, known.end) : Buffer.from(file.text, 'utf8');
      chunks.push(bytes);
      entries.push([
        path,
        { size, mtimeMs, ctimeMs, hash, blank, summary, start: at, end: at + bytes.length },
      ]);
      at += bytes.length;
    }
    const header: CacheHeader = { format, root, writtenAt: Date.now(), bytes: at, entries };
    const aside = `${cacheFile}.${process.pid}`;
    try {
      mkdirSync(dirname(cacheFile), { recursive: true });
      writeFileSync(aside, Buffer.concat([Buffer.from(`${JSON.stringify(header)}\n`), ...chunks]));
      renameSync(aside, cacheFile);
    } catch {
      if (existsSync(aside)) rmSync(aside, { force: true });
    }
  }

  #textOf(path: string, { hash, start, end }: CacheEntry): SourceText {
    const { blob } = this;
    let text: string | undefined;
    return Object.freeze({
      path,
      hash,
      get text() {
        text ??= blob.toString('utf8', start, end);
        return text;
      },
    });
  }
}
