import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { link, mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** Where a Delta table lives. Paths are relative to the table. */
export interface DeltaStore {
  readonly list: (folder: string) => Promise<readonly string[]>;
  readonly read: (path: string) => Promise<string>;
  /** Creates a file whole, or answers false when its name is taken: what Delta's commits rest on. */
  readonly putIfAbsent: (path: string, text: string) => Promise<boolean>;
  /** Puts a local file in place. */
  readonly upload: (local: string, path: string) => Promise<number>;
  readonly remove: (path: string) => Promise<void>;
}

/** A folder of a file system. A commit is a hard link: it appears with all its text, once. */
export function folderStore(root: string): DeltaStore {
  const at = (path: string) => join(root, path);
  return {
    list: async (folder) => (existsSync(at(folder)) ? readdir(at(folder)) : []),
    read: (path) => readFile(at(path), 'utf8'),
    putIfAbsent: async (path, text) => {
      await mkdir(dirname(at(path)), { recursive: true });
      const own = join(dirname(at(path)), `.${randomUUID()}.tmp`);
      await writeFile(own, text);
      try {
        await link(own, at(path));
        return true;
      } catch (thrown) {
        if ((thrown as NodeJS.ErrnoException).code === 'EEXIST') return false;
        throw thrown;
      } finally {
        await rm(own, { force: true });
      }
    },
    upload: async (local, path) => {
      await mkdir(dirname(at(path)), { recursive: true });
      await link(local, at(path)).catch(async (thrown: NodeJS.ErrnoException) => {
        if (thrown.code !== 'EXDEV') throw thrown;
        await writeFile(at(path), await readFile(local));
      });
      return (await stat(at(path))).size;
    },
    remove: (path) => rm(at(path), { force: true }),
  };
}
