import type { RenderedNode } from '../2-render/index.ts';
import { reportBind } from '../diagnostics/index.ts';
import type { Binding } from './binding.ts';
import type { BoundColumn } from './bound.ts';
import { explainer } from './explain/project-context.ts';
import { mapped } from './explain/site.ts';
import { relationsByName, reportHardCodedReads } from './hard-coded.ts';
import { isReady, tableReads } from './reads.ts';
import { snapshotColumns } from './snapshots.ts';
import { bindStatements, type Statement } from './statement.ts';
import { hasNamelessFields } from './types.ts';

/** Binds models and snapshots, parents before children, all of a level together. */
export async function bindModels(binding: Binding): Promise<void> {
  const readsOf = tableReads(binding);
  const explain = explainer(binding);
  let index: ReturnType<typeof relationsByName> | undefined;
  const byName = () => {
    index ??= relationsByName(binding);
    return index;
  };
  for (const level of levels(binding)) {
    const ready = level.filter((node) => isReady(binding, node));
    const statements = ready.map(
      (node): Statement => ({
        id: node.uniqueId,
        hash: node.hash,
        get sql() {
          return node.sql;
        },
        reads: readsOf(node.uniqueId),
      }),
    );
    const results = await bindStatements(binding, statements);
    for (const [index, node] of ready.entries()) {
      const result = results[index];
      const reads = statements[index]?.reads ?? [];
      if (result !== undefined && 'columns' in result) {
        const nameless = result.columns.find(({ type }) => hasNamelessFields(type));
        if (nameless !== undefined) {
          binding.failed.add(node.uniqueId);
          const args = { column: nameless.name, model: node.name, type: nameless.type };
          binding.diagnostics.push(reportBind('CH445', args, { span: node.span, node: node.uniqueId }));
          continue;
        }
        binding.columns.set(node.uniqueId, binding.cache.intern(snapshotColumns(node, result.columns)));
        if (binding.cache.isClean(node.uniqueId)) continue;
        binding.toCheck.push(node);
        reportDuplicateColumns(binding, node, result.columns);
        reportHardCodedReads(binding, node, reads, byName());
        continue;
      }
      binding.failed.add(node.uniqueId);
      if (result === undefined) continue;
      const { uniqueId, name, sql, map, span } = node;
      const site = { sql, originOf: mapped(map), span, node: uniqueId, name };
      binding.diagnostics.push(explain(result.error, site, reads));
    }
  }
}

function levels({ graph, rendered }: Binding): RenderedNode[][] {
  const depth = new Map<string, number>();
  const found: RenderedNode[][] = [];
  for (const id of graph.order) {
    const node = rendered.nodes.get(id);
    if (node === undefined || node.kind === 'seed') continue;
    let level = 0;
    for (const parent of graph.parents.get(id) ?? []) level = Math.max(level, (depth.get(parent) ?? -1) + 1);
    depth.set(id, level);
    const list = found[level];
    if (list) list.push(node);
    else found[level] = [node];
  }
  return found;
}

function reportDuplicateColumns(binding: Binding, node: RenderedNode, columns: readonly BoundColumn[]): void {
  const seen = new Set<string>();
  for (const { name } of columns) {
    const key = name.toLowerCase();
    if (seen.has(key)) {
      const args = { column: name, model: node.name, renamed: `${name}_1` };
      binding.diagnostics.push(reportBind('CH419', args, { span: node.span, node: node.uniqueId }));
    }
    seen.add(key);
  }
}
