import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { dirname, isAbsolute, join, resolve } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import type { ConfigValue, TargetConfig } from '../../../1-load/index.ts';
import type { OpenResult } from '../adapter.ts';
import { EngineError } from '../engine-error.ts';
import { classifyDuckDbError } from './classify.ts';
import type { DuckDbAdapter } from './duckdb-adapter.ts';
import { inspectDuckDb } from './inspect.ts';
import { identifier, literal } from './quote.ts';
import { hasLog, reclaimSpace } from './reclaim.ts';
import { type DuckDbSession, openSession } from './session.ts';

export interface OpenDuckDbOptions {
  /** Absolute path that a relative `path` starts from: the project's root. */
  readonly root: string;
  /** Opens without the right to write: several processes may do so at once. */
  readonly readOnly?: boolean;
}

/**
 * Opens the database of a DuckDB target, creating file and folder when absent.
 *
 * Options of the target: `path` (file, relative to the root, or `:memory:`; default `target/churn.duckdb`),
 * `memory_limit`, `threads` (DuckDB's own worker threads), `temp_directory`, `settings` (any DuckDB setting).
 * Never throws: what is wrong comes back as an `EngineError` (locked, corrupt, permission, option, ...).
 *
 * @example
 * const opened = await openDuckDb(project.target, { root: project.root });
 * if (opened.ok) await opened.adapter.close();
 */
export async function openDuckDb(
  target: Pick<TargetConfig, 'type' | 'options'>,
  options: OpenDuckDbOptions,
): Promise<OpenResult<DuckDbAdapter>> {
  const path = databasePath(target, options.root);
  const start = () => startDatabase(target, options, path);
  try {
    return { ok: true, adapter: await createAdapter(start, path) };
  } catch (thrown) {
    return { ok: false, error: classifyOpening(thrown, path) };
  }
}

/** Where a DuckDB target's data is: an absolute path, or `:memory:`. */
export function databasePath(target: Pick<TargetConfig, 'options'>, root: string): string {
  const path = target.options.path?.value ?? 'target/churn.duckdb';
  if (path === ':memory:') return ':memory:';
  return isAbsolute(String(path)) ? String(path) : resolve(root, String(path));
}

/** An open database and a way to connect to it. */
interface Database {
  readonly instance: DuckDBInstance;
  readonly connect: (id: number) => Promise<DuckDbSession>;
  readonly first: DuckDbSession;
}

async function startDatabase(
  target: Pick<TargetConfig, 'options'>,
  options: OpenDuckDbOptions,
  path: string,
): Promise<Database> {
  const writesFile = path !== ':memory:' && !options.readOnly;
  if (writesFile) mkdirSync(dirname(path), { recursive: true });
  const isSettled = writesFile && !hasLog(path);
  const temp = temporaryFolder(target, options.root, path);
  const instance = await DuckDBInstance.create(path, startOptions(target, options, temp));
  if (temp !== undefined && !options.readOnly) removeSpillFiles(temp);
  const setup = settingStatements(target);
  const connect = async (id: number) => openSession(await instance.connect(), id, setup);
  const first = await connect(0);
  if (isSettled) await reclaimSpace(first, path);
  return { instance, connect, first };
}

async function createAdapter(start: () => Promise<Database>, location: string): Promise<DuckDbAdapter> {
  let database = await start();
  let created = 1;
  const sessions = new Set<DuckDbSession>();
  let isOpen = true;
  const close = () => {
    if (!isOpen) return;
    isOpen = false;
    for (const session of sessions) session.close();
    sessions.clear();
    database.first.close();
    database.instance.closeSync();
  };
  return {
    type: 'duckdb',
    location,
    get main() {
      return database.first;
    },
    connect: async () => {
      const session = await database.connect(created++);
      sessions.add(session);
      return {
        ...session,
        close: () => {
          if (sessions.delete(session)) session.close();
        },
      };
    },
    inspect: () => inspectDuckDb(database.first),
    reclaim: async () => {
      close();
      database = await start();
      isOpen = true;
    },
    close: async () => close(),
  };
}

function startOptions(
  target: Pick<TargetConfig, 'options'>,
  options: OpenDuckDbOptions,
  temp: string | undefined,
): Record<string, string> {
  const start: Record<string, string> = {};
  for (const name of ['memory_limit', 'threads'] as const) {
    const value = target.options[name]?.value;
    if (value !== undefined && value !== null) start[name] = String(value);
  }
  if (temp !== undefined) start.temp_directory = temp;
  if (options.readOnly) start.access_mode = 'READ_ONLY';
  return start;
}

function settingStatements(target: Pick<TargetConfig, 'options'>): string[] {
  const settings = target.options.settings?.value;
  if (settings === null || typeof settings !== 'object' || Array.isArray(settings)) return [];
  return Object.entries(settings as Record<string, ConfigValue>).map(([name, value]) =>
    typeof value === 'string'
      ? `set ${identifier(name)} = ${literal(value)}`
      : `set ${identifier(name)} = ${String(value)}`,
  );
}

function temporaryFolder(
  target: Pick<TargetConfig, 'options'>,
  root: string,
  path: string,
): string | undefined {
  const named = target.options.temp_directory?.value;
  if (typeof named === 'string') return isAbsolute(named) ? named : join(root, named);
  return path === ':memory:' ? undefined : `${path}.tmp`;
}

/** A killed process leaves its spill files; we hold the database's lock, so nobody uses them any more. */
function removeSpillFiles(folder: string): void {
  let names: string[];
  try {
    names = readdirSync(folder);
  } catch {
    return;
  }
  for (const name of names) {
    if (/^duckdb_temp_(storage|block)/.test(name)) rmSync(join(folder, name), { force: true });
  }
}

function classifyOpening(thrown: unknown, path: string): EngineError {
  const code = (thrown as { code?: unknown }).code;
  const error = classifyDuckDbError(thrown);
  const kind = code === 'EACCES' || code === 'EPERM' || code === 'EROFS' ? 'permission' : error.info.kind;
  const isOptions = /Failed to set config/.test(error.message);
  return new EngineError({
    ...error.info,
    kind: isOptions ? 'option' : kind === 'statement' || kind === 'missing-file' ? 'permission' : kind,
    file: path,
  });
}
