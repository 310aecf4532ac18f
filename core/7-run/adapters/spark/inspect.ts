import type { Relation } from '../../../2-render/index.ts';
import type { BoundColumn } from '../../../4-bind/index.ts';
import type { DatabaseState, ExistingRelation, RelationKind } from '../adapter.ts';
import type { LivySession } from './livy/livy-session.ts';
import { identifier, literal, relationName } from './quote.ts';
import { duckdbType } from './types.ts';

/** What is looked at: the schemas of these relations, and the columns of those that grow in place. */
export interface Interest {
  readonly relations: readonly Relation[];
  readonly withColumns: readonly Relation[];
}

/** Reads what exists, in two statements per schema and one per relation whose columns matter. */
export async function inspectSpark(livy: LivySession, interest: Interest): Promise<DatabaseState> {
  const query = async (sql: string) => (await livy.run(sql).done).rows;
  const schemas = (await query('show schemas')).map(([name]) => String(name));
  const known = new Set(schemas.map((name) => name.toLowerCase()));
  const wanted = new Set(interest.relations.map(({ schema }) => schema.toLowerCase()));
  const found = new Map<string, ExistingRelation>();
  for (const schema of [...wanted].filter((name) => known.has(name))) {
    const names = (rows: Awaited<ReturnType<typeof query>>) =>
      rows.filter((row) => row[2] !== true).map((row) => String(row[1]));
    const views = new Set(names(await query(`show views in ${identifier(schema)}`)));
    for (const name of names(await query(`show tables in ${identifier(schema)}`))) {
      const kind: RelationKind = views.has(name) ? 'view' : 'table';
      found.set(keyOf(schema, name), { relation: { schema, identifier: name }, kind, columns: [] });
    }
  }
  for (const relation of interest.withColumns) {
    const key = keyOf(relation.schema, relation.identifier);
    const existing = found.get(key);
    if (existing?.kind !== 'table') continue;
    const columns = columnsOf(await query(`describe table ${relationName(relation)}`));
    found.set(key, { ...existing, columns });
  }
  return {
    database: '',
    schemas,
    relations: [...found.values()],
    get: ({ schema, identifier: name }) => found.get(keyOf(schema, name)),
  };
}

/** After the columns come partitions and statistics, behind an empty name or one with `#`. */
function columnsOf(rows: readonly (readonly unknown[])[]): BoundColumn[] {
  const end = rows.findIndex(([name]) => String(name) === '' || String(name).startsWith('#'));
  return rows
    .slice(0, end === -1 ? undefined : end)
    .map(([name, type]) => ({ name: String(name), type: duckdbType(String(type)) }));
}

function keyOf(schema: string, name: string): string {
  return literal(`${schema}.${name}`).toLowerCase();
}
