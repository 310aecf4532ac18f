import type { Relation } from '../../../2-render/index.ts';
import type { BoundColumn } from '../../../4-bind/index.ts';
import type { DatabaseState, ExistingRelation, Rows } from '../adapter.ts';
import { literal } from './quote.ts';
import { duckdbType } from './types.ts';

/** Reads what the warehouse holds in the schemas of these relations. Names are compared by case there, and in upper case. */
export async function inspectFabric(
  query: (sql: string) => Promise<Rows>,
  relations: readonly Relation[],
): Promise<DatabaseState> {
  const texts = async (sql: string) =>
    (await query(sql)).rows.map((row) => row.map((value) => String(value ?? '')));
  const schemas = (await texts('select [name] from [sys].[schemas]')).map(([name]) => name ?? '');
  const wanted = new Set(relations.map(({ schema }) => schema.toLowerCase()));
  const here = schemas.filter((name) => wanted.has(name.toLowerCase()));
  const found = new Map<string, ExistingRelation>();
  if (here.length > 0) {
    const within = `where [TABLE_SCHEMA] in (${here.map(literal).join(', ')})`;
    const columns = new Map<string, BoundColumn[]>();
    const rows = await texts(
      `select [TABLE_SCHEMA], [TABLE_NAME], [COLUMN_NAME], [DATA_TYPE], [NUMERIC_PRECISION], [NUMERIC_SCALE] from [INFORMATION_SCHEMA].[COLUMNS] ${within} order by [TABLE_SCHEMA], [TABLE_NAME], [ORDINAL_POSITION]`,
    );
    for (const [schema = '', name = '', column = '', type = '', precision, scale] of rows) {
      const decimal = type === 'decimal' || type === 'numeric';
      const list = columns.get(keyOf(schema, name)) ?? [];
      list.push({ name: column, type: decimal ? `DECIMAL(${precision},${scale})` : duckdbType(type) });
      columns.set(keyOf(schema, name), list);
    }
    const tables = await texts(
      `select [TABLE_SCHEMA], [TABLE_NAME], [TABLE_TYPE] from [INFORMATION_SCHEMA].[TABLES] ${within}`,
    );
    for (const [schema = '', name = '', type] of tables) {
      found.set(keyOf(schema, name), {
        relation: { schema, identifier: name },
        kind: type === 'VIEW' ? 'view' : 'table',
        columns: columns.get(keyOf(schema, name)) ?? [],
      });
    }
  }
  return {
    database: '',
    schemas,
    relations: [...found.values()],
    get: ({ schema, identifier }) => found.get(keyOf(schema, identifier)),
  };
}

function keyOf(schema: string, name: string): string {
  return literal(`${schema}.${name}`).toLowerCase();
}
