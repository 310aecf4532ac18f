import type { RenderedSource } from '../../../../2-render/index.ts';
import type { BoundColumn } from '../../../../4-bind/index.ts';
import { fabricColumnType } from '../../../../6-emit/index.ts';
import type { Statement } from '../../../plan/plan.ts';
import { identifier, literal } from '../quote.ts';
import { createView } from './view.ts';

export type SourcePlan =
  | { readonly ok: true; readonly statements: readonly Statement[] }
  | { readonly ok: false; readonly what: string };

/**
 * The view through which models read a source's files in OneLake or a storage account, in the bound columns and their
 * types. A path of this machine is out of the warehouse's sight: it is looked for under `files` of the target, and
 * without that the source is a table of the warehouse.
 *
 * @param files URL of the folder that holds what the project's folder holds here
 */
export function sourceStatements(
  source: RenderedSource,
  columns: readonly BoundColumn[],
  files: string | undefined,
): SourcePlan {
  const { location } = source;
  const isUrl = location !== undefined && /^(https|abfss):\/\//i.test(location);
  if (location === undefined || (!isUrl && files === undefined)) return { ok: true, statements: [] };
  const url = isUrl ? location : `${files?.replace(/\/+$/, '')}/${location.replace(/^(\.?\/)+/, '')}`;
  const { format, ...options } = source.table.readOptions;
  const kind = typeof format === 'string' ? format : /\.(parquet|pq)$/i.test(location) ? 'parquet' : 'csv';
  if (kind !== 'parquet' && kind !== 'csv') return { ok: false, what: `a source of ${kind} files` };
  const [unknown] = Object.keys(options);
  if (unknown !== undefined) return { ok: false, what: `read option \`${unknown}\`` };
  const typed = columns.map(({ name, type }) => ({ name, type: fabricColumnType(type) }));
  const typeless = typed.find(({ type }) => type === undefined);
  if (typed.length === 0 || typeless !== undefined)
    return { ok: false, what: `a column of a file without a declared type (${typeless?.name ?? 'all'})` };
  const list = typed.map(
    ({ name, type }) => `cast([files].${identifier(name)} as ${type}) as ${identifier(name)}`,
  );
  const reader =
    kind === 'parquet' ? "format = 'PARQUET'" : "format = 'CSV', parser_version = '2.0', header_row = true";
  const select = `select ${list.join(',\n  ')}\nfrom openrowset(bulk ${literal(url)}, ${reader}) as [files]`;
  return { ok: true, statements: [createView(source.relation, select)] };
}
