import { decodePlan } from '../../sql/index.ts';
import type { Binding } from '../binding.ts';
import type { ColumnLineage } from '../bound.ts';
import { literal, withoutSemicolon } from '../engine/sql-text.ts';
import { tableReads } from '../reads.ts';
import { ensureTables } from '../statement.ts';
import { planOrigins } from './plan-columns.ts';

/**
 * Which columns of what a node reads make up each of its columns, from DuckDB's bound plan of its SQL. Ephemeral
 * models are inlined: lineage names the tables behind them. Sources, seeds and failed nodes have none.
 */
export async function columnLineage(binding: Binding, uniqueId: string): Promise<readonly ColumnLineage[]> {
  const node = binding.rendered.nodes.get(uniqueId);
  const columns = binding.columns.get(uniqueId);
  if (node === undefined || node.kind === 'seed' || columns === undefined) return [];
  const reads = tableReads(binding)(uniqueId);
  await ensureTables(binding, reads);
  const engine = await binding.engine();
  const sql = withoutSemicolon(node.sql);
  const [row] = await engine.rows(`select json_serialize_plan(${literal(sql)})`);
  const plan = decodePlan(String(row?.[0]));
  if ('error' in plan) return [];
  const byName = new Map(
    reads.map((id) => {
      const relation = binding.graph.nodes.get(id)?.relation;
      return [`${relation?.schema}.${relation?.identifier}`.toLowerCase(), id] as const;
    }),
  );
  const origins = planOrigins(plan, ({ schema, table }, column) => {
    const id = byName.get(`${schema}.${table}`.toLowerCase());
    return id && JSON.stringify([id, column]);
  });
  return columns.map(({ name }, index) => ({
    column: name,
    from: [...(origins[index] ?? [])].map((key) => {
      const [from, column] = JSON.parse(key) as [string, string];
      return { node: from, column };
    }),
  }));
}
