import type { Relation } from '../../../2-render/index.ts';

/** Where a node is built before its tests have passed: beside the published relation. */
export function aside(relation: Relation, suffix = 'new'): Relation {
  return { ...relation, identifier: `${relation.identifier}__churn_${suffix}` };
}
