import type { RenderedNode } from '../../../2-render/index.ts';
import type { BoundColumn } from '../../../4-bind/index.ts';
import { seedReader } from '../duckdb/materialize/seed.ts';
import { identifier } from '../duckdb/quote.ts';

/** A seed's rows as text, read by DuckDB: what a seed holds does not depend on the target. */
export interface SeedRows {
  readonly columns: readonly { readonly name: string; readonly type: string }[];
  readonly rows: readonly (readonly (string | null)[])[];
}

/** Reads seeds by DuckDB, as a build on DuckDB would, to text that the target casts to the same types. */
export async function readSeeds(
  seeds: readonly RenderedNode[],
  columns: ReadonlyMap<string, readonly BoundColumn[]>,
  root: string,
): Promise<ReadonlyMap<string, SeedRows>> {
  const read = new Map<string, SeedRows>();
  if (seeds.length === 0) return read;
  const { DuckDBInstance } = await import('@duckdb/node-api');
  const instance = await DuckDBInstance.create(':memory:', { threads: '1' });
  const connection = await instance.connect();
  try {
    for (const seed of seeds) {
      const reader = seedReader(seed, root, columns.get(seed.uniqueId) ?? []);
      const shape = await connection.runAndReadAll(`describe from ${reader}`);
      const found = shape.getRows().map(([name, type]) => ({ name: String(name), type: String(type) }));
      const texts = found.map(({ name }) => `cast(${identifier(name)} as varchar)`);
      const rows = await connection.runAndReadAll(`select ${texts.join(', ')} from ${reader}`);
      read.set(seed.uniqueId, {
        columns: found,
        rows: rows.getRows().map((row) => row.map((value) => (value === null ? null : String(value)))),
      });
    }
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
  return read;
}
