import { closeSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Diagnostic, reportRun } from '../../diagnostics/index.ts';

/**
 * Writes a file whole or not at all: beside its place, flushed to disk, then renamed over it.
 *
 * @returns a diagnostic (CH704 disk full, CH707 otherwise) when it could not be written
 */
export function writeFileWhole(path: string, text: string): Diagnostic | undefined {
  const aside = `${path}.${process.pid}.tmp`;
  try {
    const handle = openSync(aside, 'w');
    try {
      writeFileSync(handle, text);
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
    renameSync(aside, path);
    return undefined;
  } catch (thrown) {
    rmSync(aside, { force: true });
    const { code, message } = thrown as NodeJS.ErrnoException;
    return code === 'ENOSPC' || code === 'EDQUOT'
      ? reportRun('CH704', { what: path, reason: message })
      : reportRun('CH707', { path, reason: message });
  }
}

/** Writes artifacts as JSON into the target folder, making it where needed; reports what could not be written. */
export function writeArtifacts(folder: string, files: Readonly<Record<string, object>>): Diagnostic[] {
  try {
    mkdirSync(folder, { recursive: true });
  } catch (thrown) {
    return [reportRun('CH707', { path: folder, reason: (thrown as Error).message })];
  }
  return Object.entries(files).flatMap(
    ([name, value]) => writeFileWhole(join(folder, name), `${JSON.stringify(value)}\n`) ?? [],
  );
}
