import type { RenderedSource } from '../../2-render/index.ts';
import { nearest, reportBind } from '../../diagnostics/index.ts';
import type { Binding } from '../binding.ts';
import type { BoundColumn } from '../bound.ts';
import { canonicalTypes } from '../declared-types.ts';
import { textHash } from '../engine/sql-text.ts';
import { bindStatements, type Statement } from '../statement.ts';
import { locateFiles } from './files.ts';
import { readerCall } from './reader.ts';

/**
 * Columns of sources. Where every declared column has a type, the declaration is the whole truth and no file is
 * looked at; else the files say (names, order, types) and declared types overrule them.
 */
export async function bindSources(binding: Binding): Promise<void> {
  const sources = [...binding.rendered.sources.values()];
  const types = await declaredTypes(binding, sources);
  const inferred: RenderedSource[] = [];
  for (const source of sources) {
    const { columns } = source.table;
    if (isDeclared(source)) {
      const typed = columns.flatMap(({ name, dataType }) => {
        const type = types.get(dataType?.value ?? '');
        return type === undefined ? [] : [{ name, type }];
      });
      if (typed.length === columns.length) binding.columns.set(source.uniqueId, binding.cache.intern(typed));
      else binding.failed.add(source.uniqueId);
    } else if (source.location === undefined) {
      fail(binding, source, reportBind('CH422', { source: sourceName(source) }, placeOf(source)));
    } else inferred.push(source);
  }
  await inferColumns(binding, inferred, types);
}

async function inferColumns(
  binding: Binding,
  sources: readonly RenderedSource[],
  types: ReadonlyMap<string, string>,
): Promise<void> {
  const readable: { source: RenderedSource; statement: Statement }[] = [];
  for (const source of sources) {
    const location = source.location ?? '';
    const files = locateFiles(location, binding.project.root);
    if (files?.count === 0) {
      const args = { source: sourceName(source), location };
      fail(binding, source, reportBind('CH420', args, placeOf(source)));
      continue;
    }
    const sql = `select * from ${readerCall(location, source.table.readOptions, binding.project.root)}`;
    const hash = textHash(`${sql}\n${files?.stamp ?? ''}`);
    readable.push({ source, statement: { id: source.uniqueId, hash, sql, reads: [] } });
  }
  const results = await bindStatements(
    binding,
    readable.map(({ statement }) => statement),
  );
  for (const [index, { source }] of readable.entries()) {
    const result = results[index];
    if (result === undefined || 'error' in result) {
      const engine = (result?.error.message ?? '').split('\n')[0] as string;
      const args = { source: sourceName(source), location: source.location ?? '', engine };
      fail(binding, source, reportBind('CH421', args, placeOf(source)));
      continue;
    }
    binding.columns.set(
      source.uniqueId,
      binding.cache.intern(overruled(binding, source, result.columns, types)),
    );
  }
}

/** The files' columns with declared types; declared columns that the files lack are reported. */
function overruled(
  binding: Binding,
  source: RenderedSource,
  found: readonly BoundColumn[],
  types: ReadonlyMap<string, string>,
): BoundColumn[] {
  const declared = new Map(source.table.columns.map((column) => [column.name.toLowerCase(), column]));
  const names = found.map(({ name }) => name);
  const existing = new Set(names.map((name) => name.toLowerCase()));
  for (const column of source.table.columns) {
    if (existing.has(column.name.toLowerCase())) continue;
    const args = {
      column: column.name,
      model: sourceName(source),
      nearest: nearest(column.name, names),
      available: names.slice(0, 12),
    };
    binding.diagnostics.push(reportBind('CH424', args, { span: column.span, node: source.uniqueId }));
  }
  return found.map(({ name, type }) => {
    const text = declared.get(name.toLowerCase())?.dataType?.value;
    return { name, type: (text === undefined ? undefined : types.get(text)) ?? type };
  });
}

function declaredTypes(
  binding: Binding,
  sources: readonly RenderedSource[],
): Promise<ReadonlyMap<string, string>> {
  return canonicalTypes(
    binding,
    sources.flatMap(({ table, uniqueId }) =>
      table.columns.flatMap(({ name, dataType }) =>
        dataType === undefined
          ? []
          : [{ column: name, type: dataType.value, span: dataType.span, node: uniqueId }],
      ),
    ),
  );
}

function fail(binding: Binding, source: RenderedSource, diagnostic: ReturnType<typeof reportBind>): void {
  binding.failed.add(source.uniqueId);
  binding.diagnostics.push(diagnostic);
}

/** Every column has a name and a type. */
export function isDeclared({ table: { columns } }: RenderedSource): boolean {
  return columns.length > 0 && columns.every(({ dataType }) => dataType !== undefined);
}

export function sourceName(source: RenderedSource): string {
  return `${source.sourceName}.${source.name}`;
}

function placeOf(source: RenderedSource) {
  return { span: source.table.location?.span ?? source.span, node: source.uniqueId };
}
