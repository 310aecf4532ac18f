import type { ConfigValue } from '../located.ts';

/** YAML as data with places: offsets into the file's text, half-open. Aliases and merges are already resolved. */
export type YamlNode = YamlScalar | YamlMap | YamlSeq;

export interface YamlScalar {
  readonly kind: 'scalar';
  readonly start: number;
  readonly end: number;
  readonly value: string | number | boolean | null;
}

export interface YamlEntry {
  readonly key: string;
  readonly keyStart: number;
  readonly keyEnd: number;
  readonly value: YamlNode;
}

export interface YamlMap {
  readonly kind: 'map';
  readonly start: number;
  readonly end: number;
  readonly entries: readonly YamlEntry[];
}

export interface YamlSeq {
  readonly kind: 'seq';
  readonly start: number;
  readonly end: number;
  readonly items: readonly YamlNode[];
}

/** The value under `key`, or undefined when `node` is no mapping or lacks it. */
export function get(node: YamlNode | undefined, key: string): YamlNode | undefined {
  return entryOf(node, key)?.value;
}

/** The entry under `key`, with the key's own place. */
export function entryOf(node: YamlNode | undefined, key: string): YamlEntry | undefined {
  if (node?.kind !== 'map') return undefined;
  for (const entry of node.entries) if (entry.key === key) return entry;
  return undefined;
}

export function entriesOf(node: YamlNode | undefined): readonly YamlEntry[] {
  return node?.kind === 'map' ? node.entries : [];
}

export function itemsOf(node: YamlNode | undefined): readonly YamlNode[] {
  return node?.kind === 'seq' ? node.items : [];
}

/** Items of a list, or the node itself where YAML allows `key: one` for `key: [one]`. */
export function oneOrMany(node: YamlNode | undefined): readonly YamlNode[] {
  if (node === undefined || (node.kind === 'scalar' && node.value === null)) return [];
  return node.kind === 'seq' ? node.items : [node];
}

/** The text of a scalar; numbers and booleans as YAML writes them. Undefined for null, mappings and lists. */
export function textOf(node: YamlNode | undefined): string | undefined {
  return node?.kind === 'scalar' && node.value !== null ? String(node.value) : undefined;
}

export function toValue(node: YamlNode): ConfigValue {
  switch (node.kind) {
    case 'scalar':
      return node.value;
    case 'seq':
      return node.items.map(toValue);
    case 'map': {
      const value: Record<string, ConfigValue> = {};
      for (const entry of node.entries) setOwn(value, entry.key, toValue(entry.value));
      return value;
    }
  }
}

/** Assigns an own property, also for keys such as `__proto__` that plain assignment would swallow. */
function setOwn(target: Record<string, ConfigValue>, key: string, value: ConfigValue): void {
  if (key === '__proto__') {
    Object.defineProperty(target, key, { value, enumerable: true, configurable: true, writable: true });
  } else {
    target[key] = value;
  }
}
