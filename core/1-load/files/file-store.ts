import { createHash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { type Diagnostic, reportLoad } from '../../diagnostics/index.ts';
import { extension, startOf } from '../build/names.ts';
import type { SourceText } from '../project.ts';
import type { YamlSummary } from '../yaml/summary.ts';
import { decode } from './decode.ts';
import { FileCache, type FileFacts } from './file-cache.ts';
import type { StampedFile } from './project-stamp.ts';
import { reasonOf } from './walk.ts';

const megabyte = 1024 * 1024;
const textLimit = 4 * megabyte;
const seedLimit = 32 * megabyte;
const fewFiles = 32;

interface StoredFile {
  readonly file: SourceText;
  facts: FileFacts;
}

/** Reads project files, each once, by way of the cache where there is one. */
export class FileStore {
  readonly diagnostics: Diagnostic[] = [];
  readonly #files = new Map<string, StoredFile>();
  readonly #failed = new Set<string>();
  readonly #cache: FileCache;
  #isNews = false;
  #readAnew = 0;

  /** @param cacheFile where the cache is kept; undefined for none */
  constructor(
    readonly root: string,
    readonly cacheFile: string | undefined,
  ) {
    this.#cache = cacheFile === undefined ? FileCache.empty() : FileCache.open(cacheFile, root);
  }

  /** The file's text; undefined when it cannot be read, which is reported once. */
  read(path: string): SourceText | undefined {
    const known = this.#files.get(path);
    if (known !== undefined) return known.file;
    if (this.#failed.has(path)) return undefined;
    const stored = this.#load(path);
    if (stored === undefined) this.#failed.add(path);
    else this.#files.set(path, stored);
    return stored?.file;
  }

  readAll(paths: readonly string[]): SourceText[] {
    const files: SourceText[] = [];
    for (const path of paths) {
      const file = this.read(path);
      if (file !== undefined) files.push(file);
    }
    return files;
  }

  isBlank(path: string): boolean {
    return this.#files.get(path)?.facts.blank ?? false;
  }

  /** What is known of a YAML file in which nothing was wrong when it last had this content. */
  summary(path: string): YamlSummary | undefined {
    return this.#files.get(path)?.facts.summary;
  }

  remember(path: string, summary: YamlSummary): void {
    const stored = this.#files.get(path);
    if (stored === undefined) return;
    stored.facts = { ...stored.facts, summary };
    this.#isNews = true;
  }

  text(path: string): string | undefined {
    return this.#files.get(path)?.file.text;
  }

  /** Everything read, as its folder and its content say. */
  stamped(): StampedFile[] {
    return [...this.#files].map(
      ([
        path,
        {
          facts: { size, mtimeMs, ctimeMs, hash },
        },
      ]) => ({
        path,
        size,
        mtimeMs,
        ctimeMs,
        hash,
      }),
    );
  }

  /** Hash over the paths and contents of everything read. */
  hash(): string {
    const lines: string[] = [];
    for (const [path, { facts }] of this.#files) lines.push(`${path} ${facts.hash}`);
    return createHash('sha256').update(lines.join('\n')).digest('hex').slice(0, 32);
  }

  /**
   * Keeps what was read for the next run. Writing costs as much as reading some dozens of files, so that a few
   * edited SQL files do not call for it.
   */
  close(): void {
    if (this.cacheFile === undefined) return;
    const gone = this.#cache.size + this.#readAnew - this.#files.size;
    if (
      this.#isNews ||
      this.#cache.size === 0 ||
      this.#readAnew > fewFiles ||
      gone > this.#readAnew + fewFiles
    ) {
      this.#cache.write(this.cacheFile, this.root, this.#files);
    }
  }

  #load(path: string): StoredFile | undefined {
    try {
      const absolute = join(this.root, path);
      const found = statSync(absolute);
      const unchanged = this.#cache.unchanged(path, found);
      if (unchanged !== undefined) return unchanged;
      const limit = extension(path) === '.csv' ? seedLimit : textLimit;
      if (found.size > limit) {
        this.diagnostics.push(tooLarge(path, found.size, limit));
        return undefined;
      }
      const { file, diagnostics } = decode(path, readFileSync(absolute));
      this.diagnostics.push(...diagnostics);
      if (diagnostics.length > 0) return undefined;
      this.#readAnew++;
      const { size, mtimeMs, ctimeMs } = found;
      const blank = file.text.trim() === '' || undefined;
      const known = this.#cache.facts(path);
      const summary = known?.hash === file.hash ? known.summary : undefined;
      return { file, facts: { size, mtimeMs, ctimeMs, hash: file.hash, blank, summary } };
    } catch (error) {
      this.diagnostics.push(reportLoad('CH101', { path, reason: reasonOf(error) }, { span: startOf(path) }));
      return undefined;
    }
  }
}

function tooLarge(path: string, size: number, limit: number): Diagnostic {
  const fix =
    limit === seedLimit
      ? 'Seeds are small reference tables: declare this file as a source with `location:`.'
      : 'Split it, or move data into a seed or a source.';
  const inMegabytes = (bytes: number): string => `${Math.ceil(bytes / megabyte)} MB`;
  const args = { path, size: inMegabytes(size), limit: inMegabytes(limit), fix };
  return reportLoad('CH108', args, { span: startOf(path) });
}
