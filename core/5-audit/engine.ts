import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import type { DataRow } from './on-data/audit-on-data.ts';

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
