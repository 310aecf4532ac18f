import { hash } from 'node:crypto';

/**
 * SQL without comments, each run of blanks one blank; literals and quoted names stay as they are. A scanner instead of
 * a regular expression: every model of a project passes through here on every run.
 */
export function withoutLayout(sql: string): string {
  let out = '';
  let copied = 0;
  let at = 0;
  const { length } = sql;
  while (at < length) {
    const code = sql.charCodeAt(at);
    if (code === 0x27 || code === 0x22) {
      at = endOfQuoted(sql, at, code);
    } else if (code === 0x24) {
      at = endOfDollarQuoted(sql, at);
    } else if (code <= 0x20 || opensComment(sql, at, code)) {
      const end = endOfBlanks(sql, at);
      // A single blank between two words is the common case and needs no copy.
      if (end !== at + 1 || code !== 0x20) {
        out += `${sql.slice(copied, at)} `;
        copied = end;
      }
      at = end;
    } else at++;
  }
  return (out + sql.slice(copied)).trim();
}

function opensComment(sql: string, at: number, code: number): boolean {
  if (code === 0x2d) return sql.charCodeAt(at + 1) === 0x2d;
  return code === 0x2f && sql.charCodeAt(at + 1) === 0x2a;
}

/** End of blanks and comments in any order. */
export function endOfBlanks(sql: string, from: number): number {
  let at = from;
  for (;;) {
    const code = sql.charCodeAt(at);
    if (code <= 0x20) at++;
    else if (opensComment(sql, at, code)) {
      const end = code === 0x2d ? sql.indexOf('\n', at) : sql.indexOf('*/', at + 2);
      if (end === -1) return sql.length;
      at = code === 0x2d ? end + 1 : end + 2;
    } else return at;
  }
}

function endOfQuoted(sql: string, from: number, quote: number): number {
  const mark = quote === 0x27 ? "'" : '"';
  if (quote === 0x27 && /(^|\W)[eE]$/.test(sql.slice(Math.max(0, from - 2), from)))
    return endOfEscaped(sql, from);
  // Doubled quotes simply begin the next piece.
  const end = sql.indexOf(mark, from + 1);
  return end === -1 ? sql.length : end + 1;
}

/** `E'it\\'s'`: a backslash protects the next character. */
function endOfEscaped(sql: string, from: number): number {
  let at = from + 1;
  while (at < sql.length && sql[at] !== "'") at += sql[at] === '\\' ? 2 : 1;
  return Math.min(sql.length, at + 1);
}

function endOfDollarQuoted(sql: string, from: number): number {
  const tag = /^\$\w*\$/.exec(sql.slice(from, from + 64))?.[0];
  if (tag === undefined) return from + 1;
  const end = sql.indexOf(tag, from + tag.length);
  return end === -1 ? sql.length : end + tag.length;
}

/** A short digest of texts; their boundaries count. */
export function digest(...parts: readonly string[]): string {
  return hash('sha256', parts.join('\0'), 'hex').slice(0, 32);
}

/** dbt's `local_md5`. */
export function md5(text: string): string {
  return hash('md5', text, 'hex');
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
