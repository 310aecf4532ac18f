import { isAbsolute, resolve } from 'node:path';
import type { ConfigValue } from '../../../../1-load/index.ts';
import type { RenderedSource } from '../../../../2-render/index.ts';
import type { Statement } from '../../../plan/plan.ts';
import type { ExistingRelation } from '../../adapter.ts';
import { identifier, literal, relationName } from '../quote.ts';
import { dropOtherKind } from './context.ts';

/** The view through which models read a source's files; none for a table of the target. */
export function sourceView(source: RenderedSource, root: string, existing?: ExistingRelation): Statement[] {
  const select = sourceSelect(source, root);
  if (select === undefined) return [];
  const name = relationName(source.relation);
  return [
    ...dropOtherKind(existing, name, 'view'),
    { sql: `create or replace view ${name} as ${select}`, countsRows: false },
  ];
}

/**
 * A select over a source's files, with declared columns in declared types; undefined for a table of the target.
 * The reader follows the `format` option, else the file name: csv, parquet or json.
 */
export function sourceSelect(source: RenderedSource, root: string): string | undefined {
  if (source.location === undefined) return undefined;
  const { format, ...options } = source.table.readOptions;
  const kind = formatOf(source.location, format);
  const typed = source.table.columns.filter((column) => column.dataType !== undefined);
  const parts = [literal(absolute(source.location, root)), ...Object.entries(options).map(readerOption)];
  if (kind === 'csv') {
    const types = typed.map((column) => `${literal(column.name)}: ${literal(column.dataType?.value ?? '')}`);
    if (types.length > 0 && options.types === undefined && options.columns === undefined) {
      parts.push(`types = {${types.join(', ')}}`);
    }
    return `select * from read_csv(${parts.join(', ')})`;
  }
  const casts = typed.map(
    (column) => `cast(${identifier(column.name)} as ${column.dataType?.value}) as ${identifier(column.name)}`,
  );
  const star = casts.length > 0 ? `* replace (${casts.join(', ')})` : '*';
  return `select ${star} from read_${kind}(${parts.join(', ')})`;
}

type Format = 'csv' | 'parquet' | 'json';

function formatOf(location: string, format: ConfigValue | undefined): Format {
  if (format === 'csv' || format === 'parquet' || format === 'json') return format;
  if (/\.(parquet|pq)$/i.test(location)) return 'parquet';
  if (/\.(json|jsonl|ndjson)(\.gz|\.zst)?$/i.test(location)) return 'json';
  return 'csv';
}

function absolute(location: string, root: string): string {
  return isAbsolute(location) || /^[a-z][a-z0-9+.-]+:\/\//i.test(location)
    ? location
    : resolve(root, location);
}

function readerOption([name, value]: [string, ConfigValue]): string {
  return `${identifier(name)} = ${toSql(value)}`;
}

function toSql(value: ConfigValue): string {
  if (value === null) return 'null';
  if (typeof value === 'string') return literal(value);
  if (typeof value !== 'object') return String(value);
  if (Array.isArray(value)) return `[${value.map(toSql).join(', ')}]`;
  return `{${Object.entries(value)
    .map(([key, item]) => `${literal(key)}: ${toSql(item)}`)
    .join(', ')}}`;
}
