import type { DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';

export type Row = readonly unknown[];

/**
 * An in-memory DuckDB used as a type checker: it holds empty tables only. Two connections bind side by side;
 * each call hops to another thread, so callers put many statements into one.
 */
export class Engine {
  readonly #instance: DuckDBInstance;
  readonly connections: readonly DuckDBConnection[];

  private constructor(instance: DuckDBInstance, connections: readonly DuckDBConnection[]) {
    this.#instance = instance;
    this.connections = connections;
  }

  /** Loads DuckDB's library, which takes a while: open an engine only when something must be bound. */
  static async open(settings: Readonly<Record<string, string>> = {}): Promise<Engine> {
    const { DuckDBInstance } = await import('@duckdb/node-api');
    const instance = await DuckDBInstance.create(':memory:', {
      threads: '1',
      autoinstall_known_extensions: 'false',
    });
    const connections = [await instance.connect(), await instance.connect()];
    const engine = new Engine(instance, connections);
    for (const connection of connections) {
      await connection.run("set errors_as_json = true; set TimeZone = 'UTC'; pragma disable_optimizer");
      for (const [name, value] of Object.entries(settings))
        await connection.run(`set ${name} = '${value.replaceAll("'", "''")}'`);
    }
    return engine;
  }

  /** Runs statements for their effect. */
  async execute(sql: string, connection = this.connections[0] as DuckDBConnection): Promise<void> {
    await connection.run(sql);
  }

  /** One statement's rows. Streamed: DuckDB keeps a materialised result's buffers until it is collected. */
  async rows(sql: string, connection = this.connections[0] as DuckDBConnection): Promise<readonly Row[]> {
    const result = await connection.stream(sql);
    const rows: Row[] = [];
    for (;;) {
      const chunk = await result.fetchChunk();
      if (chunk === null || chunk.rowCount === 0) return rows;
      for (const row of chunk.getRows()) rows.push(row);
    }
  }

  close(): void {
    for (const connection of this.connections) connection.closeSync();
    this.#instance.closeSync();
  }
}
