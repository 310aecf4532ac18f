import type { RenderedNode } from '../../2-render/index.ts';
import type { BoundColumn } from '../../4-bind/index.ts';
import { quoteName, quoteRelation } from '../quote.ts';

/**
 * A snapshot as it stood at `moment`: versions recorded later are left out, and a version closed later is still
 * open. A snapshot's past cannot be rebuilt from its query, so its own record of it (`dbt_valid_from`,
 * `dbt_valid_to`) is what is masked.
 */
export function maskedSnapshot(
  node: RenderedNode,
  columns: readonly BoundColumn[],
  moment: string,
  database?: string,
): string {
  const names = new Set(columns.map(({ name }) => name.toLowerCase()));
  const select = columns.map(({ name }) =>
    name.toLowerCase() === 'dbt_valid_to'
      ? `case when ${quoteName(name)} <= ${moment} then ${quoteName(name)} end as ${quoteName(name)}`
      : quoteName(name),
  );
  const where = names.has('dbt_valid_from') ? ` where dbt_valid_from <= ${moment}` : '';
  return `select ${select.join(', ')} from ${quoteRelation(node.relation, database)}${where}`;
}
