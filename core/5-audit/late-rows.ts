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
  const known = new Set(availabilityNames(input, node.uniqueId));
  return subqueriesOn(node.relation.identifier, sql)
    .filter(({ select, after }) => !LOOKS_BACK.test(select.replace(/'[^']*'/g, "''")) && !/^\s*-/.test(after))
    .map(({ select }) => /\bmax\s*\(\s*(?:"?\w+"?\s*\.\s*)?"?(\w+)"?/i.exec(select)?.[1]?.toLowerCase())
    .find(
      (column) =>
        column !== undefined &&
        !known.has(column) &&
        !/loaded|available|known|recorded|ingested/.test(column),
    );
}

/** Time is taken off the maximum: how late a row may be is up to whoever wrote it. */
const LOOKS_BACK = /-\s*(interval|to_\w+|\d)|date_(sub|add)\s*\(/i;

/** What is selected in each subquery in brackets that reads the table, and what follows the bracket. */
function subqueriesOn(table: string, sql: string): { readonly select: string; readonly after: string }[] {
  const name = table.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return [...sql.matchAll(new RegExp(`\\bfrom\\s+(?:"?\\w+"?\\s*\\.\\s*)*"?${name}\\b`, 'gi'))].flatMap(
    ({ index }) => {
      const open = bracketAround(sql, index, -1);
      const close = bracketAround(sql, index, 1);
      return open === undefined
        ? []
        : [{ select: sql.slice(open + 1, index), after: sql.slice((close ?? sql.length) + 1) }];
    },
  );
}

/** The bracket around a place, to the left (-1) or the right (1). */
function bracketAround(sql: string, place: number, step: -1 | 1): number | undefined {
  const [inner, outer] = step === 1 ? ['(', ')'] : [')', '('];
  let depth = 0;
  for (let at = place; at >= 0 && at < sql.length; at += step) {
    if (sql[at] === inner) depth += 1;
    else if (sql[at] === outer && depth-- === 0) return at;
  }
  return undefined;
}

/** Names that occur in the availabilities of the sources upstream. */
function availabilityNames(input: AuditInput, id: string): string[] {
  const node = input.graph.nodes.get(id);
  if (node?.kind === 'source') return node.table.availableAt?.value.toLowerCase().match(/\w+/g) ?? [];
  return (input.graph.parents.get(id) ?? []).flatMap((parent) => availabilityNames(input, parent));
}
