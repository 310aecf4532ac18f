import type { Relation } from '../../../../2-render/index.ts';
import type { Materialized } from '../../../plan/materialization.ts';
import type { Statement } from '../../../plan/plan.ts';
import { aside } from '../../remote/aside.ts';
import { relationName } from '../quote.ts';
import type { SparkContext } from './context.ts';
import { dropOtherKind, dropView } from './shared.ts';

/** A view; with tests, a view beside it is tested first. */
export function materializeView({ node, existing, select, gated }: SparkContext): Materialized {
  const create = (relation: Relation): Statement => ({
    sql: `create or replace view ${relationName(relation)} as\n${select}`,
    countsRows: false,
  });
  const final = [...dropOtherKind(existing, 'view'), create(node.relation)];
  if (!gated) return { ok: true, action: 'create view', statements: final };
  return {
    ok: true,
    action: 'create view',
    statements: [create(aside(node.relation))],
    publish: final,
    cleanUp: [dropView(aside(node.relation))],
  };
}
