import { type Diagnostic, nearest, reportLoad } from '../../diagnostics/index.ts';
import type { FolderLayers } from '../build/folder-layers.ts';
import { startOf } from '../build/names.ts';
import type { BuiltNodes } from '../build/nodes.ts';
import type { PropertyEntry } from '../build/property-entries.ts';
import type { AuditPolicy } from '../project.ts';

/** Properties without a node, two property blocks for one node, and folder configuration that matches nothing. */
export function checkUnmatched(built: BuiltNodes, project: string): Diagnostic[] {
  const names: Readonly<Record<keyof BuiltNodes['entries'], Set<string>>> = {
    model: new Set(),
    seed: new Set(),
    snapshot: new Set(),
    test: new Set(built.singularTests.map(({ name }) => name)),
    analysis: new Set(built.analyses.map(({ name }) => name)),
  };
  for (const { name, kind } of built.nodes) names[kind].add(name);
  const diagnostics: Diagnostic[] = [];
  for (const [kind, known] of Object.entries(names)) {
    const entries = built.entries[kind as keyof typeof names];
    const first = new Map<string, PropertyEntry>();
    for (const entry of entries) {
      const { name } = entry;
      const before = first.get(name);
      if (before !== undefined) {
        const related = [{ span: before.span, message: 'the first block' }];
        diagnostics.push(reportLoad('CH118', { kind, name }, { span: entry.span, related }));
        continue;
      }
      first.set(name, entry);
      if (known.has(name)) continue;
      const other = built.nodes.find((node) => node.name === name)?.kind;
      const args = { kind, name, nearest: nearest(name, known), other };
      diagnostics.push(reportLoad('CH117', args, { span: entry.span }));
    }
  }
  return [...diagnostics, ...built.layers.flatMap((layers) => unusedFolders(layers, project))];
}

function unusedFolders(layers: FolderLayers, project: string): Diagnostic[] {
  return layers.unused().map(({ section, path, entry }) => {
    const isTop = !path.includes('.') && path !== project;
    const fix = isTop
      ? `What concerns this project stands under its name: \`${section}: {${project}: {${path}: ...}}\`.`
      : undefined;
    return reportLoad('CH126', { path, section, fix }, { span: layers.doc.keySpan(entry) });
  });
}

/** Models that the policy names. */
export function checkPolicyModels(
  built: BuiltNodes,
  policy: AuditPolicy | undefined,
  policyFile: string | undefined,
): Diagnostic[] {
  if (policy === undefined) return [];
  const models = built.nodes.filter(({ kind }) => kind === 'model').map(({ name }) => name);
  const known = new Set(models);
  const missing = (name: string): boolean => !known.has(name);
  const diagnostics: Diagnostic[] = [];
  for (const { model } of policy.waivers ?? []) {
    const { value: name, span } = model;
    if (!missing(name)) continue;
    diagnostics.push(
      reportLoad('CH131', { where: 'a waiver', name, nearest: nearest(name, models) }, { span }),
    );
  }
  for (const name of policy.models.keys() ?? []) {
    if (!missing(name)) continue;
    const args = { where: '`models` of the policy', name, nearest: nearest(name, models) };
    diagnostics.push(reportLoad('CH131', args, { span: startOf(policyFile ?? '') }));
  }
  return diagnostics;
}
