import type { Relation } from '../../../../2-render/index.ts';
import type { Materialized } from '../../../plan/materialization.ts';
import type { Statement } from '../../../plan/plan.ts';
import { aside } from '../../remote/aside.ts';
import type { TranslatedContext } from '../../remote/context.ts';
import { relationName } from '../quote.ts';
import { batch, drop } from './shared.ts';

/** A view, alone in its batch as T-SQL wants it; with tests, a view beside it is tested first. */
export function materializeView({ node, existing, select, gated }: TranslatedContext): Materialized {
  const final = [
    ...(existing?.kind === 'table' ? [drop(existing.relation)] : []),
    createView(node.relation, select),
  ];
  if (!gated) return { ok: true, action: 'create view', statements: final };
  return {
    ok: true,
    action: 'create view',
    statements: [createView(aside(node.relation), select)],
    publish: final,
    cleanUp: [drop(aside(node.relation), 'view')],
  };
}

export function createView(relation: Relation, select: string): Statement {
  return batch([`create or alter view ${relationName(relation)} as\n${select}`]);
}
