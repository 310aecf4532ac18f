import type { Relation } from '../../../2-render/index.ts';

/** An identifier as Spark SQL. */
export function identifier(name: string): string {
  return `\`${name.replaceAll('`', '``')}\``;
}

/** A string literal: in Spark the backslash escapes, and doubling a quote would join two literals. */
export function literal(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}

/** A relation's name. A target is one lakehouse: databases are not named. */
export function relationName({ schema, identifier: name }: Relation): string {
  return `${identifier(schema)}.${identifier(name)}`;
}

/** Identifiers, comma separated, each after an optional table alias. */
export function identifiers(names: readonly string[], alias?: string): string {
  return names
    .map((name) => (alias === undefined ? identifier(name) : `${alias}.${identifier(name)}`))
    .join(', ');
}
