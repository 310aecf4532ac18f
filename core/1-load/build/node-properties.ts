import type { ConfigValue, Located } from '../located.ts';
import type { ConfigLayer, NodeProperties, PointInTime } from '../project.ts';
import type { YamlDocument } from '../yaml/document.ts';
import { entriesOf, get, itemsOf, oneOrMany, toValue, type YamlNode } from '../yaml/tree.ts';
import { buildColumns } from './columns.ts';
import { buildTests } from './tests.ts';

/** What an entry of `models:`, `seeds:`, `snapshots:` or `tests:` says about its node. */
export function buildNodeProperties(doc: YamlDocument, node: YamlNode): NodeProperties {
  const docs = get(node, 'docs');
  return {
    name: doc.text(get(node, 'name')) ?? { value: '', span: doc.span(node) },
    span: doc.span(node),
    description: doc.text(get(node, 'description')),
    docs: docs === undefined ? undefined : toValue(docs),
    columns: buildColumns(doc, node),
    tests: buildTests(doc, node),
    constraints: itemsOf(get(node, 'constraints')).map((item) => doc.located(item)),
    config: buildPropertiesLayer(doc, node),
    pointInTime: buildPointInTime(doc, get(node, 'point_in_time')),
    history: doc.text(get(node, 'history')),
  };
}

/** Keys dbt lets one write beside `config:` as well as within it. */
const besideConfig = ['tags', 'meta', 'docs', 'enabled', 'contract'] as const;

function buildPropertiesLayer(doc: YamlDocument, node: YamlNode): ConfigLayer {
  const values: Record<string, Located<ConfigValue>> = {};
  for (const key of besideConfig) {
    const value = get(node, key);
    if (value !== undefined) values[key] = doc.located(value);
  }
  for (const entry of entriesOf(get(node, 'config'))) {
    values[entry.key.replace(/^\+/, '')] = doc.located(entry.value);
  }
  return { origin: 'properties', values };
}

function buildPointInTime(doc: YamlDocument, node: YamlNode | undefined): PointInTime | undefined {
  const predictionTime = doc.text(get(node, 'prediction_time'));
  if (node === undefined || predictionTime === undefined) return undefined;
  return {
    entity: oneOrMany(get(node, 'entity')).flatMap((item) => doc.text(item) ?? []),
    predictionTime,
    span: doc.span(node),
  };
}
