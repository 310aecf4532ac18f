import { createHash } from 'node:crypto';

const pieces = /'(?:[^']|'')*'|"(?:[^"]|"")*"|\$(\w*)\$[\s\S]*?\$\1\$|--[^\n]*|\/\*[\s\S]*?\*\/|\s+/g;

/** SQL without comments, each run of blanks one blank; literals and quoted names stay as they are. */
export function withoutLayout(sql: string): string {
  return sql
    .replace(pieces, (piece) => {
      const first = piece.charCodeAt(0);
      return first === 0x27 || first === 0x22 || first === 0x24 ? piece : ' ';
    })
    .replace(/ {2,}/g, ' ')
    .trim();
}

/** A short digest of texts; their boundaries count. */
export function digest(...parts: readonly string[]): string {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part).update('\0');
  return hash.digest('hex').slice(0, 32);
}

/** dbt's `local_md5`. */
export function md5(text: string): string {
  return createHash('md5').update(text).digest('hex');
}

/** JSON with sorted keys, so that equal values have equal text. */
export function canonicalJson(value: unknown): string {
  if (value === undefined) return 'null';
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  const entries = Object.entries(value as Record<string, unknown>).filter(([, item]) => item !== undefined);
  entries.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  return `{${entries.map(([key, item]) => `${JSON.stringify(key)}:${canonicalJson(item)}`).join(',')}}`;
}
