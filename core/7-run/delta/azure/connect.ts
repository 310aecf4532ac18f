import { EngineError } from '../../adapters/engine-error.ts';
import type { BlobLocation } from './location.ts';
import type { BlobServiceClient, StoragePipelineOptions, TokenCredential } from './sdk.ts';
import { loadIdentity, loadStorageBlob } from './sdk.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** 500, 503 and lost connections are retried by the SDK. */
const pipeline: StoragePipelineOptions = {
  retryOptions: { maxTries: 6, retryDelayInMs: 300, maxRetryDelayInMs: 10_000, tryTimeoutInMs: 120_000 },
};

/**
 * A client of the location's account. The first of these that the environment holds is used: AZURE_STORAGE_CONNECTION_STRING,
 * AZURE_STORAGE_SAS_TOKEN, AZURE_STORAGE_KEY, AZURE_STORAGE_TOKEN (an access token of Microsoft Entra), then what
 * `@azure/identity` finds (a service principal in AZURE_CLIENT_ID and so on, a managed identity, `az login`).
 *
 * @throws EngineError of kind `option` when a package is not installed or the account is not known
 */
export async function connect(location: BlobLocation, env: Environment): Promise<BlobServiceClient> {
  const { BlobServiceClient, StorageSharedKeyCredential } = await loadStorageBlob();
  const { AZURE_STORAGE_CONNECTION_STRING: connection } = env;
  if (connection) {
    try {
      return BlobServiceClient.fromConnectionString(connection, pipeline);
    } catch {
      // The SDK's own message may repeat the secret.
      throw option('AZURE_STORAGE_CONNECTION_STRING is no connection string of a storage account');
    }
  }
  const account = location.account ?? env.AZURE_STORAGE_ACCOUNT;
  if (!account) throw option('it names no account, and neither does AZURE_STORAGE_ACCOUNT');
  const service = location.service ?? `https://${account}.blob.core.windows.net`;
  const { AZURE_STORAGE_SAS_TOKEN: sas, AZURE_STORAGE_KEY: key, AZURE_STORAGE_TOKEN: token } = env;
  if (sas) return new BlobServiceClient(`${service}?${sas.replace(/^\?/, '')}`, undefined, pipeline);
  if (key) return new BlobServiceClient(service, new StorageSharedKeyCredential(account, key), pipeline);
  const credential = token ? bearer(token) : new (await loadIdentity()).DefaultAzureCredential();
  return new BlobServiceClient(service, credential, pipeline);
}

/** A token that somebody else fetched; when it ends is theirs to know. */
function bearer(token: string): TokenCredential {
  return { getToken: async () => ({ token, expiresOnTimestamp: Date.now() + 3600_000 }) };
}

function option(message: string): EngineError {
  return new EngineError({ kind: 'option', message, fatal: true });
}
