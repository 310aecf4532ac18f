import { randomUUID } from 'node:crypto';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { BoundColumn } from '../../4-bind/index.ts';
import type { Session } from '../adapters/adapter.ts';
import { identifier, literal } from '../adapters/duckdb/quote.ts';
import { EngineError } from '../adapters/engine-error.ts';
import { type Action, type AddFile, type MetaData, ownProtocol } from './actions.ts';
import { writeCheckpoint } from './checkpoint.ts';
import { commitPath, commitText, readCommit, readTable } from './log.ts';
import { type DeltaColumn, deltaColumns, schemaString } from './schema.ts';
import { fileStats } from './stats.ts';
import type { DeltaStore } from './store.ts';
import { replay, type TableState } from './table-state.ts';

export interface PublishOptions {
  /** DuckDB, which writes the Parquet file. */
  readonly session: Session;
  /** A query or `from relation`. */
  readonly select: string;
  readonly columns: readonly BoundColumn[];
  readonly store: DeltaStore;
  /** A local folder for the Parquet file before it is put in place, best on the same disk as the table. */
  readonly scratch: string;
  readonly mode: 'append' | 'overwrite';
  readonly name?: string;
}

export interface Published {
  readonly version: number;
  readonly rows: number;
}

const attempts = 20;

/**
 * Publishes a query's rows as a commit of a Delta table, which it makes when there is none. Readers see the commit whole
 * or not at all. When somebody else commits first, an append goes after it unless the schema changed, and an overwrite
 * gives up.
 *
 * @throws EngineError of kind `conflict`, or `statement` when the table is one that this writer must not touch
 * @example await publishDelta({ session, select: 'from gold.customer_360', columns, store: folderStore(dir), scratch, mode: 'overwrite' })
 */
export async function publishDelta(options: PublishOptions): Promise<Published> {
  const { columns, refused } = deltaColumns(options.columns);
  if (refused.length > 0) {
    const list = refused.map(({ name, type }) => `\`${name}\` (${type})`).join(', ');
    return unable(`no Delta type is written for ${list}`);
  }
  const odd = columns.filter(({ name }) => /[ ,;{}()\n\t=]/.test(name));
  if (odd.length > 0)
    return unable(
      `Delta takes no blanks and none of \`,;{}()=\` in names: ${odd.map(({ name }) => `\`${name}\``).join(', ')}`,
    );
  const before = await readTable(options.store, options);
  if (before === undefined) return unable('commits are missing in its log');
  const written = before.protocol?.minWriterVersion ?? 0;
  if (written > ownProtocol.minWriterVersion)
    return unable(`it needs writer version ${written}; this is a writer of version 2`);
  checkSchema(options, columns, before);
  const { add, rows } = await writeFile(options, columns);
  let after: TableState;
  try {
    after = await commit(options, columns, add, before, rows);
  } catch (thrown) {
    // Whether an unanswered commit was made is not known: its file stays.
    const unanswered = thrown instanceof EngineError && thrown.info.kind === 'connection';
    if (!unanswered) await options.store.remove(add.path).catch(() => undefined);
    throw thrown;
  }
  await checkpointWhenDue(options, after);
  return { version: after.version, rows };
}

/** Every tenth commit, as Delta's own writers do, or as often as the table says. */
async function checkpointWhenDue(options: PublishOptions, state: TableState): Promise<void> {
  const interval = Number(state.metaData?.configuration['delta.checkpointInterval'] ?? 10);
  if (state.version === 0 || !(state.version % interval === 0)) return;
  // The commit stands: without a checkpoint readers only take longer.
  await writeCheckpoint(options.store, state, options).catch(() => undefined);
}

function checkSchema(
  { mode }: PublishOptions,
  columns: readonly DeltaColumn[],
  { metaData }: TableState,
): void {
  if (metaData === undefined) return;
  if (metaData.partitionColumns.length > 0) unable('it is partitioned');
  if (metaData.schemaString.includes('delta.invariants')) unable('its columns have invariants');
  if (mode === 'overwrite' && metaData.configuration['delta.appendOnly'] === 'true')
    unable('it is append-only');
  if (mode === 'append' && metaData.schemaString !== schemaString(columns) && !sameFields(metaData, columns))
    unable('its columns are not those of the rows to append');
}

/** Other writers order and decorate the JSON differently. */
function sameFields({ schemaString: text }: MetaData, columns: readonly DeltaColumn[]): boolean {
  const { fields } = JSON.parse(text) as { fields: { name: string; type: unknown }[] };
  const theirs = fields.map(({ name, type }) => `${name} ${String(type).replaceAll(' ', '')}`);
  return theirs.join('\n') === columns.map(({ name, type }) => `${name} ${type}`).join('\n');
}

async function writeFile(
  { session, select, store, scratch }: PublishOptions,
  columns: readonly DeltaColumn[],
): Promise<{ add: AddFile; rows: number }> {
  const path = `part-00000-${randomUUID()}-c000.zstd.parquet`;
  const local = join(scratch, path);
  await mkdir(scratch, { recursive: true });
  const list = columns.map(({ name, cast }) =>
    cast === undefined ? identifier(name) : `cast(${identifier(name)} as ${cast}) as ${identifier(name)}`,
  );
  try {
    await session.run(
      `copy (select ${list.join(', ')} from (${select}) as published) to ${literal(local)} (format parquet, compression zstd)`,
    );
    const { rows, stats } = await fileStats(session, local, columns);
    const size = await store.upload(local, path);
    const add = { path, partitionValues: {}, size, modificationTime: Date.now(), dataChange: true, stats };
    return { add, rows };
  } finally {
    await rm(local, { force: true });
  }
}

async function commit(
  { store, mode, name }: PublishOptions,
  columns: readonly DeltaColumn[],
  add: AddFile,
  before: TableState,
  rows: number,
): Promise<TableState> {
  let state = before;
  for (let attempt = 0; attempt < attempts; attempt++) {
    const actions = actionsOf(mode, columns, add, before, rows, name);
    const version = state.version + 1;
    if (await store.putIfAbsent(commitPath(version), commitText(actions)))
      return replay(state, version, actions);
    if (mode === 'overwrite' || before.version === -1) return conflict(version);
    const theirs = await readCommit(store, version);
    if (theirs.some(({ metaData, protocol }) => metaData ?? protocol)) return conflict(version);
    state = replay(state, version, theirs);
  }
  return conflict(state.version + 1);
}

function actionsOf(
  mode: PublishOptions['mode'],
  columns: readonly DeltaColumn[],
  add: AddFile,
  { version, metaData, files }: TableState,
  rows: number,
  name: string | undefined,
): Action[] {
  const now = Date.now();
  const operation = version === -1 ? 'CREATE TABLE AS SELECT' : 'WRITE';
  const operationParameters = { mode: mode === 'append' ? 'Append' : 'Overwrite', partitionBy: '[]' };
  const commitInfo = {
    timestamp: now,
    operation,
    operationParameters,
    operationMetrics: { numOutputRows: String(rows) },
    engineInfo: 'churn',
  };
  const schema = schemaString(columns);
  const fresh: MetaData = {
    id: metaData?.id ?? randomUUID(),
    ...(name === undefined ? {} : { name }),
    format: { provider: 'parquet', options: {} },
    schemaString: schema,
    partitionColumns: [],
    configuration: metaData?.configuration ?? {},
    createdTime: metaData?.createdTime ?? now,
  };
  const changed = metaData === undefined || (mode === 'overwrite' && !sameFields(metaData, columns));
  const removed = mode === 'overwrite' ? [...files.keys()] : [];
  return [
    { commitInfo },
    ...(version === -1 ? [{ protocol: ownProtocol }] : []),
    ...(changed ? [{ metaData: fresh }] : []),
    ...removed.map((path) => ({ remove: { path, deletionTimestamp: now, dataChange: true } })),
    { add },
  ];
}

function conflict(version: number): never {
  const message = `another writer made version ${version} of the Delta table first`;
  throw new EngineError({ kind: 'conflict', message, fatal: false });
}

function unable(why: string): never {
  throw new EngineError({
    kind: 'statement',
    message: `the Delta table cannot be written: ${why}`,
    fatal: false,
  });
}
