import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { ProjectPaths } from '../project.ts';
import { foreignFiles } from '../schema/foreign.ts';
import type { ProjectStamp, StampedFile } from './project-stamp.ts';

/** Files of the root that are looked for, besides the project file itself. */
const lookedFor = ['selectors.yml', ...Object.keys(foreignFiles)];

/** @param read what was read, with hashes @param listing every file below the project's folders */
export function takeStamp(
  root: string,
  paths: ProjectPaths,
  takenAt: number,
  read: readonly StampedFile[],
  listing: readonly string[],
): ProjectStamp {
  const known = new Set(read.map(({ path }) => path));
  const isThere = (path: string): boolean => existsSync(join(root, path));
  const others = [...listing, ...lookedFor.filter(isThere)].filter((path) => !known.has(path));
  const files = [...new Set(others)].flatMap((path) => {
    const found = statSync(join(root, path), { throwIfNoEntry: false });
    return found === undefined
      ? []
      : [{ path, size: found.size, mtimeMs: found.mtimeMs, ctimeMs: found.ctimeMs }];
  });
  return {
    paths,
    takenAt,
    files: [...read, ...files],
    listing,
    absent: lookedFor.filter((path) => !known.has(path) && !isThere(path)),
  };
}
