import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { TargetConfig } from '../../../1-load/index.ts';
import type { Adapter, DatabaseState, OpenResult } from '../adapter.ts';
import { EngineError } from '../engine-error.ts';
import { endpointOf } from './endpoint.ts';
import { type Interest, inspectSpark } from './inspect.ts';
import { defaultHttp, type HttpOptions, LivyHttp } from './livy/http.ts';
import { LivySession } from './livy/livy-session.ts';
import { readSparkRows } from './read-rows.ts';
import { sparkSession } from './session.ts';

export interface OpenSparkOptions {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** File that holds the number of the session to take up again; no session is kept without it. */
  readonly sessionFile?: string;
  readonly interest: Interest;
  readonly http?: HttpOptions;
}

/** What translated SQL relies on; a target's `session:` may add to it. */
const conf = {
  'spark.sql.session.timeZone': 'UTC',
  'spark.sql.ansi.enabled': 'false',
  'spark.sql.legacy.timeParserPolicy': 'CORRECTED',
  'spark.sql.parquet.inferTimestampNTZ.enabled': 'false',
};

/**
 * Spark through a Livy server: Fabric's Lakehouse, or any other. The session stays on the server when the adapter is
 * closed, and the next run takes it up; the server ends it when it has been idle for long.
 */
export async function openSpark(
  target: TargetConfig,
  options: OpenSparkOptions,
): Promise<OpenResult<Adapter>> {
  const endpoint = endpointOf(target, options.env);
  if (endpoint === undefined) {
    const message = 'no `endpoint` is set';
    return { ok: false, error: new EngineError({ kind: 'option', message, fatal: true }) };
  }
  const http = new LivyHttp(endpoint, options.http ?? defaultHttp);
  const { sessionFile } = options;
  try {
    const reuse = sessionFile === undefined ? undefined : keptSession(sessionFile, endpoint.url);
    const livy = await LivySession.open(http, { conf: sessionConf(target), reuse, patience: 600_000 });
    if (sessionFile !== undefined) keepSession(sessionFile, endpoint.url, livy.id);
    // A session that was taken up may have been changed by somebody else.
    for (const [key, value] of Object.entries(conf)) await livy.run(`set ${key}=${value}`).done;
    return { ok: true, adapter: adapterOf(livy, endpoint.url, target, options) };
  } catch (thrown) {
    if (thrown instanceof EngineError) return { ok: false, error: thrown };
    throw thrown;
  }
}

function adapterOf(
  livy: LivySession,
  location: string,
  { schema }: TargetConfig,
  { interest, sessionFile }: OpenSparkOptions,
): Adapter {
  let connections = 0;
  return {
    type: 'spark',
    location,
    connect: async () => sparkSession(livy, ++connections, schema),
    inspect: (): Promise<DatabaseState> => inspectSpark(livy, interest),
    readLines: (relation, columns) =>
      readSparkRows(sparkSession(livy, ++connections, schema), relation, columns),
    reclaim: async () => undefined,
    close: async () => {
      if (sessionFile === undefined) await livy.end().catch(() => undefined);
    },
  };
}

function sessionConf({ options }: TargetConfig): Readonly<Record<string, string>> {
  const given = options.session?.value;
  const own = given !== null && typeof given === 'object' && !Array.isArray(given) ? given : {};
  return { ...Object.fromEntries(Object.entries(own).map(([key, value]) => [key, String(value)])), ...conf };
}

function keptSession(path: string, url: string): number | undefined {
  try {
    const kept = JSON.parse(readFileSync(path, 'utf8')) as { url?: unknown; session?: unknown };
    return kept.url === url && typeof kept.session === 'number' ? kept.session : undefined;
  } catch {
    return undefined;
  }
}

function keepSession(path: string, url: string, session: number): void {
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, `${JSON.stringify({ url, session })}\n`);
  } catch {
    // Then the next run starts its own.
    rmSync(path, { force: true });
  }
}
