import { type Diagnostic, hasErrors } from '../../diagnostics/index.ts';
import type { FileStore } from '../files/file-store.ts';
import type { SourceText } from '../project.ts';
import type { FileKind } from '../schema/check.ts';
import { YamlDocument } from './document.ts';
import { PropertiesFile } from './properties-file.ts';
import { parseSimpleYaml } from './simple-parser.ts';
import { summarize } from './summary.ts';
import type { YamlNode } from './tree.ts';

/**
 * Reads YAML files and holds them to their schemas. The `yaml` and `zod` packages are loaded only for files that are
 * new, changed or were found at fault last time.
 */
export class YamlReader {
  readonly diagnostics: Diagnostic[] = [];

  constructor(readonly store: FileStore) {}

  /** A file of which there is one. Undefined when it cannot be read as YAML. */
  async read(kind: Exclude<FileKind, 'properties'>, path: string): Promise<YamlDocument | undefined> {
    const file = this.store.read(path);
    if (file === undefined) return undefined;
    const isChecked = this.store.summary(path) !== undefined;
    const { document, full } = await this.#parse(file);
    if (document === undefined || isChecked) return document;
    if (await this.#check(kind, document)) this.store.remember(path, { entries: [], more: true, full });
    return document;
  }

  async readProject(path: string): Promise<YamlDocument | undefined> {
    return this.read('project', path);
  }

  async readProperties(paths: readonly string[]): Promise<readonly PropertiesFile[]> {
    const files: PropertiesFile[] = [];
    for (const path of paths) {
      const file = this.store.read(path);
      if (file === undefined) continue;
      const known = this.store.summary(path);
      if (known !== undefined && !known.full) {
        files.push(new PropertiesFile(file, known));
        continue;
      }
      const { document, full } = await this.#parse(file);
      if (document === undefined) continue;
      const summary = known ?? summarize(document.root, full);
      if (known === undefined && (await this.#check('properties', document)))
        this.store.remember(path, summary);
      const isClean = this.store.summary(path) !== undefined;
      files.push(new PropertiesFile(file, summary, full || !isClean ? document : undefined));
    }
    return files;
  }

  /** Reports what is wrong; true when nothing is. */
  async #check(kind: FileKind, document: YamlDocument): Promise<boolean> {
    const { checkDocument } = await import('../schema/check.ts');
    const found = checkDocument(kind, document);
    this.diagnostics.push(...found);
    document.note(found);
    return found.length === 0;
  }

  async #parse(
    file: SourceText,
  ): Promise<{ readonly document: YamlDocument | undefined; readonly full: boolean }> {
    const simple = parseSimpleYaml(file.text);
    if (simple !== undefined) return { document: new YamlDocument(file, simple ?? undefined), full: false };
    const { parseFullYaml } = await import('./full-parser.ts');
    const parsed: { root: YamlNode | undefined; diagnostics: readonly Diagnostic[] } = parseFullYaml(file);
    this.diagnostics.push(...parsed.diagnostics);
    const document =
      hasErrors(parsed.diagnostics) && parsed.root === undefined
        ? undefined
        : new YamlDocument(file, parsed.root);
    return { document, full: true };
  }
}
