import type { Materialized } from '../../../plan/materialization.ts';
import type { Action, Statement } from '../../../plan/plan.ts';
import type { ExistingRelation } from '../../adapter.ts';

export function planned(action: Action, statements: readonly Statement[]): Materialized {
  return { ok: true, action, statements };
}

/** A name changes from view to table or back: `or replace` refuses that, so the old kind goes first. */
export function dropOtherKind(
  existing: ExistingRelation | undefined,
  name: string,
  wanted: 'table' | 'view',
): Statement[] {
  if (existing === undefined || existing.kind === wanted) return [];
  return [{ sql: `drop ${existing.kind} ${name}` }];
}
