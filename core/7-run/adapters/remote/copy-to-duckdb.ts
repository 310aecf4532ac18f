import { mkdtempSync, rmSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Relation } from '../../../2-render/index.ts';
import type { BoundColumn } from '../../../4-bind/index.ts';
import type { Adapter, Session } from '../adapter.ts';
import { longestLine, unpackQuery } from './packed-rows.ts';

export interface CopyToDuckDb {
  /** An engine over the network. */
  readonly from: Adapter;
  readonly relation: Relation;
  /** Columns to copy, in DuckDB's types. */
  readonly columns: readonly BoundColumn[];
  readonly duckdb: Session;
  /** `create or replace table`, or `create or replace temp table`, and the name. */
  readonly create: string;
}

/** Copies a relation of another engine, all rows, to a table of DuckDB, by way of a file of packed rows. */
export async function copyToDuckDb({ from, relation, columns, duckdb, create }: CopyToDuckDb): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'churn-rows-'));
  const file = join(folder, 'rows.tsv');
  try {
    const handle = await open(file, 'w');
    let longest = 0;
    try {
      for await (const lines of from.readLines?.(relation, columns) ?? []) {
        await handle.write(lines);
        longest = Math.max(longest, longestLine(lines));
      }
    } finally {
      await handle.close();
    }
    await duckdb.run(`${create} as ${unpackQuery(file, columns, longest)}`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
