import { isAbsolute, resolve } from 'node:path';
import type { ConfigValue } from '../../1-load/index.ts';
import { literal, quoted } from '../engine/sql-text.ts';

type Format = 'csv' | 'parquet' | 'json';

/**
 * The table function that reads files: by the `format` option, else by the file name's ending.
 *
 * @param location path or glob, relative to `root` unless absolute or a URL
 */
export function readerCall(
  location: string,
  readOptions: Readonly<Record<string, ConfigValue>>,
  root: string,
): string {
  const { format, ...options } = readOptions;
  const parts = [literal(absoluteLocation(location, root))];
  const kind = formatOf(location, format);
  for (const [name, value] of Object.entries(options)) {
    // `delimiter` is the word of seeds and of COPY; the reader knows `delim` only.
    const known = kind === 'csv' && name === 'delimiter' ? 'delim' : name;
    parts.push(`${quoted(known)} = ${valueText(value)}`);
  }
  // Left to itself, DuckDB skips leading lines that do not look like the rest: a broken row would eat the good ones.
  if (kind === 'csv' && options.skip === undefined) parts.push('skip = 0');
  return `read_${kind}(${parts.join(', ')})`;
}

export function absoluteLocation(location: string, root: string): string {
  return isAbsolute(location) || isUrl(location) ? location : resolve(root, location);
}

export function isUrl(location: string): boolean {
  return /^[a-z][a-z0-9+.-]+:\/\//i.test(location);
}

function formatOf(location: string, format: ConfigValue | undefined): Format {
  if (format === 'csv' || format === 'parquet' || format === 'json') return format;
  if (/\.(parquet|pq)$/i.test(location)) return 'parquet';
  return /\.(json|jsonl|ndjson)(\.gz|\.zst)?$/i.test(location) ? 'json' : 'csv';
}

function valueText(value: ConfigValue): string {
  if (value === null) return 'null';
  if (typeof value === 'string') return literal(value);
  if (typeof value !== 'object') return String(value);
  if (Array.isArray(value)) return `[${value.map(valueText).join(', ')}]`;
  const fields = Object.entries(value).map(([key, item]) => `${literal(key)}: ${valueText(item)}`);
  return `{${fields.join(', ')}}`;
}
