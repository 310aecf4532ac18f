import path from 'node:path';
import type { RenderedNode } from '../../2-render/index.ts';
import { LineIndex, nearest, reportBind } from '../../diagnostics/index.ts';
import type { Binding } from '../binding.ts';
import { canonicalTypes } from '../declared-types.ts';
import { textHash } from '../engine/sql-text.ts';
import { bindStatements, type Statement } from '../statement.ts';
import { firstBrokenRow } from './broken-row.ts';
import { readerCall } from './reader.ts';

/** Columns of seeds: names from the CSV's header, types from `column_types`, else from all of the file's values. */
export async function bindSeeds(binding: Binding): Promise<void> {
  const seeds = [...binding.rendered.nodes.values()].filter((node) => node.kind === 'seed');
  if (seeds.length === 0) return;
  const hashes = new Map(binding.project.nodes.map((node) => [node.uniqueId, node.file.hash]));
  const types = await canonicalTypes(
    binding,
    seeds.flatMap((seed) =>
      Object.entries(seed.config.columnTypes).map(([column, type]) => ({
        column,
        type,
        span: seed.span,
        node: seed.uniqueId,
      })),
    ),
  );
  const statements = seeds.map((seed): Statement => {
    const sql = `select * from ${readerCall(seed.path, seedOptions(seed), binding.project.root)}`;
    const hash = textHash(`${sql}\n${hashes.get(seed.uniqueId) ?? seed.hash}`);
    return { id: seed.uniqueId, hash, sql, reads: [] };
  });
  const results = await bindStatements(binding, statements);
  for (const [index, seed] of seeds.entries()) {
    const place = { span: seed.span, node: seed.uniqueId };
    const result = results[index];
    if (result === undefined || 'error' in result) {
      const text = binding.project.text(seed.path) ?? '';
      const row = firstBrokenRow(text, seedOptions(seed).delim);
      const engine = row?.problem ?? ((result?.error.message ?? '').split('\n')[0] as string);
      const span = row && new LineIndex(text).span(seed.path, row.start, row.end);
      binding.failed.add(seed.uniqueId);
      binding.diagnostics.push(
        reportBind('CH425', { seed: seed.name, engine }, { ...place, span: span ?? seed.span }),
      );
      continue;
    }
    const names = result.columns.map(({ name }) => name);
    const declared = new Map<string, string>();
    for (const [column, type] of Object.entries(seed.config.columnTypes)) {
      const canonical = types.get(type);
      if (canonical !== undefined) declared.set(column.toLowerCase(), canonical);
      if (names.some((name) => name.toLowerCase() === column.toLowerCase())) continue;
      const args = { column, model: seed.name, nearest: nearest(column, names) };
      binding.diagnostics.push(reportBind('CH426', args, place));
    }
    const columns = result.columns.map(({ name, type }) => ({
      name,
      type: declared.get(name.toLowerCase()) ?? type,
    }));
    binding.columns.set(seed.uniqueId, binding.cache.intern(columns));
    binding.toCheck.push(seed);
  }
}

/** dbt's reading of seeds: a header, quotes doubled, types from the whole file. */
function seedOptions({ config, path: file }: RenderedNode) {
  const given = config.delimiter === '\\t' ? '\t' : config.delimiter;
  const delimiter = given || (path.extname(file) === '.tsv' ? '\t' : ',');
  return { format: 'csv', header: true, delim: delimiter, quote: '"', escape: '"', sample_size: -1 };
}
