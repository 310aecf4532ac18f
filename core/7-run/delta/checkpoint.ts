import { randomUUID } from 'node:crypto';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Session } from '../adapters/adapter.ts';
import { literal } from '../adapters/duckdb/quote.ts';
import type { Action } from './actions.ts';
import type { DeltaStore } from './store.ts';
import type { TableState } from './table-state.ts';

/** What reads and writes the Parquet files of checkpoints: DuckDB, and a local folder for them. */
export interface CheckpointTools {
  readonly session: Session;
  readonly scratch: string;
}

export interface Checkpoint {
  readonly version: number;
  /** Its files under `_delta_log`. */
  readonly names: readonly string[];
}

const single = /^(\d{20})\.checkpoint\.parquet$/;
const inParts = /^(\d{20})\.checkpoint\.(\d{10})\.(\d{10})\.parquet$/;

/** The newest checkpoint that is whole, in one file or in parts. Those of version 2 need a newer reader. */
export function latestCheckpoint(names: readonly string[]): Checkpoint | undefined {
  const parts = new Map<string, string[]>();
  const whole: Checkpoint[] = [];
  for (const name of names) {
    const one = single.exec(name);
    if (one) whole.push({ version: Number(one[1]), names: [name] });
    const [, version = '', , count = ''] = inParts.exec(name) ?? [];
    if (version === '') continue;
    const key = `${version}.${count}`;
    const list = [...(parts.get(key) ?? []), name];
    parts.set(key, list);
    if (list.length === Number(count)) whole.push({ version: Number(version), names: list });
  }
  return whole.reduce<Checkpoint | undefined>(
    (best, one) => (best === undefined || one.version > best.version ? one : best),
    undefined,
  );
}

const kinds = ['protocol', 'metaData', 'add', 'remove', 'txn'] as const;

/** The actions of a checkpoint. */
export async function readCheckpoint(
  store: DeltaStore,
  { names }: Checkpoint,
  { session, scratch }: CheckpointTools,
): Promise<readonly Action[]> {
  await mkdir(scratch, { recursive: true });
  const local = names.map((name) => join(scratch, `${randomUUID()}-${name}`));
  try {
    for (const [index, name] of names.entries())
      await store.download(`_delta_log/${name}`, local[index] ?? '');
    const files = `read_parquet([${local.map(literal).join(', ')}], union_by_name = true)`;
    const columns = (await session.query(`describe select * from ${files}`)).rows.map(([name]) => name);
    const present = kinds.filter((kind) => columns.includes(kind));
    const lines = present.map(
      (kind) => `select '${kind}', to_json(${kind}) from ${files} where ${kind} is not null`,
    );
    const { rows } = await session.query(lines.join('\nunion all\n'));
    return rows.map(([kind, json]) => ({ [String(kind)]: withoutNulls(JSON.parse(String(json))) }) as Action);
  } finally {
    await Promise.all(local.map((file) => rm(file, { force: true })));
  }
}

/** A column of Parquet holds NULL where JSON leaves a key out. */
function withoutNulls(value: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(value).filter(([, part]) => part !== null));
}

/** Delta's checkpoint schema, in DuckDB's types. */
const schema = {
  txn: 'STRUCT(appId VARCHAR, version BIGINT, lastUpdated BIGINT)',
  add: 'STRUCT(path VARCHAR, partitionValues MAP(VARCHAR, VARCHAR), size BIGINT, modificationTime BIGINT, dataChange BOOLEAN, stats VARCHAR, tags MAP(VARCHAR, VARCHAR))',
  remove:
    'STRUCT(path VARCHAR, deletionTimestamp BIGINT, dataChange BOOLEAN, extendedFileMetadata BOOLEAN, partitionValues MAP(VARCHAR, VARCHAR), size BIGINT)',
  metaData:
    'STRUCT(id VARCHAR, "name" VARCHAR, description VARCHAR, format STRUCT(provider VARCHAR, options MAP(VARCHAR, VARCHAR)), schemaString VARCHAR, partitionColumns VARCHAR[], configuration MAP(VARCHAR, VARCHAR), createdTime BIGINT)',
  protocol: 'STRUCT(minReaderVersion INTEGER, minWriterVersion INTEGER)',
};

const week = 7 * 24 * 3600 * 1000;

/**
 * Writes the table's state as a checkpoint, so that readers need not replay every commit, and then `_last_checkpoint`,
 * which points to it. Removed files are remembered for a week, or longer where the table says so.
 */
export async function writeCheckpoint(
  store: DeltaStore,
  state: TableState,
  { session, scratch }: CheckpointTools,
): Promise<void> {
  const kept =
    state.metaData?.configuration['delta.deletedFileRetentionDuration'] === undefined ? week : Infinity;
  const since = Date.now() - kept;
  const actions: Action[] = [
    ...(state.protocol ? [{ protocol: state.protocol }] : []),
    ...(state.metaData ? [{ metaData: state.metaData }] : []),
    ...[...state.transactions.values()].map((txn) => ({ txn })),
    ...[...state.removed.values()]
      .filter(({ deletionTimestamp = 0 }) => deletionTimestamp >= since)
      .map((remove) => ({ remove: { ...remove, dataChange: false } })),
    ...[...state.files.values()].map((add) => ({ add: { ...add, dataChange: false } })),
  ];
  const name = `${String(state.version).padStart(20, '0')}.checkpoint.parquet`;
  const base = join(scratch, randomUUID());
  const [json, parquet] = [`${base}.jsonl`, `${base}.parquet`];
  await mkdir(scratch, { recursive: true });
  try {
    await writeFile(json, actions.map((action) => `${JSON.stringify(action)}\n`).join(''));
    const columns = Object.entries(schema).map(([column, type]) => `${column}: ${literal(type)}`);
    await session.run(
      `copy (select * from read_json(${literal(json)}, format = 'newline_delimited', maximum_object_size = 100000000, columns = {${columns.join(', ')}})) to ${literal(parquet)} (format parquet, compression snappy)`,
    );
    await store.upload(parquet, `_delta_log/${name}`);
    const last = { version: state.version, size: actions.length };
    await store.replace('_delta_log/_last_checkpoint', JSON.stringify(last));
  } finally {
    await Promise.all([json, parquet].map((file) => rm(file, { force: true })));
  }
}
