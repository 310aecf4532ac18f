import type { Located } from '../located.ts';
import type { MonitoringRule } from '../prediction.ts';
import type { Exposure, Project, SelectorDefinition, UnitTestDeclaration } from '../project.ts';
import type { YamlDocument } from '../yaml/document.ts';
import { entriesOf, get, itemsOf, oneOrMany, textOf, toValue, type YamlNode } from '../yaml/tree.ts';

export function buildHooks(doc: YamlDocument): Project['hooks'] {
  const hooks = (key: string): Located<string>[] =>
    oneOrMany(get(doc.root, key)).flatMap((item) => doc.text(get(item, 'sql') ?? item) ?? []);
  return { onRunStart: hooks('on-run-start'), onRunEnd: hooks('on-run-end') };
}

export function buildExposure(doc: YamlDocument, project: string, node: YamlNode): Exposure {
  const name = textOf(get(node, 'name')) ?? '';
  return {
    uniqueId: `exposure.${project}.${name}`,
    name,
    span: doc.span(get(node, 'name') ?? node),
    values: Object.fromEntries(entriesOf(node).map((entry) => [entry.key, toValue(entry.value)])),
    dependsOn: itemsOf(get(node, 'depends_on')).flatMap((item) => doc.text(item) ?? []),
  };
}

export function buildUnitTest(doc: YamlDocument, node: YamlNode): UnitTestDeclaration {
  return {
    name: textOf(get(node, 'name')) ?? '',
    model: doc.text(get(node, 'model')) ?? { value: '', span: doc.span(node) },
    values: Object.fromEntries(entriesOf(node).map((entry) => [entry.key, toValue(entry.value)])),
    span: doc.span(get(node, 'name') ?? node),
  };
}

export function buildSelectors(doc: YamlDocument): SelectorDefinition[] {
  return itemsOf(get(doc.root, 'selectors')).map((node) => {
    const definition = get(node, 'definition');
    const isDefault = get(node, 'default');
    return {
      name: textOf(get(node, 'name')) ?? '',
      definition: definition === undefined ? null : toValue(definition),
      isDefault: isDefault?.kind === 'scalar' && isDefault.value === true,
      span: doc.span(node),
    };
  });
}

const pillars = ['data_quality', 'model_health', 'business'] as const;

/** `monitoring:` a list of rules for each pillar. */
export function buildMonitoring(doc: YamlDocument): MonitoringRule[] {
  const section = get(doc.root, 'monitoring');
  return pillars.flatMap((pillar) =>
    itemsOf(get(section, pillar)).map((node) => {
      const threshold = get(node, 'threshold');
      return {
        pillar,
        metric: textOf(get(node, 'metric')) ?? '',
        threshold: threshold === undefined ? null : toValue(threshold),
        action: textOf(get(node, 'action')) ?? '',
        span: doc.span(node),
      };
    }),
  );
}
