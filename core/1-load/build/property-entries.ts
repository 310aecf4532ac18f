import { LineIndex, type Span } from '../../diagnostics/index.ts';
import { deepFreeze } from '../freeze.ts';
import type { NodeProperties } from '../project.ts';
import type { YamlDocument } from '../yaml/document.ts';
import type { PropertiesFile } from '../yaml/properties-file.ts';
import type { SummaryEntry, SummarySection } from '../yaml/summary.ts';
import type { YamlNode } from '../yaml/tree.ts';
import { buildNodeProperties } from './node-properties.ts';

/** An entry of `models:` and the like: its name at once, its content when asked for. */
export class PropertyEntry {
  #properties: NodeProperties | undefined;

  constructor(
    readonly file: PropertiesFile,
    readonly entry: SummaryEntry,
  ) {}

  get name(): string {
    return this.entry.name;
  }

  get document(): YamlDocument {
    return this.file.document;
  }

  get node(): YamlNode {
    return this.file.node(this.entry);
  }

  get properties(): NodeProperties {
    this.#properties ??= deepFreeze(buildNodeProperties(this.document, this.node));
    return this.#properties;
  }

  /** Where the name stands. */
  get span(): Span {
    const { path, text } = this.file.file;
    return new LineIndex(text).span(path, this.entry.nameStart, this.entry.nameEnd);
  }
}

/** All entries of the given sections, in the order of files and lines. */
export function entriesOfSections(
  files: readonly PropertiesFile[],
  sections: readonly SummarySection[],
): readonly PropertyEntry[] {
  return files.flatMap((file) =>
    file.summary.entries
      .filter(({ section }) => sections.includes(section))
      .map((entry) => new PropertyEntry(file, entry)),
  );
}

/** The first entry of each name. */
export function byName(entries: readonly PropertyEntry[]): ReadonlyMap<string, PropertyEntry> {
  const found = new Map<string, PropertyEntry>();
  for (const entry of entries) if (!found.has(entry.name)) found.set(entry.name, entry);
  return found;
}
