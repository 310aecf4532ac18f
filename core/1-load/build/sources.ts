import type { ConfigValue, Located } from '../located.ts';
import type { ConfigLayer, SourceTable } from '../project.ts';
import type { YamlDocument } from '../yaml/document.ts';
import { entriesOf, get, itemsOf, oneOrMany, textOf, toValue, type YamlNode } from '../yaml/tree.ts';
import { buildColumns, metaOf, tagsOf } from './columns.ts';
import { buildTests } from './tests.ts';

/** The tables of one entry of `sources:`; what the source says holds for each table that does not say otherwise. */
export function buildSource(
  doc: YamlDocument,
  project: string,
  source: YamlNode,
  folderLayers: (source: string, table: string) => readonly ConfigLayer[],
): SourceTable[] {
  const isNamed = (node: YamlNode): boolean => textOf(get(node, 'name')) !== undefined;
  if (!isNamed(source)) return [];
  return itemsOf(get(source, 'tables'))
    .filter(isNamed)
    .map((table) => buildTable(doc, project, source, table, folderLayers));
}

function buildTable(
  doc: YamlDocument,
  project: string,
  source: YamlNode,
  table: YamlNode,
  folderLayers: (source: string, table: string) => readonly ConfigLayer[],
): SourceTable {
  const sourceName = textOf(get(source, 'name')) ?? '';
  const name = textOf(get(table, 'name')) ?? '';
  const configs = [get(source, 'config'), get(table, 'config')];
  const inherited = (key: string): YamlNode | undefined =>
    get(table, key) ?? get(configs[1], key) ?? get(source, key) ?? get(configs[0], key);
  const freshness = inherited('freshness');
  const layers = [
    ...folderLayers(sourceName, name),
    ...configs.flatMap((config) => (config === undefined ? [] : [configLayer(doc, config)])),
  ];
  const enabled = layers.findLast((layer) => layer.values.enabled !== undefined)?.values.enabled?.value;
  return {
    kind: 'source',
    uniqueId: `source.${project}.${sourceName}.${name}`,
    sourceName,
    name,
    span: doc.span(get(table, 'name') ?? table),
    description: doc.text(get(table, 'description')),
    sourceDescription: doc.text(get(source, 'description')),
    location: doc.text(get(table, 'location') ?? externalLocation(table)),
    readOptions: record(get(table, 'read_options')),
    database: doc.text(inherited('database')),
    schema: doc.text(inherited('schema')),
    identifier: doc.text(get(table, 'identifier')),
    availableAt: doc.text(inherited('available_at')),
    axioms: strings(doc, get(table, 'axioms')),
    history: doc.text(get(table, 'history')),
    primaryKey: strings(doc, get(table, 'primary_key')),
    columns: buildColumns(doc, table),
    tests: buildTests(doc, table),
    freshness: freshness === undefined ? undefined : toValue(freshness),
    loadedAtField: textOf(inherited('loaded_at_field')),
    tags: tagsOf(source, configs[0], table, configs[1]),
    meta: metaOf(source, configs[0], table, configs[1]),
    enabled: enabled !== false,
    layers,
  };
}

/** dbt-duckdb's `config: {external_location: ...}`, or `meta:`, names the files as our `location:` does. */
function externalLocation(table: YamlNode): YamlNode | undefined {
  return get(get(table, 'config'), 'external_location') ?? get(get(table, 'meta'), 'external_location');
}

function configLayer(doc: YamlDocument, config: YamlNode): ConfigLayer {
  const values = entriesOf(config).map((entry) => [entry.key, doc.located(entry.value)] as const);
  return { origin: 'properties', values: Object.fromEntries(values) };
}

function strings(doc: YamlDocument, node: YamlNode | undefined): Located<string>[] {
  return oneOrMany(node).flatMap((item) => doc.text(item) ?? []);
}

function record(node: YamlNode | undefined): Readonly<Record<string, ConfigValue>> {
  const value = node === undefined ? undefined : toValue(node);
  return isRecord(value) ? value : {};
}

function isRecord(value: ConfigValue | undefined): value is { readonly [key: string]: ConfigValue } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
