import type { Rendered, RenderedNode } from '../2-render/index.ts';
import { reportBind } from '../diagnostics/index.ts';
import type { Binding } from './binding.ts';
import { referenceTo } from './explain/project-context.ts';
import { mapped, placeOf } from './explain/site.ts';

const reads = /\b(?:from|join)\s+((?:"(?:[^"]|"")*"|\w+)(?:\s*\.\s*(?:"(?:[^"]|"")*"|\w+)){1,2})/gi;

/**
 * Reports tables of the project that SQL names instead of refers to. They bind only when some other node happens
 * to have needed them, and the order of the build does not know them.
 */
export function reportHardCodedReads(
  binding: Binding,
  node: RenderedNode,
  known: readonly string[],
  byName: ReadonlyMap<string, Rendered>,
): void {
  for (const match of node.sql.matchAll(reads)) {
    const parts = [...(match[1] as string).matchAll(/"((?:[^"]|"")*)"|(\w+)/g)].map(
      (part) => part[1]?.replaceAll('""', '"') ?? (part[2] as string),
    );
    const target = byName.get(parts.slice(-2).join('.').toLowerCase());
    if (target === undefined || target.uniqueId === node.uniqueId || known.includes(target.uniqueId))
      continue;
    const site = {
      sql: node.sql,
      originOf: mapped(node.map),
      span: node.span,
      node: node.uniqueId,
      name: node.name,
      visible: () => [],
    };
    const offset = match.index + match[0].length - (match[1] as string).length;
    const place = placeOf(site, Buffer.byteLength(node.sql.slice(0, offset)));
    const args = { name: parts.join('.'), reference: referenceTo(target) };
    binding.diagnostics.push(reportBind('CH418', args, place));
  }
}

/** Relations of the project by `schema.identifier`, in lower case. */
export function relationsByName({ graph }: Pick<Binding, 'graph'>): ReadonlyMap<string, Rendered> {
  const index = new Map<string, Rendered>();
  for (const node of graph.nodes.values()) {
    if (node.kind === 'test') continue;
    index.set(`${node.relation.schema}.${node.relation.identifier}`.toLowerCase(), node);
  }
  return index;
}
