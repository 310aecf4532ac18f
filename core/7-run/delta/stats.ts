import type { Session } from '../adapters/adapter.ts';
import { identifier, literal } from '../adapters/duckdb/quote.ts';
import type { DeltaColumn } from './schema.ts';

/** Delta looks at the statistics of the first 32 columns. */
const columnsWithStats = 32;

/**
 * Rows, smallest and largest values and NULLs of a Parquet file, as `add.stats` holds them. A bound that JSON cannot hold
 * exactly is left out, or widened (timestamps to the millisecond): readers skip files by these.
 */
export async function fileStats(
  session: Session,
  file: string,
  columns: readonly DeltaColumn[],
): Promise<{ readonly rows: number; readonly stats: string }> {
  const used = columns.slice(0, columnsWithStats);
  const parts = used.flatMap(({ name, type }) => {
    const column = identifier(name);
    return [`count(${column})`, bound('min', column, type), bound('max', column, type)];
  });
  const sql = `select ${['count(*)', ...parts].join(', ')} from read_parquet(${literal(file)})`;
  const [[count, ...values] = []] = (await session.query(sql)).rows;
  const rows = Number(count ?? 0);
  const minValues: Record<string, unknown> = {};
  const maxValues: Record<string, unknown> = {};
  const nullCount: Record<string, number> = {};
  for (const [index, { name, type }] of used.entries()) {
    const [known, min, max] = values.slice(index * 3, index * 3 + 3);
    nullCount[name] = rows - Number(known ?? 0);
    const [low, high] = [json(min, type), json(max, type)];
    if (low !== undefined) minValues[name] = low;
    if (high !== undefined) maxValues[name] = high;
  }
  return { rows, stats: JSON.stringify({ numRecords: rows, minValues, maxValues, nullCount }) };
}

function bound(which: 'min' | 'max', column: string, type: string): string {
  if (type === 'boolean' || type === 'binary') return 'null';
  if (type === 'timestamp') {
    const widened = which === 'max' ? `${column} + interval 999 microsecond` : column;
    return `strftime(date_trunc('millisecond', ${which}(${widened})) at time zone 'UTC', '%Y-%m-%dT%H:%M:%S.%gZ')`;
  }
  if (type === 'date') return `strftime(${which}(${column}), '%Y-%m-%d')`;
  if (type.startsWith('decimal')) return `cast(${which}(${column}) as varchar)`;
  return `${which}(${column})`;
}

function json(value: unknown, type: string): unknown {
  if (value === null || value === undefined) return undefined;
  if (type === 'string') return String(value).length <= columnsWithStats ? value : undefined;
  if (type === 'date' || type === 'timestamp') return value;
  const number = Number(value);
  const exact = typeof value === 'number' ? Number.isFinite(value) : String(number) === plain(String(value));
  return exact ? number : undefined;
}

/** A decimal's text without zeros that say nothing. */
function plain(text: string): string {
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text;
}
