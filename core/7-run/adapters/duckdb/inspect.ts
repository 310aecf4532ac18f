import type { Relation } from '../../../2-render/index.ts';
import type { DatabaseState, ExistingRelation, Session } from '../adapter.ts';

const relationsSql = `
select database_name, schema_name, table_name as name, 'table' as kind, estimated_size as rows, comment
from duckdb_tables() where not internal and not temporary
union all
select database_name, schema_name, view_name, 'view', null, comment
from duckdb_views() where not internal and not temporary
order by all`;

const columnsSql = `
select database_name, schema_name, table_name, column_name, data_type
from duckdb_columns() where not internal
order by database_name, schema_name, table_name, column_index`;

/** Reads what exists, in three catalog queries whatever the size of the project. */
export async function inspectDuckDb(session: Session): Promise<DatabaseState> {
  const named = await session.query('select current_database()');
  const schemas = await session.query('select distinct schema_name from duckdb_schemas() order by 1');
  const columns = new Map<string, { name: string; type: string }[]>();
  for (const [database, schema, table, name, type] of (await session.query(columnsSql)).rows) {
    const key = keyOf(String(database), String(schema), String(table));
    const list = columns.get(key);
    const column = { name: String(name), type: String(type) };
    if (list === undefined) columns.set(key, [column]);
    else list.push(column);
  }
  const found = new Map<string, ExistingRelation>();
  for (const [database, schema, name, kind, rows, comment] of (await session.query(relationsSql)).rows) {
    const key = keyOf(String(database), String(schema), String(name));
    found.set(key, {
      relation: { database: String(database), schema: String(schema), identifier: String(name) },
      kind: kind === 'view' ? 'view' : 'table',
      columns: columns.get(key) ?? [],
      rows: typeof rows === 'number' ? rows : undefined,
      comment: comment === null ? undefined : String(comment),
    });
  }
  const current = String(named.rows[0]?.[0]);
  return {
    database: current,
    schemas: schemas.rows.map(([name]) => String(name)),
    relations: [...found.values()],
    get: (relation: Relation) =>
      found.get(keyOf(relation.database ?? current, relation.schema, relation.identifier)),
  };
}

/** DuckDB compares names without regard to case. */
function keyOf(database: string, schema: string, name: string): string {
  return `${database}\u0000${schema}\u0000${name}`.toLowerCase();
}
