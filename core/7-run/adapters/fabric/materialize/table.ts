import type { Materialized } from '../../../plan/materialization.ts';
import { aside } from '../../remote/aside.ts';
import type { TranslatedContext } from '../../remote/context.ts';
import { createTable, drop, swapIn } from './shared.ts';

/** A table: built aside, tested there, then swapped in by rename. Readers see the old rows until then. */
export function materializeTable(
  { node, existing, select }: TranslatedContext,
  action: 'create table' | 'create incremental' = 'create table',
): Materialized {
  return {
    ok: true,
    action,
    statements: [createTable(node, aside(node.relation), select, true)],
    publish: [swapIn(node, existing)],
    cleanUp: [drop(aside(node.relation))],
  };
}
