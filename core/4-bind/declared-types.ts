import { nearest, reportBind, type Span } from '../diagnostics/index.ts';
import type { Binding } from './binding.ts';
import type { BoundColumn } from './bound.ts';
import { textHash } from './engine/sql-text.ts';
import { bindStatements } from './statement.ts';
import { canonicalType } from './types.ts';

export interface TypeDeclaration {
  readonly column: string;
  readonly type: string;
  readonly span?: Span;
  readonly node: string;
}

const known = [
  'bigint',
  'integer',
  'double',
  'varchar',
  'boolean',
  'date',
  'timestamp',
  'timestamptz',
  'decimal',
];

/** DuckDB's spelling of declared types by their text; types that do not exist are reported and left out. */
export async function canonicalTypes(
  binding: Binding,
  declarations: readonly TypeDeclaration[],
): Promise<ReadonlyMap<string, string>> {
  const types = new Map<string, string>();
  const unknown = new Map<string, TypeDeclaration[]>();
  for (const declaration of declarations) {
    const { type } = declaration;
    if (types.has(type)) continue;
    const canonical = canonicalType(type);
    if (canonical !== undefined) types.set(type, canonical);
    else unknown.set(type, [...(unknown.get(type) ?? []), declaration]);
  }
  const asked = [...unknown.keys()];
  const statements = asked.map((type) => ({
    id: `type ${type}`,
    hash: textHash(type),
    sql: `select null::${type} as value`,
    reads: [],
  }));
  const answers = await bindStatements(binding, statements);
  for (const [index, type] of asked.entries()) {
    const answer = answers[index];
    const [column]: readonly BoundColumn[] = answer && 'columns' in answer ? answer.columns : [];
    if (column !== undefined) {
      types.set(type, column.type);
      continue;
    }
    for (const { column: name, span, node } of unknown.get(type) ?? []) {
      const args = { name: type, column: name, nearest: nearest(type, known) };
      binding.diagnostics.push(reportBind('CH423', args, { span, node }));
    }
  }
  return types;
}
