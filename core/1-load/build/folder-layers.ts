import { deepFreeze } from '../freeze.ts';
import type { ConfigValue, Located } from '../located.ts';
import type { ConfigLayer } from '../project.ts';
import { mappingConfigKeys } from '../schema/config-names.ts';
import type { YamlDocument } from '../yaml/document.ts';
import { entriesOf, entryOf, get, type YamlEntry, type YamlNode } from '../yaml/tree.ts';
import { foldersBelow } from './names.ts';

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
    /** Folders below which the hierarchy begins. */
    readonly roots: readonly string[],
  ) {}

  /** Layers of a node in a file of the project. */
  layersOfFile(path: string, name: string): readonly ConfigLayer[] {
    const folder = path.slice(0, path.lastIndexOf('/'));
    let found = this.#folders.get(folder);
    if (found === undefined) {
      found = this.#walk([this.project, ...foldersBelow(path, this.roots)]);
      this.#folders.set(folder, found);
    }
    let layers = found.layers;
    for (const place of found.places) {
      const entry = entryOf(place, name);
      if (entry === undefined || isConfigEntry(entry)) continue;
      this.#used.add(entry);
      const own: ConfigLayer[] = [];
      this.#push(own, entry.value);
      layers = Object.freeze([...layers, ...own]);
    }
    return layers;
  }

  /** What holds for every node of the section. */
  layersOfAll(): readonly ConfigLayer[] {
    return this.#walk([this.project]).layers;
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
    return Object.keys(values).length === 0 ? undefined : deepFreeze({ origin: 'project', values });
  }
}
