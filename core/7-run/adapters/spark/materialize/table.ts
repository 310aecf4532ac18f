import type { Materialized } from '../../../plan/materialization.ts';
import { aside } from '../../remote/aside.ts';
import type { SparkContext } from './context.ts';
import { createTable, dropOtherKind, dropTable, replaceFromAside } from './shared.ts';

/** A table: replaced in one commit when nothing is tested; otherwise built aside, tested there, then published. */
export function materializeTable(
  { node, existing, select, gated }: SparkContext,
  action: 'create table' | 'create incremental' = 'create table',
): Materialized {
  const other = dropOtherKind(existing, 'table');
  if (!gated) return { ok: true, action, statements: [...other, createTable(node, node.relation, select)] };
  return {
    ok: true,
    action,
    statements: [createTable(node, aside(node.relation), select)],
    publish: [...other, replaceFromAside(node)],
    cleanUp: [dropTable(aside(node.relation))],
  };
}
