import { type DuckDBConnection, DuckDBInstance, type DuckDBPreparedStatement } from '@duckdb/node-api';
import type { DataRow } from './on-data/audit-on-data.ts';

/** A prepared statement; parameters are text or integers. */
export interface Prepared {
  readonly run: (values: readonly (string | number)[]) => Promise<void>;
  readonly rows: (values: readonly (string | number)[]) => Promise<readonly DataRow[]>;
  readonly close: () => void;
}

/** An embedded DuckDB without data: for plans, and for replaying witnesses on a handful of rows. */
export class Engine {
  readonly #instance: DuckDBInstance;
  readonly #connection: DuckDBConnection;

  private constructor(instance: DuckDBInstance, connection: DuckDBConnection) {
    this.#instance = instance;
    this.#connection = connection;
  }

  static async open(): Promise<Engine> {
    const instance = await DuckDBInstance.create(':memory:', { threads: '1' });
    return new Engine(instance, await instance.connect());
  }

  async run(sql: string): Promise<void> {
    await this.#connection.run(sql);
  }

  async rows(sql: string, values?: readonly string[]): Promise<readonly DataRow[]> {
    const reader = await this.#connection.runAndReadAll(sql, values === undefined ? undefined : [...values]);
    return reader.getRowObjectsJson();
  }

  /** A statement that is planned once and run often. */
  async prepare(sql: string): Promise<Prepared> {
    const statement = await this.#connection.prepare(sql);
    const bound = (values: readonly (string | number)[]): DuckDBPreparedStatement => {
      values.forEach((value, index) => {
        if (typeof value === 'number') statement.bindInteger(index + 1, value);
        else statement.bindVarchar(index + 1, value);
      });
      return statement;
    };
    return {
      run: async (values) => {
        await bound(values).run();
      },
      rows: async (values) => (await bound(values).runAndReadAll()).getRowObjectsJson(),
      close: () => statement.destroySync(),
    };
  }

  /** The bound, unoptimised plan, as DuckDB serialises it. */
  async plan(sql: string): Promise<string> {
    const [row] = await this.rows('select json_serialize_plan($1::varchar) as plan', [sql]);
    return String(row?.plan);
  }

  close(): void {
    this.#connection.closeSync();
    this.#instance.closeSync();
  }
}
