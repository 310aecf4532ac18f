import type { Relation } from '../../2-render/index.ts';
import type { BoundColumn } from '../bound.ts';
import type { Engine } from './engine.ts';
import { qualified, quoted } from './sql-text.ts';

/** An empty table to be created. */
export interface EmptyTable {
  readonly relation: Relation;
  readonly columns: readonly BoundColumn[];
}

const batchSize = 100;

/** Creates empty tables on all connections at once, with the schemas and databases they need. */
export async function createTables(engine: Engine, tables: readonly EmptyTable[]): Promise<void> {
  if (tables.length === 0) return;
  const containers = new Set(tables.flatMap(({ relation }) => containerStatements(relation)));
  await engine.execute([...containers].join(';'));
  let next = 0;
  await Promise.all(
    engine.connections.map(async (connection) => {
      while (next < tables.length) {
        const batch = tables.slice(next, next + batchSize);
        next += batchSize;
        await engine.execute(batch.map(createStatement).join(';'), connection);
      }
    }),
  );
}

function containerStatements({ database, schema }: Relation): string[] {
  if (database === undefined) return [`create schema if not exists ${quoted(schema)}`];
  return [
    `attach if not exists ':memory:' as ${quoted(database)}`,
    `create schema if not exists ${quoted(database)}.${quoted(schema)}`,
  ];
}

/** Names that differ in case only, or not at all, are numbered: DuckDB does the same when it creates from a select. */
function createStatement({ relation, columns }: EmptyTable): string {
  const taken = new Set<string>();
  const definitions = columns.map(({ name, type }) => {
    let unique = name;
    for (let number = 1; taken.has(unique.toLowerCase()); number++) unique = `${name}_${number}`;
    taken.add(unique.toLowerCase());
    return `${quoted(unique)} ${type === '"NULL"' ? 'INTEGER' : type}`;
  });
  return `create table if not exists ${qualified(relation)} (${definitions.join(', ')})`;
}
