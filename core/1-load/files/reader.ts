import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { type Diagnostic, reportLoad } from '../../diagnostics/index.ts';
import { extension } from '../build/names.ts';
import type { SourceText } from '../project.ts';
import { decode } from './decode.ts';
import { reasonOf } from './walk.ts';

const megabyte = 1024 * 1024;
const textLimit = 4 * megabyte;
const seedLimit = 32 * megabyte;

export interface ReadFile {
  readonly file?: SourceText;
  readonly diagnostics: readonly Diagnostic[];
}

/** Reads one project file as text. Too large, unreadable or not UTF-8: a diagnostic and no file. */
export function readProjectFile(root: string, path: string): ReadFile {
  try {
    const absolute = join(root, path);
    const { size } = statSync(absolute);
    const limit = extension(path) === '.csv' ? seedLimit : textLimit;
    if (size > limit) return { diagnostics: [tooLarge(path, size, limit)] };
    const { file, diagnostics } = decode(path, readFileSync(absolute));
    return diagnostics.length > 0 ? { file: undefined, diagnostics } : { file, diagnostics };
  } catch (error) {
    return { diagnostics: [reportLoad('CH101', { path, reason: reasonOf(error) })] };
  }
}

function tooLarge(path: string, size: number, limit: number): Diagnostic {
  const fix =
    limit === seedLimit
      ? 'Seeds are small reference tables: declare this file as a source with `location:`.'
      : 'Split it, or move data into a seed or a source.';
  const inMegabytes = (bytes: number): string => `${Math.ceil(bytes / megabyte)} MB`;
  return reportLoad('CH108', { path, size: inMegabytes(size), limit: inMegabytes(limit), fix });
}
