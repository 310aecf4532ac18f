import { EngineError } from '../../adapters/engine-error.ts';

export type { TokenCredential } from '@azure/identity';
export type {
  BlobServiceClient,
  ContainerClient,
  RestError,
  StoragePipelineOptions,
} from '@azure/storage-blob';

/** Microsoft's client for Blob storage, which is installed by those who publish there. */
export function loadStorageBlob(): Promise<typeof import('@azure/storage-blob')> {
  return installed('@azure/storage-blob', () => import('@azure/storage-blob'));
}

/** Microsoft's ways of proving who one is, loaded only when the environment holds no key. */
export function loadIdentity(): Promise<typeof import('@azure/identity')> {
  return installed('@azure/identity', () => import('@azure/identity'));
}

async function installed<Module>(name: string, load: () => Promise<Module>): Promise<Module> {
  try {
    return await load();
  } catch (thrown) {
    const { code } = thrown as NodeJS.ErrnoException;
    if (code !== 'ERR_MODULE_NOT_FOUND' && code !== 'MODULE_NOT_FOUND') throw thrown;
    const message = `the package \`${name}\` is not installed: run \`npm install ${name}\``;
    throw new EngineError({ kind: 'option', message, fatal: true });
  }
}
