import type { Relation } from '../../../2-render/index.ts';

/** An identifier as DuckDB SQL: always quoted, so that reserved words and odd characters are safe. */
export function identifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** A string literal. */
export function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** A relation's full name. @example relationName({ schema: 'gold', identifier: 't' }) // "gold"."t" */
export function relationName(relation: Relation): string {
  const parts = [relation.schema, relation.identifier];
  if (relation.database !== undefined) parts.unshift(relation.database);
  return parts.map(identifier).join('.');
}

/** A list of identifiers, comma separated, each after an optional table alias. */
export function identifiers(names: readonly string[], alias?: string): string {
  return names
    .map((name) => (alias === undefined ? identifier(name) : `${alias}.${identifier(name)}`))
    .join(', ');
}
