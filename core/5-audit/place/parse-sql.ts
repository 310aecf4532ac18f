import { decodeSerialisedSql, type Query, UnknownShape } from '../../sql/index.ts';
import type { Engine } from '../engine.ts';

/** The tree of a query as written, with offsets; undefined for what DuckDB or this version cannot read. */
export async function parseSql(engine: Engine, sql: string): Promise<Query | undefined> {
  const [row] = await engine.rows('select json_serialize_sql($1::varchar) as tree', [sql]);
  try {
    const parsed = decodeSerialisedSql(String(row?.tree));
    return 'error' in parsed ? undefined : parsed.query;
  } catch (error) {
    if (error instanceof UnknownShape) return undefined;
    throw error;
  }
}
