import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { type ScopeColumn, translate } from '../../../core/6-emit/index.ts';
import { decodeSerialisedSql } from '../../../core/sql/index.ts';
import { rowsOf } from './rows.ts';

export interface Answer {
  readonly rows?: unknown[][];
  readonly error?: string;
}

/** DuckDB and a real Spark 3.5 over the same rows (tables.sql), asked the same questions. */
export class TwoEngines {
  readonly #catalog = new Map<string, ScopeColumn[]>();
  readonly #folder = mkdtempSync(join(tmpdir(), 'churn-spark-'));
  #duck!: DuckDBConnection;
  #worker!: ChildProcessWithoutNullStreams;
  #next!: () => Promise<Answer>;

  async start(): Promise<void> {
    this.#duck = await (await DuckDBInstance.create(':memory:')).connect();
    await this.#duck.run(readFileSync(join(import.meta.dirname, 'tables.sql'), 'utf8'));
    const python = process.env.CHURN_PEER_PYTHON ?? 'python3';
    this.#worker = spawn(python, [join(import.meta.dirname, 'spark_worker.py')]);
    const answers = createInterface({ input: this.#worker.stdout })[Symbol.asyncIterator]();
    this.#next = async () => JSON.parse((await answers.next()).value ?? '{"error": "the worker ended"}');
    await this.#next();
    for (const table of ['events', 'customers', 'prices', 'nothing']) {
      const parquet = join(this.#folder, `${table}.parquet`);
      // Spark reads a TIMESTAMP with UTC adjustment as its own timestamp type.
      await this.#duck.run(
        `set timezone = 'UTC'; copy (select * replace (${await this.#utcColumns(table)}) from ${table}) to '${parquet}'`,
      );
      await this.#ask({ table, parquet });
    }
  }

  stop(): void {
    this.#worker?.kill();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  async translate(sql: string) {
    const reader = await this.#duck.runAndReadAll(
      `select json_serialize_sql('${sql.replaceAll("'", "''")}')`,
    );
    const parsed = decodeSerialisedSql(String(reader.getRows()[0]?.[0]));
    if ('error' in parsed) throw new Error(`${parsed.error}\n${sql}`);
    return translate(parsed.query, 'spark', ({ name }) => this.#catalog.get(name));
  }

  /** Spark's rows of Spark's SQL. */
  spark(sql: string): Promise<Answer> {
    return this.#ask({ sql });
  }

  /** DuckDB's rows. */
  duckdb(sql: string): Promise<unknown[][]> {
    return rowsOf(this.#duck, sql);
  }

  #ask(request: object): Promise<Answer> {
    this.#worker.stdin.write(`${JSON.stringify(request)}\n`);
    return this.#next();
  }

  async #utcColumns(table: string): Promise<string> {
    const reader = await this.#duck.runAndReadAll(
      `select column_name, data_type from duckdb_columns() where table_name = '${table}'`,
    );
    const columns = reader.getRows().map(([name, type]) => ({ name: String(name), type: String(type) }));
    this.#catalog.set(table, columns);
    const stamps = columns.filter(({ type }) => type === 'TIMESTAMP');
    const chosen = stamps.length > 0 ? stamps : columns.slice(0, 1);
    return chosen
      .map(({ name, type }) =>
        type === 'TIMESTAMP' ? `${name}::timestamptz as ${name}` : `${name} as ${name}`,
      )
      .join(', ');
  }
}
