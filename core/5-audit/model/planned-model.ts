import type { RenderedNode } from '../../2-render/index.ts';
import type { Span } from '../../diagnostics/index.ts';
import { decodePlan } from '../../sql/index.ts';
import { parseSql } from '../place/parse-sql.ts';
import { type PlannedModel, Unreadable } from '../plan/analysis.ts';
import type { Catalog } from './catalog.ts';

/** Plans a model against the catalog. Throws {@link Unreadable} with the reason when that cannot be read. */
export async function planModel(catalog: Catalog, node: RenderedNode): Promise<PlannedModel> {
  let plan: ReturnType<typeof decodePlan>;
  try {
    plan = decodePlan(await catalog.engine.plan(node.sql));
  } catch (error) {
    throw new Unreadable(`the plan of ${node.name} cannot be read: ${firstLine((error as Error).message)}`);
  }
  if ('error' in plan) throw new Unreadable(`${node.name} cannot be planned: ${firstLine(plan.error)}`);
  return {
    uniqueId: node.uniqueId,
    name: node.name,
    plan,
    columns: catalog.columns(node.uniqueId).map(({ name }) => name),
    types: catalog.columns(node.uniqueId).map(({ type }) => type),
    sql: node.sql,
    parse: () => parseSql(catalog.engine, node.sql),
    placeOf: (offset) => (offset === undefined ? node.span : (node.map.originOf(offset)?.span ?? node.span)),
    placeOfTable: (table) => placeOfTable(node, table),
  };
}

/** Where the SQL first names the table, quoted or not; the whole model when it does not. */
function placeOfTable(node: RenderedNode, table: string): Span {
  const escaped = table.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const found = new RegExp(`(?:from|join|,)\\s+[^\\s,()]*?"?\\b${escaped}\\b`, 'i').exec(node.sql);
  if (found === null) return node.span;
  const offset = found.index + found[0].length - table.length;
  return node.map.originOf(offset)?.span ?? node.span;
}

function firstLine(text: string): string {
  return text.split('\n')[0] ?? text;
}
