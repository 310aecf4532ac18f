import { mkdirSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { BOOLEAN, DOUBLE, DuckDBDataChunk, type DuckDBType, TIMESTAMP, VARCHAR } from '@duckdb/node-api';
import type { Relation } from '../../../2-render/index.ts';
import { EngineError } from '../engine-error.ts';
import { classifyDuckDbError } from './classify.ts';
import type { ColumnTable, TypedColumn } from './column-table.ts';
import { fillVector } from './fill-vector.ts';
import { identifier, literal, relationName } from './quote.ts';
import { type ColumnSource, fromClause } from './read-columns.ts';
import type { DuckDbSession } from './session.ts';

/** DuckDB's vector size: the most a chunk can hold. */
const chunkRows = 2048;

/**
 * Creates or replaces a table from typed columns through DuckDB's appender, in one transaction: others see the old
 * table or the whole new one. Each column gets its `type` (the empty string: the kind's own type).
 *
 * @throws EngineError; the previous table is then untouched
 * @example
 * await writeColumns(adapter.main, { schema: 'gold', identifier: 'churn_scores' }, { rows, columns });
 */
export async function writeColumns(
  session: DuckDbSession,
  relation: Relation,
  table: ColumnTable,
): Promise<void> {
  await publishColumns(session, [{ relation, table }]);
}

/** A table to write, and where to write the same as Parquet. */
export interface ColumnsToPublish {
  readonly relation: Relation;
  readonly table: ColumnTable;
  /** Absolute path. */
  readonly parquet?: string;
}

/**
 * Creates or replaces several tables, and their Parquet files, together: all are new, or all are as they were.
 *
 * @throws EngineError; the previous tables and files are then untouched
 */
export async function publishColumns(
  session: DuckDbSession,
  parts: readonly ColumnsToPublish[],
): Promise<void> {
  const files: { aside: string; path: string }[] = [];
  try {
    await session.begin();
    for (const { relation, table, parquet } of parts) {
      await createTable(session, relation, table);
      if (parquet === undefined) continue;
      const aside = `${parquet}.${process.pid}.tmp`;
      files.push({ aside, path: parquet });
      await copyAside(session, relation, aside);
    }
    await session.commit();
    for (const { aside, path } of files) renameSync(aside, path);
  } catch (thrown) {
    await session.rollback().catch(() => undefined);
    for (const { aside } of files) rmSync(aside, { force: true });
    throw thrown instanceof EngineError ? thrown : classifyDuckDbError(thrown);
  }
}

/** Within the caller's transaction. */
async function createTable(session: DuckDbSession, relation: Relation, table: ColumnTable): Promise<void> {
  const name = relationName(relation);
  const staged = { database: 'temp', schema: 'main', identifier: `${relation.identifier}__churn_columns` };
  const stage = relationName(staged);
  const definitions = table.columns.map((column) => `${identifier(column.name)} ${storage[column.kind].sql}`);
  const casts = table.columns.map(
    (column) =>
      `cast(${identifier(column.name)} as ${column.type || storage[column.kind].sql}) as ${identifier(column.name)}`,
  );
  const direct = table.columns.every(
    (column) => column.type === '' || column.type === storage[column.kind].sql,
  );
  await session.run(`create schema if not exists ${schemaName(relation)}`);
  if (direct) {
    await session.run(`create or replace table ${name} (${definitions.join(', ')})`);
    await append(session, relation, table);
    return;
  }
  await session.run(`create or replace temp table ${stage} (${definitions.join(', ')})`);
  await append(session, staged, table);
  await session.run(`create or replace table ${name} as select ${casts.join(', ')} from ${stage}`);
  await session.run(`drop table ${stage}`);
}

/** Writes a relation or query as one Parquet file, beside its place first, so that a reader never sees half of it. */
export async function copyToParquet(
  session: DuckDbSession,
  source: ColumnSource,
  path: string,
): Promise<void> {
  const aside = `${path}.${process.pid}.tmp`;
  try {
    await copyAside(session, source, aside);
    renameSync(aside, path);
  } catch (thrown) {
    rmSync(aside, { force: true });
    throw thrown instanceof EngineError ? thrown : classifyDuckDbError(thrown);
  }
}

async function copyAside(session: DuckDbSession, source: ColumnSource, aside: string): Promise<void> {
  mkdirSync(dirname(aside), { recursive: true });
  await session.run(
    `copy (select * from ${fromClause(source)}) to ${literal(aside)} (format parquet, compression zstd)`,
  );
}

const storage: Readonly<Record<TypedColumn['kind'], { readonly sql: string; readonly type: DuckDBType }>> = {
  number: { sql: 'DOUBLE', type: DOUBLE },
  timestamp: { sql: 'TIMESTAMP', type: TIMESTAMP },
  boolean: { sql: 'BOOLEAN', type: BOOLEAN },
  text: { sql: 'VARCHAR', type: VARCHAR },
};

async function append(session: DuckDbSession, relation: Relation, table: ColumnTable): Promise<void> {
  const { identifier: name, schema, database } = relation;
  const appender = await session.connection.createAppender(name, schema, database ?? null);
  const types = table.columns.map((column) => storage[column.kind].type);
  for (let start = 0; start < table.rows; start += chunkRows) {
    const count = Math.min(chunkRows, table.rows - start);
    const chunk = DuckDBDataChunk.create(types, count);
    for (const [i, column] of table.columns.entries()) {
      fillVector(chunk.getColumnVector(i), column, start, count);
    }
    appender.appendDataChunk(chunk);
  }
  appender.closeSync();
}

function schemaName({ database, schema }: Relation): string {
  return database === undefined ? identifier(schema) : `${identifier(database)}.${identifier(schema)}`;
}
