import type { SourceText } from '../project.ts';
import { YamlDocument } from './document.ts';
import { parseSimpleYaml } from './simple-parser.ts';
import type { SummaryEntry, YamlSummary } from './summary.ts';
import { get, itemsOf, type YamlNode } from './tree.ts';

/** A properties file, parsed when its content is first asked for. */
export class PropertiesFile {
  #document: YamlDocument | undefined;

  constructor(
    readonly file: SourceText,
    readonly summary: YamlSummary,
    document?: YamlDocument,
  ) {
    this.#document = document;
  }

  get document(): YamlDocument {
    this.#document ??= new YamlDocument(this.file, parseSimpleYaml(this.file.text) ?? undefined);
    return this.#document;
  }

  /** The tree of one entry. */
  node(entry: SummaryEntry): YamlNode {
    const node = itemsOf(get(this.document.root, entry.section))[entry.index];
    if (node === undefined) throw new Error(`the summary of ${this.file.path} does not fit its text`);
    return node;
  }
}
