/** A folder in a container of Azure Blob storage, or of OneLake, which speaks the same protocol. */
export interface BlobLocation {
  /** `https://account.blob.core.windows.net`; undefined: the account is named by the environment. */
  readonly service?: string;
  readonly account?: string;
  readonly container: string;
  /** Without slashes at its ends; empty: the container's root. */
  readonly path: string;
}

/** Whether a destination names object storage instead of a folder. */
export function isUrl(destination: string): boolean {
  return /^[a-z][a-z0-9+.-]+:\/\//i.test(destination);
}

const schemes: readonly (readonly [RegExp, (groups: Groups) => BlobLocation | undefined])[] = [
  [/^abfss?:\/\/(?<container>[^@/]+)@(?<host>[^/]+)(?<path>\/.*)?$/i, hosted],
  [
    /^(az|azure|adl|abfss?):\/\/(?<container>[^@/]+)(?<path>\/.*)?$/i,
    (groups) => ofAccount(undefined, groups),
  ],
  // An emulator, or another server whose address says nothing of the account.
  [
    /^(?<service>https?:\/\/(?:localhost|[\d.]+|\[[\da-f:]+\])(?::\d+)?\/(?<account>[^/]+))\/(?<container>[^/]+)(?<path>\/.*)?$/i,
    (groups) => ofAccount(groups.service, groups),
  ],
  [/^https:\/\/(?<host>[^/]+)\/(?<container>[^/]+)(?<path>\/.*)?$/i, hosted],
];

type Groups = Readonly<Record<string, string | undefined>>;

/**
 * Reads `abfss://container@account.dfs.core.windows.net/path`, `az://container/path`,
 * `https://account.blob.core.windows.net/container/path` and OneLake's `abfss://workspace@onelake.dfs.fabric.microsoft.com/...`.
 *
 * @returns undefined when it is none of these
 * @example blobLocation('abfss://lake@acme.dfs.core.windows.net/gold') // {service: 'https://acme.blob.core.windows.net', ...}
 */
export function blobLocation(url: string): BlobLocation | undefined {
  if (/[?#]/.test(url)) return undefined;
  for (const [pattern, read] of schemes) {
    const groups = pattern.exec(url)?.groups;
    if (groups !== undefined) return read(groups);
  }
  return undefined;
}

/** The account's name is the host's first part; the blob endpoint stands beside the one for files. */
function hosted(groups: Groups): BlobLocation | undefined {
  const { host = '' } = groups;
  if (!/^[\w-]+\.(blob|dfs)\.[\w.-]+$/i.test(host)) return undefined;
  const service = `https://${host.replace(/\.dfs\./i, '.blob.')}`;
  return ofAccount(service, { ...groups, account: host.split('.')[0] });
}

function ofAccount(service: string | undefined, groups: Groups): BlobLocation {
  const { account, container = '', path = '' } = groups;
  return {
    ...(service === undefined ? {} : { service }),
    ...(account === undefined ? {} : { account }),
    container: decode(container),
    path: decode(path.replace(/^\/+|\/+$/g, '')),
  };
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
