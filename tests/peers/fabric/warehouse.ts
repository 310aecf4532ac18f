import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import type { TdsLogin, TdsReply, TdsSession, TdsWelcome } from './tds-server.ts';
import type { TdsColumn } from './tds-tokens.ts';

/** What goes wrong, and when: tests set it, each fault happens once. */
export interface Fault {
  /** Part of the batch it waits for. */
  readonly at: string;
  /** `lose` carries the batch out and breaks the connection instead of answering. */
  readonly how: 'lose' | 'drop' | 'hang' | { readonly number: number; readonly message: string };
}

/** Turns a statement of T-SQL into one of DuckDB. */
export type ReadTsql = (sql: string) => Promise<string>;

/**
 * A stand-in for a warehouse: carries out the adapter's batches on DuckDB, with real transactions. Its reading of T-SQL
 * is what `read` makes of it, so that it is evidence of the protocol, of retries and of what is left behind, and of
 * T-SQL's meaning only as far as `read` is. It holds what connections of one test share.
 */
export class Warehouse {
  readonly faults: Fault[] = [];
  /** Every batch that came in. */
  readonly log: string[] = [];
  readonly logins: TdsLogin[] = [];
  collation = 'Latin1_General_100_BIN2_UTF8';
  refuseLogins: { number: number; message: string; times: number } | undefined;
  readonly #read: ReadTsql;
  #instance: DuckDBInstance | undefined;

  constructor(read: ReadTsql) {
    this.#read = read;
  }

  async open(path = ':memory:'): Promise<DuckDBConnection> {
    this.#instance = await DuckDBInstance.create(path, { threads: '2' });
    return this.connect();
  }

  async connect(): Promise<DuckDBConnection> {
    if (this.#instance === undefined) throw new Error('the warehouse is not open');
    return this.#instance.connect();
  }

  close(): void {
    this.#instance?.closeSync();
  }

  readonly welcome: TdsWelcome = async (login) => {
    this.logins.push(login);
    if (this.refuseLogins !== undefined && this.refuseLogins.times-- > 0) return { error: this.refuseLogins };
    const connection = await this.connect();
    return this.#session(connection);
  };

  #session(connection: DuckDBConnection): TdsSession {
    let open = false;
    let release: (() => void) | undefined;
    const carryOut = async (sql: string): Promise<TdsReply> => {
      let reply: TdsReply = {};
      for (const statement of await this.#statements(connection, sql)) {
        if (/^begin transaction$/i.test(statement)) {
          await connection.run('begin transaction');
          open = true;
        } else if (/^commit transaction$/i.test(statement)) {
          await connection.run('commit');
          open = false;
        } else if (/^if @@trancount > 0 rollback transaction$/i.test(statement)) {
          if (open) await connection.run('rollback');
          open = false;
        } else reply = await this.#statement(connection, statement);
      }
      return reply;
    };
    return {
      batch: async (sql) => {
        this.log.push(sql);
        const index = this.faults.findIndex(({ at }) => sql.includes(at));
        const [fault] = index < 0 ? [] : this.faults.splice(index, 1);
        if (fault?.how === 'drop') return 'drop';
        if (fault?.how === 'hang') {
          await new Promise<void>((resolve) => {
            release = resolve;
          });
          return {};
        }
        if (fault !== undefined && typeof fault.how === 'object') return { error: fault.how };
        try {
          const reply = await carryOut(sql);
          return fault?.how === 'lose' ? 'drop' : reply;
        } catch (thrown) {
          // An error takes the whole transaction back.
          if (open) await connection.run('rollback').catch(() => undefined);
          open = false;
          const message = thrown instanceof Error ? thrown.message : String(thrown);
          return {
            error: {
              number: /^\d+$/.exec(message.split(':')[0] ?? '') ? Number(message.split(':')[0]) : 50000,
              message,
            },
          };
        }
      },
      attention: () => {
        release?.();
        connection.interrupt();
      },
      closed: () => {
        release?.();
        connection.closeSync();
      },
    };
  }

  /** The statements of a batch that are carried out: `if object_id(...)` and its like are answered here. */
  async #statements(connection: DuckDBConnection, sql: string): Promise<string[]> {
    const guarded = /^if object_id\('(.+?)'\) is not null\s+begin\n([\s\S]*)\nend$/i.exec(sql.trim());
    if (guarded) return (await exists(connection, guarded[1] ?? '')) ? split(guarded[2] ?? '') : [];
    const column = /^if col_length\('(.+?)', '(.+?)'\) is null\s+([\s\S]*)$/i.exec(sql.trim());
    if (column)
      return (await hasColumn(connection, column[1] ?? '', column[2] ?? '')) ? [] : [column[3] ?? ''];
    const empty = /^if not exists \(select 1 from (.+?)\)\s+([\s\S]*)$/i.exec(sql.trim());
    if (empty) {
      const found = await connection.runAndReadAll(`from ${quoted(empty[1] ?? '')} limit 1`);
      return found.currentRowCount > 0 ? [] : [empty[2] ?? ''];
    }
    return /^if exists /i.test(sql.trim()) ? [sql.trim()] : split(sql);
  }

  async #statement(connection: DuckDBConnection, sql: string): Promise<TdsReply> {
    if (/^set /i.test(sql)) return {};
    if (sql.includes('databasepropertyex'))
      return query(connection, `select '${this.collation}' as collation`);
    if (sql.includes('[sys].[schemas]'))
      return query(connection, 'select schema_name as name from information_schema.schemata');
    if (sql.includes('[INFORMATION_SCHEMA]')) return query(connection, quoted(sql));
    const schema = /^if schema_id\('(.+?)'\) is null exec\('create schema (.+?)'\)$/i.exec(sql);
    if (schema) return run(connection, `create schema if not exists ${quoted(schema[2] ?? '')}`);
    const renamed = /^exec sp_rename '(.+)', '(.+)'$/i.exec(sql);
    if (renamed)
      return run(
        connection,
        `alter table ${quoted(renamed[1] ?? '')} rename to ${JSON.stringify(renamed[2])}`,
      );
    const clone = /^create table (.+) as clone of (.+)$/i.exec(sql);
    if (clone)
      return run(connection, `create table ${quoted(clone[1] ?? '')} as from ${quoted(clone[2] ?? '')}`);
    const thrown = /^if exists \(([\s\S]*)\)\s+begin\s+throw (\d+), '(.+)', 1;\s+end$/i.exec(sql);
    if (thrown) {
      const found = await connection.runAndReadAll(
        await this.#read(`select count_big(*) from (${thrown[1]}) as [x]`),
      );
      if (Number(found.getRows()[0]?.[0]) > 0) throw new Error(`${thrown[2]}: ${thrown[3]}`);
      return {};
    }
    const created = /^(create table [^\n]*?)( with \(cluster by [^\n]*\))? as\n([\s\S]*)$/i.exec(sql);
    if (created)
      return run(connection, `${quoted(created[1] ?? '')} as ${await this.#read(created[3] ?? '')}`);
    const view = /^create or alter view ([^\n]*) as\n([\s\S]*)$/i.exec(sql);
    if (view)
      return run(
        connection,
        `create or replace view ${quoted(view[1] ?? '')} as ${await this.#read(view[2] ?? '')}`,
      );
    if (/^(select|with)\b/i.test(sql)) return query(connection, await this.#read(sql));
    if (/^drop (table|view) if exists /i.test(sql)) return run(connection, quoted(sql));
    return run(connection, await this.#read(sql));
  }
}

/** Statements, without comments. They end with `;` at the end of a line; our literals hold no such thing. */
function split(sql: string): string[] {
  return sql
    .replace(/'(?:[^']|'')*'|\[(?:[^\]]|\]\])*\]|--[^\n]*/g, (found) => (found.startsWith('--') ? '' : found))
    .split(/;[ \t]*(?:\n|$)/)
    .map((statement) => statement.trim())
    .filter((statement) => statement !== '');
}

export function quoted(sql: string): string {
  return sql.replace(
    /\[((?:[^\]]|\]\])*)\]/g,
    (_, name: string) => `"${name.replaceAll(']]', ']').replaceAll('"', '""')}"`,
  );
}

async function exists(connection: DuckDBConnection, name: string): Promise<boolean> {
  const [, schema, table] = /^\[(.*)\]\.\[(.*)\]$/.exec(name) ?? [];
  const found = await connection.runAndReadAll(
    'select 1 from duckdb_tables() where schema_name = $1 and table_name = $2',
    [schema ?? '', table ?? ''],
  );
  return found.currentRowCount > 0;
}

async function hasColumn(connection: DuckDBConnection, name: string, column: string): Promise<boolean> {
  const [, schema, table] = /^\[(.*)\]\.\[(.*)\]$/.exec(name) ?? [];
  const found = await connection.runAndReadAll(
    'select 1 from duckdb_columns() where schema_name = $1 and table_name = $2 and column_name = $3',
    [schema ?? '', table ?? '', column],
  );
  return found.currentRowCount > 0;
}

async function run(connection: DuckDBConnection, sql: string): Promise<TdsReply> {
  const result = await connection.run(sql);
  const isCount = result.columnCount === 1 && result.columnName(0) === 'Count';
  const [[count] = []] = isCount ? await result.getRows() : [];
  return count === undefined ? {} : { count: Number(count) };
}

async function query(connection: DuckDBConnection, sql: string): Promise<TdsReply> {
  const reader = await connection.runAndReadAll(sql);
  const columns = reader.columnNames().map((name, index): TdsColumn => {
    const type = String(reader.columnType(index));
    const integer = /^(U?(TINY|SMALL|BIG|HUGE)INT|U?INTEGER)$/.test(type);
    return {
      name,
      type:
        type === 'BOOLEAN' ? 'bit' : integer ? 'bigint' : /^(DOUBLE|FLOAT)$/.test(type) ? 'float' : 'text',
    };
  });
  return { columns, rows: reader.getRows() };
}
