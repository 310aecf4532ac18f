import type { ConfigValue } from '../located.ts';
import type { ColumnProperties } from '../project.ts';
import type { YamlDocument } from '../yaml/document.ts';
import { entriesOf, get, itemsOf, oneOrMany, textOf, toValue, type YamlNode } from '../yaml/tree.ts';
import { buildTests } from './tests.ts';

/** `columns:` of a model, seed, snapshot or source table. */
export function buildColumns(doc: YamlDocument, owner: YamlNode): ColumnProperties[] {
  const named = itemsOf(get(owner, 'columns')).filter((column) => textOf(get(column, 'name')) !== undefined);
  return named.map((column) => buildColumn(doc, column));
}

function buildColumn(doc: YamlDocument, node: YamlNode): ColumnProperties {
  const name = textOf(get(node, 'name')) ?? '';
  const config = get(node, 'config');
  return {
    name,
    span: doc.span(get(node, 'name') ?? node),
    description: doc.text(get(node, 'description')),
    dataType: doc.text(get(node, 'data_type')),
    tests: buildTests(doc, node, name),
    constraints: itemsOf(get(node, 'constraints')).map((item) => doc.located(item)),
    tags: tagsOf(node, config),
    meta: metaOf(node, config),
    quote: flagOf(get(node, 'quote')),
    availableAt: doc.text(get(node, 'available_at')),
    role: roleOf(doc, get(node, 'role')),
    horizon: doc.text(get(node, 'horizon')),
    window: doc.text(get(node, 'window')),
  };
}

const roles = ['label', 'feature', 'key', 'weight', 'ignore'] as const;

function roleOf(doc: YamlDocument, node: YamlNode | undefined): ColumnProperties['role'] {
  const role = roles.find((name) => name === textOf(node));
  return node === undefined || role === undefined ? undefined : { value: role, span: doc.span(node) };
}

function flagOf(node: YamlNode | undefined): boolean | undefined {
  return node?.kind === 'scalar' && typeof node.value === 'boolean' ? node.value : undefined;
}

/** `tags:` of an entry and of its `config:`, without repeats. */
export function tagsOf(...owners: readonly (YamlNode | undefined)[]): readonly string[] {
  const tags = owners.flatMap((owner) => oneOrMany(get(owner, 'tags'))).flatMap((tag) => textOf(tag) ?? []);
  return [...new Set(tags)];
}

/** `meta:` of an entry, overlaid by that of its `config:`. */
export function metaOf(...owners: readonly (YamlNode | undefined)[]): Readonly<Record<string, ConfigValue>> {
  const meta = owners.flatMap((owner) => entriesOf(get(owner, 'meta')));
  return Object.fromEntries(meta.map((entry) => [entry.key, toValue(entry.value)]));
}
