import type { RenderedNode } from '../2-render/index.ts';
import { type Diagnostic, reportAudit } from '../diagnostics/index.ts';
import type { AuditInput } from './input.ts';

/**
 * Warns of incremental models whose filter compares, with a maximum of the model's own table, a column that is
 * no availability of any source it reads. A heuristic on the text: it may miss filters spelt otherwise.
 */
export function lateRowWarnings(input: AuditInput, ids: Iterable<string>): Diagnostic[] {
  const found: Diagnostic[] = [];
  for (const id of ids) {
    const node = input.graph.nodes.get(id);
    if (node?.kind !== 'model' || node.incremental === undefined) continue;
    const column = frozenColumn(input, node, node.incremental.sql);
    if (column !== undefined) {
      found.push(reportAudit('CH504', { model: node.name, column }, { span: node.span, node: id }));
    }
  }
  return found;
}

function frozenColumn(input: AuditInput, node: RenderedNode, sql: string): string | undefined {
  const own = node.relation.identifier.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const maximum = new RegExp(`max\\s*\\(\\s*"?(\\w+)"?\\s*\\)[^()]*from[^()]*${own}`, 'i').exec(sql);
  const column = maximum?.[1]?.toLowerCase();
  if (column === undefined) return undefined;
  const known = new Set(availabilityNames(input, node.uniqueId));
  return known.has(column) || /loaded|available|known|recorded|ingested/.test(column) ? undefined : column;
}

/** Names that occur in the availabilities of the sources upstream. */
function availabilityNames(input: AuditInput, id: string): string[] {
  const node = input.graph.nodes.get(id);
  if (node?.kind === 'source') return node.table.availableAt?.value.toLowerCase().match(/\w+/g) ?? [];
  return (input.graph.parents.get(id) ?? []).flatMap((parent) => availabilityNames(input, parent));
}
