import type { TargetConfig } from '../../../1-load/index.ts';

/** Where a Livy server is and how to speak to it. The token is held in memory and never printed. */
export interface Endpoint {
  /** Without a trailing slash; `/sessions` follows. */
  readonly url: string;
  readonly token?: string;
}

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * `endpoint` of the target, else CHURN_LIVY_ENDPOINT, else the Livy API of a Fabric lakehouse named by `workspace_id` and
 * `lakehouse_id`. The token (a Microsoft Entra access token on Fabric) comes from CHURN_LIVY_TOKEN only.
 *
 * @returns undefined when nothing says where Spark is
 */
export function endpointOf(target: TargetConfig, env: Environment): Endpoint | undefined {
  const text = (key: string) => {
    const value = target.options[key]?.value;
    return value === undefined || value === null ? undefined : String(value);
  };
  const workspace = text('workspace_id');
  const lakehouse = text('lakehouse_id');
  const fabric =
    workspace === undefined || lakehouse === undefined
      ? undefined
      : `https://api.fabric.microsoft.com/v1/workspaces/${workspace}/lakehouses/${lakehouse}/livyapi/versions/2023-12-01`;
  const url = text('endpoint') ?? (env.CHURN_LIVY_ENDPOINT || fabric);
  return url === undefined
    ? undefined
    : { url: url.replace(/\/+$/, ''), token: env.CHURN_LIVY_TOKEN || undefined };
}
