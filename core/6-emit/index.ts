import type { Query } from '../sql/index.ts';
import { duckdb } from './duckdb/dialect.ts';
import { printQuery } from './print/query.ts';
import { release } from './print/text.ts';

/**
 * Prints a query as DuckDB SQL, indented, ending in a newline.
 *
 * @example toDuckdb(query) // 'select a\nfrom t\n'
 */
export function toDuckdb(query: Query): string {
  return `${release(printQuery(query, duckdb))}\n`;
}
