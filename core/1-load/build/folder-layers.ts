import type { ConfigLayer, ConfigValue, Located } from '../project.ts';
import type { YamlDocument } from '../yaml/document.ts';
import { entriesOf, entryOf, get, type YamlEntry, type YamlNode } from '../yaml/tree.ts';

/** A step of dbt's folder hierarchy: configuration here, folders and files below. */
export function isConfigEntry(entry: YamlEntry): boolean {
  return entry.key.startsWith('+') || entry.value.kind !== 'map';
}

/**
 * dbt's folder hierarchy of one section (`models:`, `seeds:`, ...): the layers of a node by its path of folders,
 * weak to strong. Layers are shared by all nodes below a folder.
 */
export class FolderLayers {
  readonly #layers = new Map<YamlNode, ConfigLayer | undefined>();
  readonly #used = new Set<YamlEntry>();
  readonly #chains = new Map<string, readonly ConfigLayer[]>();

  constructor(
    readonly doc: YamlDocument,
    readonly sections: readonly string[],
    readonly project: string,
  ) {}

  /** @param fqn folders below the section's path, then the node's name, as dbt's fully qualified name */
  layersOf(fqn: readonly string[]): readonly ConfigLayer[] {
    const folder = fqn.slice(0, -1).join('/');
    const name = fqn.at(-1) ?? '';
    let chain = this.#chains.get(folder);
    if (chain === undefined) {
      chain = this.#walk([this.project, ...fqn.slice(0, -1)]);
      this.#chains.set(folder, chain);
    }
    const own = this.sections.flatMap((section) =>
      this.#leaf(section, [this.project, ...fqn.slice(0, -1)], name),
    );
    return own.length === 0 ? chain : [...chain, ...own];
  }

  /** Folder and file entries that no node matched. */
  unused(): readonly { readonly section: string; readonly path: string; readonly entry: YamlEntry }[] {
    const found: { section: string; path: string; entry: YamlEntry }[] = [];
    const visit = (section: string, node: YamlNode, path: readonly string[]): void => {
      for (const entry of entriesOf(node)) {
        if (isConfigEntry(entry)) continue;
        if (this.#used.has(entry)) visit(section, entry.value, [...path, entry.key]);
        else found.push({ section, path: [...path, entry.key].join('.'), entry });
      }
    };
    for (const section of this.sections) {
      const node = get(this.doc.root, section);
      if (node !== undefined) visit(section, node, []);
    }
    return found;
  }

  #walk(parts: readonly string[]): readonly ConfigLayer[] {
    const layers: ConfigLayer[] = [];
    for (const section of this.sections) {
      let node = get(this.doc.root, section);
      if (node === undefined) continue;
      this.#push(layers, node);
      for (const part of parts) {
        const entry = entryOf(node, part);
        if (entry === undefined || isConfigEntry(entry)) break;
        this.#used.add(entry);
        node = entry.value;
        this.#push(layers, node);
      }
    }
    return layers;
  }

  #leaf(section: string, folders: readonly string[], name: string): ConfigLayer[] {
    let node = get(this.doc.root, section);
    for (const part of folders) node = get(node, part);
    const entry = entryOf(node, name);
    if (entry === undefined || isConfigEntry(entry)) return [];
    this.#used.add(entry);
    const layers: ConfigLayer[] = [];
    this.#push(layers, entry.value);
    return layers;
  }

  #push(layers: ConfigLayer[], node: YamlNode): void {
    if (!this.#layers.has(node)) this.#layers.set(node, this.#read(node));
    const layer = this.#layers.get(node);
    if (layer !== undefined) layers.push(layer);
  }

  #read(node: YamlNode): ConfigLayer | undefined {
    const values: Record<string, Located<ConfigValue>> = {};
    for (const entry of entriesOf(node)) {
      if (isConfigEntry(entry)) values[entry.key.replace(/^\+/, '')] = this.doc.located(entry.value);
    }
    return Object.keys(values).length === 0 ? undefined : { origin: 'project', values };
  }
}
