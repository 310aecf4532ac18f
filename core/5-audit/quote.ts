import type { Relation } from '../2-render/index.ts';

/** `"name"`, as SQL identifiers are quoted. */
export function quoteName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** `'text'`, as SQL strings are quoted. */
export function quoteText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** The relation's full name, quoted; `database` is where it lives when it does not say. */
export function quoteRelation(relation: Relation, database?: string): string {
  return [relation.database ?? database, relation.schema, relation.identifier]
    .filter((part) => part !== undefined)
    .map(quoteName)
    .join('.');
}
