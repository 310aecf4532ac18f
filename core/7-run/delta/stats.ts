import type { Session } from '../adapters/adapter.ts';
import { identifier, literal } from '../adapters/duckdb/quote.ts';
import type { DeltaColumn } from './schema.ts';

/** Delta looks at the statistics of the first 32 columns. */
const columnsWithStats = 32;

/**
 * Rows, smallest and largest values and NULLs of a Parquet file, as `add.stats` holds them. Readers skip
 * files by these: a bound that JSON cannot hold is left out, or widened (timestamps to the millisecond, long texts).
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
  const minValues: string[] = [];
  const maxValues: string[] = [];
  const nullCount: Record<string, number> = {};
  for (const [index, { name, type }] of used.entries()) {
    const [known, min, max] = values.slice(index * 3, index * 3 + 3);
    nullCount[name] = rows - Number(known ?? 0);
    const [low, high] = [json(min, type, 'min'), json(max, type, 'max')];
    if (low !== undefined) minValues.push(`${JSON.stringify(name)}:${low}`);
    if (high !== undefined) maxValues.push(`${JSON.stringify(name)}:${high}`);
  }
  const bounds = `"minValues":{${minValues}},"maxValues":{${maxValues}}`;
  return { rows, stats: `{"numRecords":${rows},${bounds},"nullCount":${JSON.stringify(nullCount)}}` };
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

/** Characters of a text that statistics hold, as Spark's writer does it. */
const prefix = 32;
const lastCharacter = '\u{10FFFF}';

/** A bound as JSON text: whole numbers and decimals with all their digits, which a double would lose. */
function json(value: unknown, type: string, which: 'min' | 'max'): string | undefined {
  if (value === null || value === undefined) return undefined;
  const text = String(value);
  if (type === 'string') return textBound([...text], which);
  // Readers know years of four digits, and a widened bound may pass the last.
  if (type === 'date' || type === 'timestamp') return /^\d{4}-/.test(text) ? JSON.stringify(text) : undefined;
  if (type === 'double' || type === 'float')
    return Number.isFinite(Number(value)) ? JSON.stringify(Number(value)) : undefined;
  return plain(text);
}

function textBound(characters: readonly string[], which: 'min' | 'max'): string | undefined {
  const kept = characters.slice(0, prefix).join('');
  if (which === 'min' || characters.length <= prefix) return JSON.stringify(kept);
  return characters[prefix] === lastCharacter ? undefined : JSON.stringify(kept + lastCharacter);
}

/** A decimal's text without zeros that say nothing. */
function plain(text: string): string {
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text;
}
