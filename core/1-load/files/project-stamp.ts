import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { ProjectPaths } from '../project.ts';
import { hashOf } from './content-hash.ts';
import { racyMs } from './file-cache.ts';
import { takeInventory } from './inventory.ts';

/** A file as it was: what its folder said of it, and what was in it where somebody read it. */
export interface StampedFile {
  readonly path: string;
  readonly size: number;
  readonly mtimeMs: number;
  readonly ctimeMs: number;
  /** Undefined for a file that lies in the project's folders and that nobody read. */
  readonly hash?: string;
}

/** Which files a project consisted of when it was loaded; plain data, to be kept with what was made of it. */
export interface ProjectStamp {
  readonly paths: ProjectPaths;
  /** Before the first file was looked at, in milliseconds since 1970. */
  readonly takenAt: number;
  readonly files: readonly StampedFile[];
  /** Every file below the project's folders, in order. */
  readonly listing: readonly string[];
  /** Files of the root that would have been read. */
  readonly absent: readonly string[];
}

/**
 * Whether a project still consists of the same files with the same content. As in git's index, a file whose size and
 * times are the same is the same, unless it was written about when the stamp was taken; of others the content decides.
 */
export function stampHolds(root: string, stamp: ProjectStamp): boolean {
  const { listing } = takeInventory(root, stamp.paths);
  return (
    listing.length === stamp.listing.length &&
    listing.every((path, index) => path === stamp.listing[index]) &&
    stamp.absent.every((path) => !existsSync(join(root, path))) &&
    stamp.files.every((file) => isSame(root, file, stamp.takenAt))
  );
}

function isSame(root: string, file: StampedFile, takenAt: number): boolean {
  const absolute = join(root, file.path);
  const found = statSync(absolute, { throwIfNoEntry: false });
  if (found === undefined || found.size !== file.size) return false;
  const { mtimeMs, ctimeMs } = found;
  if (mtimeMs === file.mtimeMs && ctimeMs === file.ctimeMs && ctimeMs < takenAt - racyMs) return true;
  return file.hash !== undefined && hashOf(readFileSync(absolute)) === file.hash;
}
