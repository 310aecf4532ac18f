import type { ConfigValue, Located } from '../located.ts';
import type { TestDeclaration } from '../project.ts';
import { testConfigKeys } from '../schema/config-names.ts';
import type { YamlDocument } from '../yaml/document.ts';
import { entriesOf, get, itemsOf, textOf, type YamlEntry, type YamlNode } from '../yaml/tree.ts';

/** `tests:` or `data_tests:` of a column or a node, in every form dbt accepts, as declarations. */
export function buildTests(doc: YamlDocument, owner: YamlNode, column?: string): TestDeclaration[] {
  const lists = [get(owner, 'data_tests'), get(owner, 'tests')];
  const items = lists.flatMap(itemsOf).filter((item) => !doc.isBroken(item));
  return items.map((item) => buildTest(doc, item, column));
}

function buildTest(doc: YamlDocument, item: YamlNode, column: string | undefined): TestDeclaration {
  const span = doc.span(item);
  if (item.kind !== 'map') {
    return {
      test: textOf(item) ?? '',
      column,
      arguments: {},
      config: { origin: 'properties', values: {} },
      span,
    };
  }
  const named = textOf(get(item, 'test_name'));
  const test = named ?? item.entries[0]?.key ?? '';
  const body = named === undefined ? item.entries[0]?.value : item;
  const args: Record<string, Located<ConfigValue>> = {};
  const config: Record<string, Located<ConfigValue>> = {};
  for (const entry of entriesOf(body)) {
    if (entry.key === 'name' || entry.key === 'test_name' || entry.key === 'description') continue;
    if (entry.key === 'config') addAll(doc, config, entry.value);
    else if (entry.key === 'arguments') addAll(doc, args, entry.value);
    else add(doc, testConfigKeys.has(entry.key) ? config : args, entry);
  }
  return {
    test,
    name: textOf(get(body, 'name')),
    column,
    arguments: args,
    config: { origin: 'properties', values: config },
    span,
  };
}

function add(doc: YamlDocument, into: Record<string, Located<ConfigValue>>, entry: YamlEntry): void {
  into[entry.key] = doc.located(entry.value);
}

function addAll(doc: YamlDocument, into: Record<string, Located<ConfigValue>>, from: YamlNode): void {
  for (const entry of entriesOf(from)) add(doc, into, entry);
}
