import { createHash } from 'node:crypto';
import type { Relation } from '../../2-render/index.ts';

/** A name as DuckDB reads it back unchanged. */
export function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

export function qualified(relation: Relation): string {
  const names = [relation.schema, relation.identifier];
  if (relation.database !== undefined) names.unshift(relation.database);
  return names.map(quoted).join('.');
}

export function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** A select without the semicolon that ends it; comments behind it go too. */
export function withoutSemicolon(sql: string): string {
  return sql.replace(/;(?:\s|;|--[^\n]*(?:\n|$)|\/\*(?:[^*]|\*(?!\/))*\*\/)*$/, '');
}

/** The UTF-16 offset of a UTF-8 offset of the same text. */
export function utf16Offset(text: string, bytes: number): number {
  let seen = 0;
  let offset = 0;
  for (const character of text) {
    if (seen >= bytes) break;
    const code = character.codePointAt(0) as number;
    seen += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
    offset += character.length;
  }
  return offset;
}

/** A short hash of a text, for cache keys. */
export function textHash(text: string): string {
  return createHash('sha1').update(text).digest('base64url').slice(0, 16);
}
