import type { ColumnProperties } from '../../1-load/index.ts';
import type { RenderedNode } from '../../2-render/index.ts';
import { nearest, reportBind, type Span } from '../../diagnostics/index.ts';
import type { Binding } from '../binding.ts';
import type { BoundColumn } from '../bound.ts';
import { canonicalTypes } from '../declared-types.ts';

/** Compares declared columns with bound ones: strictly where the contract is enforced, else only their names. */
export async function checkContracts(binding: Binding): Promise<void> {
  const enforced = binding.toCheck.filter(({ config }) => config.contractEnforced);
  const types = await canonicalTypes(
    binding,
    enforced.flatMap(({ columns, uniqueId }) =>
      columns.flatMap(({ name, dataType }) =>
        dataType === undefined
          ? []
          : [{ column: name, type: dataType.value, span: dataType.span, node: uniqueId }],
      ),
    ),
  );
  for (const node of binding.toCheck) {
    const actual = binding.columns.get(node.uniqueId) ?? [];
    if (node.config.contractEnforced) checkEnforced(binding, node, actual, types);
    else if (node.columns.length > 0) checkDescribed(binding, node, actual);
  }
}

function checkEnforced(
  binding: Binding,
  node: RenderedNode,
  actual: readonly BoundColumn[],
  types: ReadonlyMap<string, string>,
): void {
  const model = node.name;
  const byName = new Map(actual.map((column) => [column.name.toLowerCase(), column]));
  const declared = new Map(node.columns.map((column) => [column.name.toLowerCase(), column]));
  const undeclared = actual.filter(({ name }) => !declared.has(name.toLowerCase())).map(({ name }) => name);
  const report = binding.diagnostics;
  for (const column of node.columns) {
    const found = byName.get(column.name.toLowerCase());
    const place = { span: column.span, node: node.uniqueId };
    if (found === undefined) {
      const suggestion = nearest(column.name, undeclared);
      report.push(reportBind('CH430', { model, column: column.name, nearest: suggestion }, place));
    } else if (column.dataType === undefined) {
      report.push(reportBind('CH433', { model, column: column.name, actual: found.type }, place));
    } else {
      const type = types.get(column.dataType.value);
      if (type === undefined || type === found.type) continue;
      const args = { model, column: column.name, declared: type, actual: found.type };
      report.push(reportBind('CH432', args, { span: column.dataType.span, node: node.uniqueId }));
    }
  }
  const missing = node.columns.filter(({ name }) => !byName.has(name.toLowerCase())).map(({ name }) => name);
  for (const { name, type } of actual) {
    if (declared.has(name.toLowerCase())) continue;
    const args = { model, column: name, type, nearest: nearest(name, missing) };
    const span = declaredAt(binding, node);
    report.push(reportBind('CH431', args, { span, node: node.uniqueId }));
  }
}

/** Where the contract stands: the model's name in its properties. */
function declaredAt({ project }: Binding, node: RenderedNode): Span {
  const properties = project.nodes.find(({ uniqueId }) => uniqueId === node.uniqueId)?.properties;
  return properties?.name.span ?? node.span;
}

function checkDescribed(binding: Binding, node: RenderedNode, actual: readonly BoundColumn[]): void {
  const names = actual.map(({ name }) => name);
  const existing = new Set(names.map((name) => name.toLowerCase()));
  for (const column of node.columns) {
    if (existing.has(column.name.toLowerCase()) || isCheckedElsewhere(column)) continue;
    const args = { model: node.name, column: column.name, nearest: nearest(column.name, names) };
    binding.diagnostics.push(reportBind('CH434', args, { span: column.span, node: node.uniqueId }));
  }
}

/** A missing label, weight or feature is an error of its own, not only a stale description. */
function isCheckedElsewhere({ role }: ColumnProperties): boolean {
  return role !== undefined;
}
