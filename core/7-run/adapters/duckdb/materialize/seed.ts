import { extname } from 'node:path';
import type { ConfigValue } from '../../../../1-load/index.ts';
import type { RenderedNode } from '../../../../2-render/index.ts';
import { type BoundColumn, readerCall } from '../../../../4-bind/index.ts';
import type { Materialize } from '../../../plan/materialization.ts';
import { relationName } from '../quote.ts';
import { dropOtherKind, planned } from './shared.ts';

/** A CSV file as a table, in the types of `column_types`, then those found when binding. */
export const materializeSeed: Materialize = ({ node, existing, root, columns }) => {
  const name = relationName(node.relation);
  return planned('load seed', [
    ...dropOtherKind(existing, name, 'table'),
    { sql: `create or replace table ${name} as from ${seedReader(node, root, columns)}` },
  ]);
};

/**
 * The reader of a seed. With bound columns nothing is guessed any more, so a row that does not fit is an error with
 * its line; without them DuckDB looks at the whole file (not at a sample of it).
 */
export function seedReader(node: RenderedNode, root: string, bound: readonly BoundColumn[]): string {
  const { columnTypes } = node.config;
  const declared = new Map(Object.entries(columnTypes).map(([name, type]) => [name.toLowerCase(), type]));
  const typed = bound.map(({ name, type }) => [name, declared.get(name.toLowerCase()) ?? type] as const);
  const common = { format: 'csv', header: true, delim: delimiterOf(node), quote: '"', escape: '"' };
  const types: Readonly<Record<string, ConfigValue>> =
    typed.length > 0
      ? { auto_detect: false, columns: Object.fromEntries(typed) }
      : { sample_size: -1, ...(declared.size > 0 ? { types: columnTypes } : {}) };
  return readerCall(node.path, { ...common, ...types }, root);
}

function delimiterOf(node: RenderedNode): string {
  const { delimiter } = node.config;
  if (delimiter !== '') return delimiter === '\\t' ? '\t' : delimiter;
  return extname(node.path) === '.tsv' ? '\t' : ',';
}
