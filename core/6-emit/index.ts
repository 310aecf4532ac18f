import type { Query } from '../sql/index.ts';
import { duckdb } from './duckdb/dialect.ts';
import { commonPasses, normalise } from './normalise/index.ts';
import type { Catalog } from './normalise/scope.ts';
import { printQuery } from './print/query.ts';
import { release } from './print/text.ts';
import { Refusals } from './refusal.ts';

export { type Serialise, serialiseWithDuckdb } from './deploy/serialise.ts';
export {
  catalogOf,
  type TranslatedNode,
  type TranslateNode,
  translateNode,
} from './deploy/translate-node.ts';
export { fabricColumnType } from './fabric/types.ts';
export type { Catalog, ScopeColumn } from './normalise/scope.ts';
export type { Refusal } from './refusal.ts';
export { type TargetDialect, type Translation, translate } from './translate.ts';

/**
 * Prints a query as DuckDB SQL, indented, ending in a newline.
 *
 * @example toDuckdb(query) // 'select a\nfrom t\n'
 */
export function toDuckdb(query: Query): string {
  return `${release(printQuery(query, duckdb))}\n`;
}

/**
 * The query in the plain form that every other dialect starts from: stars, USING, aliases, ordinals, QUALIFY and
 * DISTINCT ON spelt out, names qualified, CTEs at the top.
 *
 * @param catalog columns of the tables the query reads
 */
export function toPlainForm(query: Query, catalog: Catalog): Query {
  return normalise(query, commonPasses, { catalog, ctes: new Map() }, new Refusals());
}
