import { createHash } from 'node:crypto';
import { isAbsolute, resolve } from 'node:path';
import type { ConfigValue } from '../../../../1-load/index.ts';
import type { RenderedSource } from '../../../../2-render/index.ts';
import type { BoundColumn } from '../../../../4-bind/index.ts';
import type { Statement } from '../../../plan/plan.ts';
import { aside } from '../../remote/aside.ts';
import { identifier, identifiers, literal, relationName } from '../quote.ts';
import { sparkColumnType } from '../types.ts';

/** CSV options that both readers have, by DuckDB's names. */
const csvOptions: Readonly<Record<string, string>> = {
  delim: 'sep',
  delimiter: 'sep',
  sep: 'sep',
  quote: 'quote',
  escape: 'escape',
  header: 'header',
  nullstr: 'nullValue',
};

export type SourcePlan =
  | { readonly ok: true; readonly statements: readonly Statement[] }
  | { readonly ok: false; readonly what: string };

/**
 * The view through which models read a source's files, in the bound columns and their types. Spark must see the same
 * path: a relative location starts at the project folder, a URL is left as it is.
 */
export function sourceStatements(
  source: RenderedSource,
  root: string,
  columns: readonly BoundColumn[],
): SourcePlan {
  const { location } = source;
  if (location === undefined) return { ok: true, statements: [] };
  const isUrl = /^[a-z][a-z0-9+.-]+:\/\//i.test(location);
  const path = isUrl || isAbsolute(location) ? location : resolve(root, location);
  const { format, ...options } = source.table.readOptions;
  const kind = formatOf(location, format);
  const view = (from: string, cast: boolean): Statement => {
    const list = columns.map(({ name, type }) => {
      const spark = cast ? sparkColumnType(type) : undefined;
      return spark === undefined
        ? identifier(name)
        : `cast(${identifier(name)} as ${spark}) as ${identifier(name)}`;
    });
    const sql = `create or replace view ${relationName(source.relation)} as\nselect ${list.join(', ') || '*'}\nfrom ${from}`;
    return { sql, countsRows: false };
  };
  if (kind === 'json') return { ok: false, what: 'a source of JSON files' };
  const unknown = Object.keys(options).filter((name) => kind !== 'csv' || csvOptions[name] === undefined);
  if (unknown.length > 0) return { ok: false, what: `read option \`${unknown[0]}\`` };
  if (kind === 'parquet') return { ok: true, statements: [view(`parquet.${identifier(path)}`, true)] };
  const typeless = columns.find(({ type }) => sparkColumnType(type) === undefined);
  if (columns.length === 0 || typeless) return { ok: false, what: `a CSV column of type ${typeless?.type}` };
  return { ok: true, statements: csv(source, path, columns, options, view) };
}

/** A typed table over the files: a value that does not fit stops the reader instead of becoming NULL. */
function csv(
  source: RenderedSource,
  path: string,
  columns: readonly BoundColumn[],
  options: Readonly<Record<string, ConfigValue>>,
  view: (from: string, cast: boolean) => Statement,
): Statement[] {
  const given = Object.entries(options).map(([name, value]) => [csvOptions[name] ?? name, String(value)]);
  const all: Record<string, string> = {
    header: 'true',
    escape: '"',
    mode: 'FAILFAST',
    ...Object.fromEntries(given),
    path,
  };
  const list = Object.entries<string>(all).map(([name, value]) => `${identifier(name)} ${literal(value)}`);
  const definitions = columns.map(({ name, type }) => `${identifier(name)} ${sparkColumnType(type)}`);
  const body = `(${definitions.join(', ')}) using csv options (${list.join(', ')})`;
  // A table over files cannot be replaced, and readers may be at work: what it says is part of its name.
  const hash = createHash('sha256').update(body).digest('hex').slice(0, 8);
  const name = relationName(aside(source.relation, `files_${hash}`));
  return [
    { sql: `create table if not exists ${name} ${body}`, countsRows: false },
    { sql: `refresh table ${name}`, countsRows: false },
    { ...view(`(select ${identifiers(columns.map((column) => column.name))} from ${name}) as files`, false) },
  ];
}

function formatOf(location: string, format: ConfigValue | undefined): 'csv' | 'parquet' | 'json' {
  if (format === 'csv' || format === 'parquet' || format === 'json') return format;
  if (/\.(parquet|pq)$/i.test(location)) return 'parquet';
  return /\.(json|jsonl|ndjson)(\.gz|\.zst)?$/i.test(location) ? 'json' : 'csv';
}
