import type { ConfigValue, Located, SourceTable } from '../project.ts';
import type { YamlDocument } from '../yaml/document.ts';
import { get, itemsOf, oneOrMany, textOf, toValue, type YamlNode } from '../yaml/tree.ts';
import { buildColumns, metaOf, tagsOf } from './columns.ts';
import { buildTests } from './tests.ts';

/** The tables of one entry of `sources:`; what the source says holds for each table that does not say otherwise. */
export function buildSource(doc: YamlDocument, project: string, source: YamlNode): SourceTable[] {
  return itemsOf(get(source, 'tables')).map((table) => buildTable(doc, project, source, table));
}

function buildTable(doc: YamlDocument, project: string, source: YamlNode, table: YamlNode): SourceTable {
  const sourceName = textOf(get(source, 'name')) ?? '';
  const name = textOf(get(table, 'name')) ?? '';
  const configs = [get(source, 'config'), get(table, 'config')];
  const inherited = (key: string): YamlNode | undefined =>
    get(table, key) ?? get(configs[1], key) ?? get(source, key) ?? get(configs[0], key);
  const freshness = inherited('freshness');
  const schema = inherited('schema');
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
    schema: doc.text(schema),
    identifier: doc.text(get(table, 'identifier')),
    availableAt: doc.text(inherited('available_at')),
    axioms: strings(doc, get(table, 'axioms')),
    primaryKey: strings(doc, get(table, 'primary_key')),
    columns: buildColumns(doc, table),
    tests: buildTests(doc, table),
    freshness: freshness === undefined ? undefined : toValue(freshness),
    loadedAtField: textOf(inherited('loaded_at_field')),
    tags: tagsOf(source, configs[0], table, configs[1]),
    meta: metaOf(source, configs[0], table, configs[1]),
    enabled: isEnabled(configs[0]) && isEnabled(configs[1]),
  };
}

/** dbt-duckdb's `config: {external_location: ...}`, or `meta:`, names the files as our `location:` does. */
function externalLocation(table: YamlNode): YamlNode | undefined {
  return get(get(table, 'config'), 'external_location') ?? get(get(table, 'meta'), 'external_location');
}

function isEnabled(config: YamlNode | undefined): boolean {
  const enabled = get(config, 'enabled');
  return enabled?.kind !== 'scalar' || enabled.value !== false;
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
