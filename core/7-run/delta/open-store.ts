import { join } from 'node:path';
import { EngineError } from '../adapters/engine-error.ts';
import { blobStore } from './azure/blob-store.ts';
import { connect } from './azure/connect.ts';
import { blobLocation, isUrl } from './azure/location.ts';
import { type DeltaStore, folderStore } from './store.ts';

/** A place for many Delta tables. */
export interface DeltaPlace {
  readonly store: (table: string) => DeltaStore;
  /** Where a table is, for people; without secrets. */
  readonly describe: (table: string) => string;
  /** A local folder for files on their way. */
  readonly scratch: string;
}

/**
 * Opens a folder, or a container of Azure storage or OneLake, to publish tables in.
 *
 * @param destination an absolute folder or a URL (`blobLocation` lists the forms)
 * @param scratch local folder for files on their way to a URL
 * @throws EngineError of kind `option` when the URL is not one of these, a package is missing or the account is not known
 */
export async function openDeltaPlace(
  destination: string,
  env: Readonly<Record<string, string | undefined>>,
  scratch: string,
): Promise<DeltaPlace> {
  if (!isUrl(destination))
    return {
      store: (table) => folderStore(join(destination, table)),
      describe: (table) => join(destination, table),
      // On the same disk, so that a file is put in place by a link.
      scratch: join(destination, '.churn'),
    };
  const location = blobLocation(destination);
  if (location === undefined) {
    const message =
      'it is no folder and no address of Azure storage (abfss://container@account.dfs.core.windows.net/path, az://container/path, https://account.blob.core.windows.net/container/path); secrets go into the environment, not into the address';
    throw new EngineError({ kind: 'option', message, fatal: true });
  }
  const container = (await connect(location, env)).getContainerClient(location.container);
  const base = destination.replace(/\/+$/, '');
  return {
    store: (table) => blobStore(container, [location.path, table].filter((part) => part !== '').join('/')),
    describe: (table) => `${base}/${table}`,
    scratch,
  };
}
