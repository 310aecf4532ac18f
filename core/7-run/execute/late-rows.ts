import { type Diagnostic, reportRun } from '../../diagnostics/index.ts';
import type { Session } from '../adapters/adapter.ts';
import type { NodeStep } from '../plan/plan.ts';

/** What late rows have done to past prediction times of a node, within its transaction. */
export async function lateRows({ late, name, node }: NodeStep, session: Session): Promise<Diagnostic[]> {
  if (late === undefined) return [];
  const { rows } = await session.query(late.sql);
  if (rows.length === 0) return [];
  const times = rows.map(([time, entities, columns]) => {
    const count = Number(entities);
    return `${String(time)} (${count} ${count === 1 ? 'row' : 'rows'}: ${String(columns)})`;
  });
  const args = { model: name, times, restated: late.restated };
  return [reportRun('CH734', args, { node: node.uniqueId, span: node.span })];
}
