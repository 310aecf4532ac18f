import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { copyFile, link, mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** Where a Delta table lives. Paths are relative to the table. */
export interface DeltaStore {
  readonly list: (folder: string) => Promise<readonly string[]>;
  readonly read: (path: string) => Promise<string>;
  /** Creates a file whole, or answers false when its name is taken: what Delta's commits rest on. */
  readonly putIfAbsent: (path: string, text: string) => Promise<boolean>;
  /** Puts a local file in place, whole or not at all, and gives its size. */
  readonly upload: (local: string, path: string) => Promise<number>;
  /** Writes a file whole, over one that is there. */
  readonly replace: (path: string, text: string) => Promise<void>;
  /** Copies a file to a local path. */
  readonly download: (path: string, local: string) => Promise<void>;
  readonly remove: (path: string) => Promise<void>;
}

/** A folder of a file system. A file is a hard link to one beside it: it appears with all its content, once. */
export function folderStore(root: string): DeltaStore {
  const at = (path: string) => join(root, path);
  /** Makes a file under a name of its own beside `path`, and puts it in place. */
  const beside = async (
    path: string,
    make: (own: string) => Promise<void>,
    put: (own: string) => Promise<void>,
  ) => {
    await mkdir(dirname(at(path)), { recursive: true });
    const own = join(dirname(at(path)), `.${randomUUID()}.tmp`);
    try {
      await make(own);
      await put(own);
    } finally {
      await rm(own, { force: true });
    }
  };
  const linkTo = (path: string) => async (own: string) => link(own, at(path));
  return {
    list: async (folder) => (existsSync(at(folder)) ? readdir(at(folder)) : []),
    read: (path) => readFile(at(path), 'utf8'),
    putIfAbsent: async (path, text) => {
      try {
        await beside(path, (own) => writeFile(own, text), linkTo(path));
        return true;
      } catch (thrown) {
        if ((thrown as NodeJS.ErrnoException).code === 'EEXIST') return false;
        throw thrown;
      }
    },
    upload: async (local, path) => {
      await mkdir(dirname(at(path)), { recursive: true });
      await link(local, at(path)).catch(async (thrown: NodeJS.ErrnoException) => {
        if (thrown.code !== 'EXDEV') throw thrown;
        await beside(path, (own) => copyFile(local, own), linkTo(path));
      });
      return (await stat(at(path))).size;
    },
    replace: (path, text) =>
      beside(
        path,
        (own) => writeFile(own, text),
        (own) => rename(own, at(path)),
      ),
    download: (path, local) => copyFile(at(path), local),
    remove: (path) => rm(at(path), { force: true }),
  };
}
