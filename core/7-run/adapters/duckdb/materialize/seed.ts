import { extname, resolve } from 'node:path';
import type { RenderedNode } from '../../../../2-render/index.ts';
import type { BoundColumn } from '../../../../4-bind/index.ts';
import { literal, relationName } from '../quote.ts';
import { dropOtherKind, type Materialize, planned } from './context.ts';

/** A CSV file as a table: declared column types, the others from the whole file (not a sample of it). */
export const materializeSeed: Materialize = ({ node, existing, root, columns }) => {
  const name = relationName(node.relation);
  return planned('load seed', [
    ...dropOtherKind(existing, name, 'table'),
    { sql: `create or replace table ${name} as from ${seedReader(node, root, columns)}` },
  ]);
};

/** `read_csv(...)` of a seed. Types of `column_types` first, then those found when binding, else sniffed. */
export function seedReader(node: RenderedNode, root: string, bound: readonly BoundColumn[]): string {
  const declared = new Map(
    Object.entries(node.config.columnTypes).map(([name, type]) => [name.toLowerCase(), type]),
  );
  const types =
    bound.length > 0
      ? bound.map(({ name, type }) => [name, declared.get(name.toLowerCase()) ?? type] as const)
      : Object.entries(node.config.columnTypes);
  const options = [
    'header = true',
    `delim = ${literal(delimiterOf(node))}`,
    `quote = '"'`,
    `escape = '"'`,
    'sample_size = -1',
    ...(types.length > 0
      ? [`types = {${types.map(([name, type]) => `${literal(name)}: ${literal(type)}`).join(', ')}}`]
      : []),
  ];
  return `read_csv(${literal(resolve(root, node.path))}, ${options.join(', ')})`;
}

function delimiterOf(node: RenderedNode): string {
  const { delimiter } = node.config;
  if (delimiter !== '') return delimiter === '\\t' ? '\t' : delimiter;
  return extname(node.path) === '.tsv' ? '\t' : ',';
}
