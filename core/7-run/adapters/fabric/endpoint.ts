import type { TargetConfig } from '../../../1-load/index.ts';

/** How to log in; never printed. In `tedious`' words. */
export type Authentication =
  | { readonly type: 'azure-active-directory-access-token'; readonly options: { readonly token: string } }
  | {
      readonly type: 'azure-active-directory-service-principal-secret';
      readonly options: {
        readonly tenantId: string;
        readonly clientId: string;
        readonly clientSecret: string;
      };
    }
  | { readonly type: 'azure-active-directory-default'; readonly options: object }
  | { readonly type: 'default'; readonly options: { readonly userName: string; readonly password: string } };

/** Where a warehouse is and how to log in. */
export interface Endpoint {
  readonly server: string;
  readonly port: number;
  readonly database: string;
  readonly authentication: Authentication;
  readonly encrypt: boolean;
  readonly trustServerCertificate: boolean;
  /** Seconds until a login is given up; a warehouse that sleeps takes a while to wake. */
  readonly loginTimeout: number;
  /** Seconds a statement may take; 0: as long as it takes. */
  readonly queryTimeout: number;
}

export type FoundEndpoint =
  | { readonly ok: true; readonly endpoint: Endpoint }
  | { readonly ok: false; readonly missing: string };

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * `server` (or `host`) and `database` of the target, filled up from CHURN_FABRIC_CONNECTION_STRING. Who logs in comes
 * from the environment only: CHURN_FABRIC_TOKEN (a Microsoft Entra token for https://database.windows.net), else
 * AZURE_TENANT_ID, AZURE_CLIENT_ID and AZURE_CLIENT_SECRET, else user and password of the connection string, else, with
 * `authentication: default`, whatever @azure/identity finds (`az login`, a managed identity).
 */
export function endpointOf(target: TargetConfig, env: Environment): FoundEndpoint {
  const text = (...keys: readonly string[]) => {
    for (const key of keys) {
      const value = target.options[key]?.value;
      if (value !== undefined && value !== null && String(value) !== '') return String(value);
    }
    return undefined;
  };
  const given = connectionString(env.CHURN_FABRIC_CONNECTION_STRING ?? '');
  if (text('client_secret') !== undefined)
    return { ok: false, missing: '`client_secret` moved to the environment variable AZURE_CLIENT_SECRET' };
  const [host, port] = (text('server', 'host', 'endpoint') ?? given.server ?? '').split(',');
  const server = (host ?? '').replace(/^tcp:/i, '').trim();
  const database = target.database ?? given.database;
  if (server === '') return { ok: false, missing: '`server`: the SQL connection string of the warehouse' };
  if (database === undefined) return { ok: false, missing: '`database`: the name of the warehouse' };
  const authentication = authenticationOf(text, given, env);
  if (authentication === undefined)
    return { ok: false, missing: 'a login: the environment variable CHURN_FABRIC_TOKEN' };
  const isLocal = /^(localhost|127\.0\.0\.1|\[?::1\]?)$/i.test(server);
  if (given.encrypt === false && !isLocal)
    return { ok: false, missing: 'encryption: `Encrypt=false` is for servers of this machine only' };
  return {
    ok: true,
    endpoint: {
      server,
      port: Number(port ?? text('port') ?? 1433),
      database,
      authentication,
      encrypt: given.encrypt ?? true,
      trustServerCertificate: given.trust ?? false,
      loginTimeout: Number(text('login_timeout') ?? 60),
      queryTimeout: Number(text('query_timeout') ?? 0),
    },
  };
}

function authenticationOf(
  text: (...keys: readonly string[]) => string | undefined,
  given: ReturnType<typeof connectionString>,
  env: Environment,
): Authentication | undefined {
  if (env.CHURN_FABRIC_TOKEN)
    return { type: 'azure-active-directory-access-token', options: { token: env.CHURN_FABRIC_TOKEN } };
  const tenantId = env.AZURE_TENANT_ID || text('tenant_id');
  const clientId = env.AZURE_CLIENT_ID || text('client_id');
  const clientSecret = env.AZURE_CLIENT_SECRET;
  if (tenantId && clientId && clientSecret) {
    return {
      type: 'azure-active-directory-service-principal-secret',
      options: { tenantId, clientId, clientSecret },
    };
  }
  if (given.user !== undefined && given.password !== undefined)
    return { type: 'default', options: { userName: given.user, password: given.password } };
  return text('authentication') === 'default'
    ? { type: 'azure-active-directory-default', options: {} }
    : undefined;
}

/** The parts of an ADO.NET connection string that matter here; its other keys are passed over. */
function connectionString(text: string) {
  const parts = new Map<string, string>();
  for (const [, key = '', quoted, plain = ''] of text.matchAll(
    /\s*([^=;]+?)\s*=\s*(?:"([^"]*)"|([^;]*))\s*(?:;|$)/g,
  )) {
    parts.set(key.toLowerCase().replace(/\s+/g, ''), quoted ?? plain.trim());
  }
  const first = (...keys: readonly string[]) => keys.map((key) => parts.get(key)).find((value) => value);
  const flag = (...keys: readonly string[]) => {
    const value = first(...keys)?.toLowerCase();
    return value === undefined ? undefined : ['true', 'yes', 'mandatory', 'strict'].includes(value);
  };
  return {
    server: first('server', 'datasource', 'address', 'addr', 'networkaddress'),
    database: first('database', 'initialcatalog'),
    user: first('userid', 'uid', 'user'),
    password: first('password', 'pwd'),
    encrypt: flag('encrypt'),
    trust: flag('trustservercertificate'),
  };
}

/** Everything of an endpoint that must not be seen. */
export function secretsOf({ authentication }: Endpoint): readonly string[] {
  switch (authentication.type) {
    case 'azure-active-directory-access-token':
      return [authentication.options.token];
    case 'azure-active-directory-service-principal-secret':
      return [authentication.options.clientSecret];
    case 'default':
      return [authentication.options.password];
    case 'azure-active-directory-default':
      return [];
  }
}
