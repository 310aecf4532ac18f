import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/** Writes a file whole or not at all: beside it first, then a rename. Folders are made. */
export function writeWhole(path: string, content: string | Uint8Array): void {
  mkdirSync(dirname(path), { recursive: true });
  const aside = join(dirname(path), `.${basename(path)}.${process.pid}`);
  try {
    writeFileSync(aside, content);
    renameSync(aside, path);
  } finally {
    rmSync(aside, { force: true });
  }
}

/**
 * Writes a folder whole: the files go to a new folder beside it, which then takes its place. A folder of that name
 * is replaced; a reader sees the old one or the new one.
 */
export function writeFolderWhole(path: string, files: ReadonlyMap<string, string | Uint8Array>): void {
  mkdirSync(dirname(path), { recursive: true });
  const aside = mkdtempSync(join(dirname(path), `.${basename(path)}.`));
  try {
    for (const [name, content] of files) {
      mkdirSync(dirname(join(aside, name)), { recursive: true });
      writeFileSync(join(aside, name), content);
    }
    rmSync(path, { recursive: true, force: true });
    renameSync(aside, path);
  } finally {
    rmSync(aside, { recursive: true, force: true });
  }
}

/** JSON as artifacts are written: two spaces, keys in the order given, a newline at the end. */
export function jsonText(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
