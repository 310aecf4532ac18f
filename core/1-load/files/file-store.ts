import { mkdirSync, readFileSync, renameSync, rmSync, type Stats, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type Diagnostic, reportLoad } from '../../diagnostics/index.ts';
import { extension, startOf } from '../build/names.ts';
import type { SourceText } from '../project.ts';
import type { YamlSummary } from '../yaml/summary.ts';
import { decode } from './decode.ts';
import { reasonOf } from './walk.ts';

const format = 'load-1';
const megabyte = 1024 * 1024;
const textLimit = 4 * megabyte;
const seedLimit = 32 * megabyte;

/** A clock tick of file systems: a file changed this close to the cache's writing may have changed after it. */
const racyMs = 100;

/** One file in the cache's index; `start` and `end` are bytes of the blob behind the index. */
interface CacheEntry {
  readonly size: number;
  readonly mtimeMs: number;
  readonly ctimeMs: number;
  readonly hash: string;
  readonly start: number;
  readonly end: number;
  readonly summary?: YamlSummary;
  readonly blank?: boolean;
}

interface StoredFile {
  readonly file: SourceText;
  readonly stats: { readonly size: number; readonly mtimeMs: number; readonly ctimeMs: number };
  /** Nothing but white space. */
  readonly blank: boolean | undefined;
  summary?: YamlSummary;
}

/**
 * Reads project files, each once, by way of a cache: one file in target/.cache that holds the text of all files
 * read last time. A file whose size and times are unchanged is not opened; its text is decoded when first asked for.
 * With it are kept the summaries of those YAML files in which nothing was found wrong.
 */
export class FileStore {
  readonly diagnostics: Diagnostic[] = [];
  readonly #files = new Map<string, StoredFile | undefined>();
  #cached: ReadonlyMap<string, CacheEntry> = new Map();
  #blob: Buffer = Buffer.alloc(0);
  #writtenAt = 0;
  #changed = false;
  #cacheFile: string | undefined;

  constructor(readonly root: string) {}

  /** Takes up the cache of the last run. A missing, damaged or foreign one is ignored. */
  open(cacheFile: string): void {
    this.#cacheFile = cacheFile;
    try {
      const bytes = readFileSync(cacheFile);
      const headerEnd = bytes.indexOf(10);
      const header = JSON.parse(bytes.toString('utf8', 0, headerEnd)) as {
        format: string;
        root: string;
        writtenAt: number;
        bytes: number;
        entries: [string, CacheEntry][];
      };
      const blob = bytes.subarray(headerEnd + 1);
      if (header.format !== format || header.root !== this.root || header.bytes !== blob.length) return;
      this.#cached = new Map(header.entries);
      this.#blob = blob;
      this.#writtenAt = header.writtenAt;
    } catch {
      // No usable cache: everything is read.
    }
  }

  /** The file's text; undefined when it cannot be read, which is reported once. */
  read(path: string): SourceText | undefined {
    if (this.#files.has(path)) return this.#files.get(path)?.file;
    const stored = this.#load(path);
    this.#files.set(path, stored);
    return stored?.file;
  }

  readAll(paths: readonly string[]): SourceText[] {
    return paths.flatMap((path) => this.read(path) ?? []);
  }

  isBlank(path: string): boolean {
    return this.#files.get(path)?.blank ?? false;
  }

  /** What is known of a YAML file in which nothing was wrong when it last had this content. */
  summary(path: string): YamlSummary | undefined {
    return this.#files.get(path)?.summary;
  }

  remember(path: string, summary: YamlSummary): void {
    const stored = this.#files.get(path);
    if (stored === undefined) return;
    stored.summary = summary;
    this.#changed = true;
  }

  text(path: string): string | undefined {
    return this.#files.get(path)?.file.text;
  }

  /** Paths and hashes of everything read, by path. */
  hashes(): readonly (readonly [path: string, hash: string])[] {
    const found = [...this.#files].flatMap(([path, stored]) =>
      stored === undefined ? [] : [[path, stored.file.hash] as const],
    );
    return found.sort(([a], [b]) => (a < b ? -1 : 1));
  }

  /** Writes the cache beside its place and renames it. A folder that cannot be written is no problem. */
  close(): void {
    if (this.#cacheFile === undefined || !(this.#changed || this.#files.size !== this.#cached.size)) return;
    const chunks: Buffer[] = [];
    const entries: [string, CacheEntry][] = [];
    let at = 0;
    for (const [path, stored] of this.#files) {
      if (stored === undefined) continue;
      const known = this.#cached.get(path);
      const bytes =
        known !== undefined && known.hash === stored.file.hash
          ? this.#blob.subarray(known.start, known.end)
          : Buffer.from(stored.file.text, 'utf8');
      chunks.push(bytes);
      const { summary, stats, file, blank } = stored;
      entries.push([path, { ...stats, hash: file.hash, start: at, end: at + bytes.length, summary, blank }]);
      at += bytes.length;
    }
    const header = { format, root: this.root, writtenAt: Date.now(), bytes: at, entries };
    const aside = `${this.#cacheFile}.${process.pid}`;
    try {
      mkdirSync(dirname(this.#cacheFile), { recursive: true });
      writeFileSync(aside, Buffer.concat([Buffer.from(`${JSON.stringify(header)}\n`), ...chunks]));
      renameSync(aside, this.#cacheFile);
    } catch {
      rmSync(aside, { force: true });
    }
  }

  #load(path: string): StoredFile | undefined {
    try {
      const absolute = join(this.root, path);
      const found = statSync(absolute);
      const known = this.#cached.get(path);
      if (known !== undefined && this.#isUnchanged(known, found)) {
        return {
          file: this.#fromBlob(path, known),
          stats: statsOf(found),
          blank: known.blank,
          summary: known.summary,
        };
      }
      const limit = extension(path) === '.csv' ? seedLimit : textLimit;
      if (found.size > limit) {
        this.diagnostics.push(tooLarge(path, found.size, limit));
        return undefined;
      }
      const { file, diagnostics } = decode(path, readFileSync(absolute));
      this.diagnostics.push(...diagnostics);
      if (diagnostics.length > 0) return undefined;
      this.#changed = true;
      const blank = file.text.trim() === '' || undefined;
      return {
        file,
        blank,
        stats: statsOf(found),
        summary: known?.hash === file.hash ? known.summary : undefined,
      };
    } catch (error) {
      this.diagnostics.push(reportLoad('CH101', { path, reason: reasonOf(error) }, { span: startOf(path) }));
      return undefined;
    }
  }

  #isUnchanged(known: CacheEntry, found: Stats): boolean {
    return (
      known.size === found.size &&
      known.mtimeMs === found.mtimeMs &&
      known.ctimeMs === found.ctimeMs &&
      found.ctimeMs < this.#writtenAt - racyMs
    );
  }

  #fromBlob(path: string, { hash, start, end }: CacheEntry): SourceText {
    const blob = this.#blob;
    let text: string | undefined;
    return {
      path,
      hash,
      get text() {
        text ??= blob.toString('utf8', start, end);
        return text;
      },
    };
  }
}

function statsOf({ size, mtimeMs, ctimeMs }: Stats): StoredFile['stats'] {
  return { size, mtimeMs, ctimeMs };
}

function tooLarge(path: string, size: number, limit: number): Diagnostic {
  const fix =
    limit === seedLimit
      ? 'Seeds are small reference tables: declare this file as a source with `location:`.'
      : 'Split it, or move data into a seed or a source.';
  const inMegabytes = (bytes: number): string => `${Math.ceil(bytes / megabyte)} MB`;
  return reportLoad(
    'CH108',
    { path, size: inMegabytes(size), limit: inMegabytes(limit), fix },
    { span: startOf(path) },
  );
}
