import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';

/** The text of a cache file; undefined when there is none that can be read. */
export async function readCacheFile(file: string): Promise<string | undefined> {
  return readFile(file, 'utf8').catch(() => undefined);
}

/**
 * Writes a cache file beside its place and renames it there, so that no reader sees a half one. A cache is a
 * convenience: a read-only folder or a full disk is no error.
 */
export async function writeCacheFile(file: string, text: string): Promise<void> {
  const aside = `${file}.${process.pid}.tmp`;
  try {
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(aside, text);
    await rename(aside, file);
  } catch {
    await rm(aside, { force: true }).catch(() => undefined);
  }
}
