import { type Diagnostic, nearest, reportLoad } from '../../diagnostics/index.ts';
import type { FolderLayers } from '../build/folder-layers.ts';
import type { BuiltNodes } from '../build/nodes.ts';
import type { PropertyEntry } from '../build/property-entries.ts';
import type { AuditPolicy, Located, PredictionConfig } from '../project.ts';
import { startOf } from './unique.ts';

/** Properties without a node, two property blocks for one node, and folder configuration that matches nothing. */
export function checkUnmatched(
  built: BuiltNodes,
  project: string,
  /** Feature views are models whose names are known only later. */
  hasFeatures: boolean,
): Diagnostic[] {
  const kinds = new Map(built.nodes.map(({ name, kind }) => [`${kind} ${name}`, kind]));
  for (const { name } of built.singularTests) kinds.set(`test ${name}`, 'model');
  for (const { name } of built.analyses) kinds.set(`analysis ${name}`, 'model');
  const kindOfName = new Map<string, string>(built.nodes.map(({ name, kind }) => [name, kind]));
  const diagnostics: Diagnostic[] = [];
  for (const [kind, entries] of Object.entries(built.entries)) {
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
      if (kinds.has(`${kind} ${name}`) || (kind === 'model' && hasFeatures)) continue;
      const other = kindOfName.get(name);
      const candidates = [...kinds.keys()]
        .filter((key) => key.startsWith(`${kind} `))
        .map((key) => key.slice(kind.length + 1));
      const args = { kind, name, nearest: nearest(name, candidates), other };
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

/** Models that the policy and `prediction:` name. */
export function checkNamedModels(
  built: BuiltNodes,
  policy: AuditPolicy | undefined,
  policyFile: string | undefined,
  prediction: PredictionConfig | undefined,
): Diagnostic[] {
  const models = built.nodes.filter(({ kind }) => kind === 'model').map(({ name }) => name);
  const known = new Set(models);
  const missing = (name: string): boolean => !known.has(name) && !name.includes('{{');
  const diagnostics: Diagnostic[] = [];
  if (prediction !== undefined && missing(prediction.model.value)) {
    const { value, span } = prediction.model;
    const args = {
      what: '`model` of `prediction`',
      problem: `is \`${value}\`, and there is no such model`,
      nearest: nearest(value, models),
      fix: 'Name the model whose rows are predicted, without its schema.',
    };
    diagnostics.push(reportLoad('CH112', args, { span }));
  }
  const unknown = ({ value: name, span }: Located<string>): Diagnostic =>
    reportLoad('CH117', { kind: 'model', name, nearest: nearest(name, models) }, { span });
  for (const waiver of policy?.waivers ?? [])
    if (missing(waiver.model.value)) diagnostics.push(unknown(waiver.model));
  for (const name of policy?.models.keys() ?? []) {
    if (missing(name)) diagnostics.push(unknown({ value: name, span: startOf(policyFile ?? '') }));
  }
  return diagnostics;
}
