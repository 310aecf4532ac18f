import { type DuckDBConnection, type DuckDBDataChunk, StatementType } from '@duckdb/node-api';
import type { Relation } from '../../../2-render/index.ts';
import type { HeldRows, Rows, Scalar, Session } from '../adapter.ts';
import { EngineError } from '../engine-error.ts';
import { classifyDuckDbError } from './classify.ts';
import { identifier, relationName } from './quote.ts';

/** A session that also hands out its connection, for the columnar paths of this adapter. */
export interface DuckDbSession extends Session {
  readonly connection: DuckDBConnection;
}

/**
 * Prepares a connection: errors as JSON, clock in UTC so that a build means the same on every machine.
 *
 * @param setup statements of the target's `settings:`, after ours, so that a user can overrule them
 */
export async function openSession(
  connection: DuckDBConnection,
  id: number,
  setup: readonly string[],
): Promise<DuckDbSession> {
  const execute = async <T>(sql: string, work: () => Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (thrown) {
      throw classifyDuckDbError(thrown, sql);
    }
  };
  const run = (sql: string) =>
    execute(sql, async () => ({ rows: await writtenRows(await connection.run(sql)) }));
  await run("set errors_as_json = true; set TimeZone = 'UTC'");
  for (const statement of setup) await run(statement);

  let open = false;
  const session: DuckDbSession = {
    id,
    connection,
    run,
    query: (sql) => execute(sql, async () => toRows(await connection.runAndReadAll(sql))),
    begin: async () => {
      await run('begin transaction');
      open = true;
    },
    commit: async () => {
      await run('commit');
      open = false;
    },
    rollback: async () => {
      if (!open) return;
      open = false;
      await run('rollback');
    },
    hold: (sql) => execute(sql, async () => holdRows(connection, sql)),
    writeHeld: (relation, held) => writeHeld(session, relation, held),
    interrupt: () => connection.interrupt(),
    close: () => connection.disconnectSync(),
  };
  return session;
}

type Result = Awaited<ReturnType<DuckDBConnection['run']>>;
type Reader = Awaited<ReturnType<DuckDBConnection['runAndReadAll']>>;

/** CREATE TABLE AS answers with one row holding the count, INSERT and the like with `rowsChanged`. */
async function writtenRows(result: Result): Promise<number | undefined> {
  switch (result.statementType) {
    case StatementType.CREATE:
    case StatementType.INSERT:
    case StatementType.COPY: {
      if (result.columnCount !== 1 || result.columnName(0) !== 'Count' || result.rowCount !== 1) break;
      const count = (await result.getRows())[0]?.[0];
      return typeof count === 'bigint' ? Number(count) : undefined;
    }
    case StatementType.UPDATE:
    case StatementType.DELETE:
    case StatementType.MERGE_INTO:
      return result.rowsChanged;
  }
  return undefined;
}

function toRows(reader: Reader): Rows {
  const names = reader.columnNames();
  const types = reader.columnTypes();
  return {
    columns: names.map((name, i) => ({ name, type: String(types[i]) })),
    rows: reader.getRows().map((row) => row.map(toScalar)),
  };
}

function toScalar(value: unknown): Scalar {
  switch (typeof value) {
    case 'string':
    case 'number':
    case 'boolean':
      return value;
    case 'bigint':
      return value >= Number.MIN_SAFE_INTEGER && value <= Number.MAX_SAFE_INTEGER ? Number(value) : value;
    default:
      return value === null || value === undefined ? null : String(value);
  }
}

async function holdRows(connection: DuckDBConnection, sql: string): Promise<HeldRows> {
  const result = await connection.run(sql);
  const names = result.deduplicatedColumnNames();
  const columns = names.map((name, i) => ({ name, type: String(result.columnType(i)) }));
  return { columns, count: Number(result.rowCount), payload: await result.fetchAllChunks() };
}

async function writeHeld(session: DuckDbSession, relation: Relation, held: HeldRows): Promise<void> {
  const columns = held.columns.map((column) => `${identifier(column.name)} ${column.type}`).join(', ');
  await session.begin();
  try {
    await session.run(`create or replace table ${relationName(relation)} (${columns})`);
    const appender = await session.connection.createAppender(
      relation.identifier,
      relation.schema,
      relation.database ?? null,
    );
    for (const chunk of held.payload as readonly DuckDBDataChunk[]) appender.appendDataChunk(chunk);
    appender.closeSync();
    await session.commit();
  } catch (thrown) {
    await session.rollback();
    throw thrown instanceof EngineError ? thrown : classifyDuckDbError(thrown);
  }
}
