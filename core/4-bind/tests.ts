import type { RenderedTest } from '../2-render/index.ts';
import { nearest, reportBind } from '../diagnostics/index.ts';
import type { Binding } from './binding.ts';
import { explainer } from './explain/project-context.ts';
import { mapped } from './explain/site.ts';
import { isReady, tableReads } from './reads.ts';
import { bindStatements } from './statement.ts';

/** Built-in tests whose SQL is known to bind when their column exists. */
const builtIn = new Set(['unique', 'not_null', 'accepted_values', 'relationships']);

/** Tests made from what a source declares; the declarations themselves are checked, see sources/facts.ts. */
const sourceFacts = new Set(['axiom', 'primary_key', 'primary_key_not_null']);

/**
 * Checks data tests. A built-in test needs its columns only, which are known by now; tests with a `where`, of
 * macros and of files are bound as SQL.
 */
export async function bindTests(binding: Binding): Promise<void> {
  const readsOf = tableReads(binding);
  const explain = explainer(binding);
  const planned: RenderedTest[] = [];
  for (const test of binding.rendered.tests.values()) {
    const { generic } = test;
    if (!isReady(binding, test) || sourceFacts.has(generic?.test ?? '')) continue;
    if (generic === undefined || !builtIn.has(generic.test)) {
      planned.push(test);
      continue;
    }
    const { column } = generic;
    const isName = column !== undefined && /^\w+$/.test(column);
    if (isName && !hasColumn(binding, test, generic.attachedTo, column)) continue;
    const isKnown = isName && test.config.where === undefined && fieldExists(binding, test);
    if (isKnown === 'reported') continue;
    if (isKnown !== true) planned.push(test);
  }
  const results = await bindStatements(
    binding,
    planned.map(({ uniqueId, hash, sql }) => ({ id: uniqueId, hash, sql, reads: readsOf(uniqueId) })),
  );
  for (const [index, test] of planned.entries()) {
    const result = results[index];
    if (result === undefined || 'columns' in result) continue;
    const { sql, map, span, uniqueId, name } = test;
    const site = { sql, originOf: mapped(map), span, node: uniqueId, name };
    binding.diagnostics.push(explain(result.error, site, readsOf(uniqueId)));
  }
}

function hasColumn(binding: Binding, test: RenderedTest, of: string, column: string): boolean {
  const columns = binding.columns.get(of);
  if (columns === undefined) return true;
  const names = columns.map(({ name }) => name);
  if (names.some((name) => name.toLowerCase() === column.toLowerCase())) return true;
  const args = {
    test: test.generic?.test ?? test.name,
    column,
    model: binding.graph.nodes.get(of)?.name ?? of,
    nearest: nearest(column, names),
  };
  binding.diagnostics.push(reportBind('CH440', args, { span: test.span, node: test.uniqueId }));
  return false;
}

/** For `relationships`: whether the other side has the field. Undefined where only SQL can tell. */
function fieldExists(binding: Binding, test: RenderedTest): true | undefined | 'reported' {
  const { generic } = test;
  if (generic?.test !== 'relationships') return true;
  const { field } = generic.arguments;
  const others = test.dependsOn.filter((id) => id !== generic.attachedTo);
  const to = others.length === 0 ? generic.attachedTo : others[0];
  if (others.length > 1 || to === undefined || typeof field !== 'string' || !/^\w+$/.test(field))
    return undefined;
  return hasColumn(binding, test, to, field) ? true : 'reported';
}
