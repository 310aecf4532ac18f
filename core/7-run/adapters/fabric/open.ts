import type { TargetConfig } from '../../../1-load/index.ts';
import type { Relation } from '../../../2-render/index.ts';
import type { Adapter, OpenResult, Rows } from '../adapter.ts';
import { EngineError } from '../engine-error.ts';
import { endpointOf } from './endpoint.ts';
import { inspectFabric } from './inspect.ts';
import { readFabricRows } from './read-rows.ts';
import { fabricSession } from './session.ts';
import { loadDriver } from './tds/driver.ts';
import { defaultRetries, RetryingConnection, type RetryOptions } from './tds/retrying.ts';

export interface OpenFabricOptions {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Relations whose schemas are looked at by `inspect`. */
  readonly relations: readonly Relation[];
  readonly retries?: RetryOptions;
}

/**
 * A Fabric Warehouse over TDS, by the optional package `tedious`. Each connection of a run is a login of its own.
 *
 * @example const opened = await openFabric(project.target, { env: process.env, relations: [] });
 */
export async function openFabric(
  target: TargetConfig,
  options: OpenFabricOptions,
): Promise<OpenResult<Adapter>> {
  const found = endpointOf(target, options.env);
  if (!found.ok) {
    const error = new EngineError({ kind: 'option', message: found.missing, fatal: true });
    return { ok: false, error };
  }
  const { endpoint } = found;
  try {
    const driver = await loadDriver();
    const connection = () => new RetryingConnection(driver, endpoint, options.retries ?? defaultRetries);
    const first = connection();
    await first.login();
    const query = (sql: string) => first.run({ sql, repeatable: true });
    const isAccepted = String(target.options.case_insensitive?.value ?? false) === 'true';
    const collation = isAccepted ? undefined : await caseInsensitive(query);
    if (collation !== undefined) {
      first.close();
      const error = new EngineError({ kind: 'collation', message: collation, fatal: true });
      return { ok: false, error };
    }
    let sessions = 0;
    const adapter: Adapter = {
      type: 'fabric',
      location: `${endpoint.server}/${endpoint.database}`,
      connect: async () => fabricSession(connection(), ++sessions, target.schema),
      inspect: () => inspectFabric(query, options.relations),
      readLines: (relation, columns) => readFabricRows(first, relation, columns),
      reclaim: async () => undefined,
      close: async () => first.close(),
    };
    return { ok: true, adapter };
  } catch (thrown) {
    if (thrown instanceof EngineError) return { ok: false, error: thrown };
    throw thrown;
  }
}

/** The warehouse's collation when it takes 'a' and 'A' for equal, which DuckDB never does. */
async function caseInsensitive(query: (sql: string) => Promise<Rows>): Promise<string | undefined> {
  const { rows } = await query(
    "select cast(databasepropertyex(db_name(), 'Collation') as varchar(128)) as [collation]",
  );
  const name = String(rows[0]?.[0] ?? '');
  return /_CI(_|$)/i.test(name) ? name : undefined;
}
