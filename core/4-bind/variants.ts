import type { RenderedNode } from '../2-render/index.ts';
import { reportBind } from '../diagnostics/index.ts';
import type { Binding } from './binding.ts';
import { textHash } from './engine/sql-text.ts';
import { explainer } from './explain/project-context.ts';
import { mapped, type Site } from './explain/site.ts';
import { tableReads } from './reads.ts';
import { bindStatements, type Statement } from './statement.ts';

interface Variant {
  readonly node: RenderedNode;
  readonly statement: Statement;
  readonly site: Omit<Site, 'visible'>;
  readonly kind: 'incremental' | 'hook';
}

/** Binds what else a node runs: its incremental SQL, and hooks that are selects. Both may read the node itself. */
export async function bindVariants(binding: Binding): Promise<void> {
  const readsOf = tableReads(binding);
  const explain = explainer(binding);
  const variants: Variant[] = [];
  for (const node of binding.rendered.nodes.values()) {
    const { uniqueId, config } = node;
    const hooks = config.preHook.length + config.postHook.length;
    if (hooks === 0 && config.materialized !== 'incremental') continue;
    if (!binding.columns.has(uniqueId)) continue;
    const { name, span } = node;
    const reads = [...readsOf(uniqueId), uniqueId];
    if (node.incremental !== undefined) {
      const { sql, map } = node.incremental;
      const statement = { id: `${uniqueId} incremental`, hash: textHash(sql), sql, reads };
      const site = { sql, originOf: mapped(map), span, node: uniqueId, name };
      variants.push({ node, statement, site, kind: 'incremental' });
    }
    for (const [index, sql] of [...config.preHook, ...config.postHook].entries()) {
      if (!/^\s*(?:select|with|from)\b/i.test(sql)) continue;
      const statement = { id: `${uniqueId} hook ${index}`, hash: textHash(sql), sql, reads };
      const site = { sql, originOf: () => undefined, span, node: uniqueId, name };
      variants.push({ node, statement, site, kind: 'hook' });
    }
  }
  const results = await bindStatements(
    binding,
    variants.map(({ statement }) => statement),
  );
  for (const [index, { node, statement, site, kind }] of variants.entries()) {
    const result = results[index];
    if (result === undefined) continue;
    if ('error' in result) {
      binding.diagnostics.push(explain(result.error, site, statement.reads));
      continue;
    }
    if (kind === 'incremental') reportOtherColumns(binding, node, new Set(result.columns.map(lower)));
  }
}

function reportOtherColumns(binding: Binding, node: RenderedNode, then: ReadonlySet<string>): void {
  const full = new Set((binding.columns.get(node.uniqueId) ?? []).map(lower));
  const missing = [...full].filter((name) => !then.has(name));
  const extra = [...then].filter((name) => !full.has(name));
  if (missing.length === 0 && extra.length === 0) return;
  const args = { model: node.name, missing, extra };
  binding.diagnostics.push(reportBind('CH442', args, { span: node.span, node: node.uniqueId }));
}

function lower({ name }: { readonly name: string }): string {
  return name.toLowerCase();
}
