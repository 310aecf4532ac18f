import type { Located, SourceTable } from '../1-load/index.ts';
import { canonicalJson, digest } from './compile/hash.ts';
import { isTemplate } from './compile/yaml-template.ts';
import { renderColumn } from './render-node.ts';
import type { RenderedSource } from './rendered.ts';
import type { Rendering } from './rendering.ts';

/** A source table with the Jinja of its texts evaluated; undefined when disabled or when an error stood in the way. */
export function renderSource(rendering: Rendering, source: SourceTable): RenderedSource | undefined {
  if (!source.enabled) return undefined;
  const context = rendering.context({ uniqueId: source.uniqueId, name: source.name });
  const text = (located: Located<string> | undefined) =>
    located &&
    (isTemplate(located.value) ? rendering.text(located.value, located.span, context) : located.value);
  const rendered = (located: Located<string>): Located<string> => {
    const value = text(located) as string;
    return value === located.value ? located : { ...located, value };
  };
  const table: SourceTable = {
    ...source,
    ...(source.location && { location: rendered(source.location) }),
    ...(source.availableAt && { availableAt: rendered(source.availableAt) }),
    ...(source.description && { description: rendered(source.description) }),
    axioms: source.axioms.map(rendered),
    columns: source.columns.map((column) => renderColumn(column, (located) => text(located) as string)),
  };
  const relation = rendering.sourceRelation(source);
  if (rendering.failed.has(source.uniqueId)) return undefined;
  const location = table.location?.value;
  return {
    kind: 'source',
    uniqueId: source.uniqueId,
    name: source.name,
    sourceName: source.sourceName,
    path: source.span.file,
    description: table.description?.value ?? source.sourceDescription?.value ?? '',
    relation,
    ...(location !== undefined && { location }),
    table,
    hash: hashOf(table),
    span: source.span,
  };
}

/** What a source means: where it is read from, how, its columns and what is declared about them. */
function hashOf(table: SourceTable): string {
  const columns = table.columns.map(({ name, dataType, availableAt }) => [
    name,
    dataType?.value,
    availableAt?.value,
  ]);
  return digest(
    'source',
    canonicalJson([table.location?.value, table.readOptions, table.identifier?.value]),
    canonicalJson([
      table.availableAt?.value,
      table.axioms.map(({ value }) => value),
      table.primaryKey.map(({ value }) => value),
    ]),
    canonicalJson(columns),
  );
}
