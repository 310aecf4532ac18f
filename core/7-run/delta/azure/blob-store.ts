import { stat } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { EngineError } from '../../adapters/engine-error.ts';
import type { DeltaStore } from '../store.ts';
import { blobError } from './blob-error.ts';
import type { ContainerClient, RestError } from './sdk.ts';

const throttled = { tries: 8, firstDelay: 250, longest: 10_000 };

/** Bytes of one block of a large file; a file appears when its last block is there and the list of blocks is sent. */
const uploads = { blockSize: 8 * 1024 * 1024, maxSingleShotSize: 8 * 1024 * 1024, concurrency: 4 };

/**
 * A folder of a container as a Delta store. A commit is a Put Blob with `If-None-Match: *`, which the service carries out
 * for one writer only.
 *
 * @throws EngineError of kind `connection`, `access` or `statement`, without secrets in its message
 */
export function blobStore(container: ContainerClient, root: string): DeltaStore {
  const at = (path: string) => [root, path].filter((part) => part !== '').join('/');
  const blob = (path: string) => container.getBlockBlobClient(at(path));
  const store: DeltaStore = {
    list: (folder) =>
      asked(container, async () => {
        const prefix = at(folder) === '' ? '' : `${at(folder)}/`;
        const names: string[] = [];
        for await (const item of container.listBlobsByHierarchy('/', { prefix }))
          if (item.kind === 'blob') names.push(item.name.slice(prefix.length));
        return names;
      }),
    read: (path) => asked(container, async () => (await blob(path).downloadToBuffer()).toString('utf8')),
    putIfAbsent: async (path, text) => {
      try {
        const conditions = { ifNoneMatch: '*' };
        const bytes = Buffer.from(text);
        await asked(container, () => blob(path).upload(bytes, bytes.length, { conditions }));
        return true;
      } catch (thrown) {
        if (!(thrown instanceof EngineError) || thrown.info.kind !== 'conflict') throw thrown;
        // An earlier try of this very request may have got there, and its answer got lost.
        return (await store.read(path)) === text;
      }
    },
    upload: async (local, path) => {
      await asked(container, () => blob(path).uploadFile(local, uploads));
      return (await stat(local)).size;
    },
    replace: async (path, text) => {
      const bytes = Buffer.from(text);
      await asked(container, () => blob(path).upload(bytes, bytes.length));
    },
    download: async (path, local) => {
      await asked(container, () => blob(path).downloadToFile(local));
    },
    remove: async (path) => {
      await asked(container, () => blob(path).deleteIfExists());
    },
  };
  return store;
}

/** Asks, and waits as told where the service says 429, which the SDK takes as final. */
async function asked<Result>(container: ContainerClient, ask: () => Promise<Result>): Promise<Result> {
  for (let count = 1; ; count++) {
    try {
      return await ask();
    } catch (thrown) {
      const { statusCode, response } = thrown as Partial<RestError>;
      if (statusCode !== 429 || count >= throttled.tries) throw blobError(thrown, container.url);
      const told = Number(response?.headers.get('retry-after') ?? Number.NaN) * 1000;
      const own = throttled.firstDelay * 2 ** (count - 1);
      await sleep(Math.min(Number.isFinite(told) ? told : own, throttled.longest));
    }
  }
}
