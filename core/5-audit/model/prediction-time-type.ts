import type { RenderedNode } from '../../2-render/index.ts';
import type { AuditInput } from '../input.ts';

/** DuckDB's type of a model's prediction time. */
export function predictionTimeType(input: AuditInput, node: RenderedNode): string {
  const time = node.pointInTime?.predictionTime.value.toLowerCase();
  const column = input.bound.columns.get(node.uniqueId)?.find(({ name }) => name.toLowerCase() === time);
  return column?.type ?? 'TIMESTAMP';
}
