import type { Relation } from '../../../2-render/index.ts';

/** An identifier in T-SQL's brackets. */
export function identifier(name: string): string {
  return `[${name.replaceAll(']', ']]')}]`;
}

/** A text literal; the warehouse's varchar is UTF-8, so that no N prefix is needed. */
export function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** A relation's name. A target is one warehouse: databases are not named. */
export function relationName({ schema, identifier: name }: Relation): string {
  return `${identifier(schema)}.${identifier(name)}`;
}

/** Identifiers, comma separated, each after an optional table alias. */
export function identifiers(names: readonly string[], alias?: string): string {
  return names
    .map((name) => (alias === undefined ? identifier(name) : `${alias}.${identifier(name)}`))
    .join(', ');
}
