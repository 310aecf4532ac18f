import type { Located } from '../../1-load/index.ts';
import type { RenderedNode } from '../../2-render/index.ts';
import { nearest, reportBind } from '../../diagnostics/index.ts';
import type { Binding } from '../binding.ts';
import { isTemporal } from '../types.ts';

/** Checks that the columns which the audit and the training rely on exist: entity, prediction time, roles. */
export function checkRoles(binding: Binding): void {
  for (const node of binding.toCheck) {
    for (const entity of node.pointInTime?.entity ?? []) requireColumn(binding, node, entity, 'entity');
    const time = node.pointInTime?.predictionTime;
    if (time !== undefined) checkPredictionTime(binding, node, time);
    for (const { name, span, role } of node.columns) {
      if (role !== undefined) requireColumn(binding, node, { value: name, span }, role.value);
    }
  }
}

function checkPredictionTime(binding: Binding, node: RenderedNode, time: Located<string>): void {
  const type = requireColumn(binding, node, time, 'prediction time');
  if (type === undefined || isTemporal(type)) return;
  const args = { what: `The prediction time \`${time.value}\` of \`${node.name}\``, type };
  binding.diagnostics.push(reportBind('CH436', args, { span: time.span, node: node.uniqueId }));
}

/** The column's type, or undefined after a report. */
function requireColumn(
  binding: Binding,
  node: RenderedNode,
  { value, span }: Located<string>,
  role: string,
): string | undefined {
  const columns = binding.columns.get(node.uniqueId) ?? [];
  const found = columns.find(({ name }) => name.toLowerCase() === value.toLowerCase());
  if (found !== undefined) return found.type;
  const suggestion = nearest(
    value,
    columns.map(({ name }) => name),
  );
  const args = { model: node.name, column: value, role, nearest: suggestion };
  binding.diagnostics.push(reportBind('CH435', args, { span, node: node.uniqueId }));
  return undefined;
}
