import type { ConfigLayer, ConfigValue, Located } from '../project.ts';
import { mappingConfigKeys } from '../schema/config-names.ts';
import type { YamlDocument } from '../yaml/document.ts';
import { entriesOf, entryOf, get, type YamlEntry, type YamlNode } from '../yaml/tree.ts';

/** In dbt's folder hierarchy: configuration of this folder, as opposed to a folder or file below. */
function isConfigEntry(entry: YamlEntry): boolean {
  return entry.key.startsWith('+') || entry.value.kind !== 'map';
}

interface Folder {
  readonly layers: readonly ConfigLayer[];
  /** Where the file entries of this folder would stand. */
  readonly places: readonly YamlNode[];
}

/**
 * dbt's folder hierarchy of one section (`models:`, `seeds:`, ...): the layers of a node by its path of folders,
 * weak to strong. Layers are shared by all nodes below a folder.
 */
export class FolderLayers {
  readonly #layers = new Map<YamlNode, ConfigLayer | undefined>();
  readonly #used = new Set<YamlEntry>();
  readonly #folders = new Map<string, Folder>();

  constructor(
    readonly doc: YamlDocument,
    readonly sections: readonly string[],
    readonly project: string,
  ) {}

  /**
   * @param folders between the section's path and the file
   * @param name the node's; undefined for what holds for all nodes of the section
   */
  layersOf(folders: readonly string[], name: string | undefined): readonly ConfigLayer[] {
    const key = folders.join('/');
    let folder = this.#folders.get(key);
    if (folder === undefined) {
      folder = this.#walk([this.project, ...folders]);
      this.#folders.set(key, folder);
    }
    if (name === undefined) return folder.layers;
    const own: ConfigLayer[] = [];
    for (const place of folder.places) {
      const entry = entryOf(place, name);
      if (entry === undefined || isConfigEntry(entry)) continue;
      this.#used.add(entry);
      this.#push(own, entry.value);
    }
    return own.length === 0 ? folder.layers : Object.freeze([...folder.layers, ...own]);
  }

  /** Folder and file entries that no node matched: the outermost ones. */
  unused(): readonly { readonly section: string; readonly path: string; readonly entry: YamlEntry }[] {
    const found: { section: string; path: string; entry: YamlEntry }[] = [];
    const visit = (section: string, node: YamlNode, path: readonly string[]): void => {
      for (const entry of entriesOf(node)) {
        if (isConfigEntry(entry) || mappingConfigKeys.has(entry.key)) continue;
        const here = [...path, entry.key];
        if (this.#used.has(entry)) visit(section, entry.value, here);
        else found.push({ section, path: here.join('.'), entry });
      }
    };
    for (const section of this.sections) {
      const node = get(this.doc.root, section);
      if (node !== undefined) visit(section, node, []);
    }
    return found;
  }

  #walk(parts: readonly string[]): Folder {
    const layers: ConfigLayer[] = [];
    const places: YamlNode[] = [];
    for (const section of this.sections) {
      let node = get(this.doc.root, section);
      if (node === undefined) continue;
      this.#push(layers, node);
      for (const part of parts) {
        const entry = entryOf(node, part);
        node = entry === undefined || isConfigEntry(entry) ? undefined : entry.value;
        if (entry === undefined || node === undefined) break;
        this.#used.add(entry);
        this.#push(layers, node);
      }
      if (node !== undefined) places.push(node);
    }
    return { layers: Object.freeze(layers), places };
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
