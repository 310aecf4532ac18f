import { type Diagnostic, LineIndex, type Span } from '../../diagnostics/index.ts';
import type { ConfigValue, Located } from '../located.ts';
import type { SourceText } from '../project.ts';
import { textOf, toValue, type YamlEntry, type YamlNode } from './tree.ts';

/** A parsed YAML file: its tree, and the spans of the tree's nodes. */
export class YamlDocument {
  #lines: LineIndex | undefined;
  /** Where errors were found. */
  readonly #errors: number[] = [];

  constructor(
    readonly file: SourceText,
    readonly root: YamlNode | undefined,
  ) {}

  /** Records what is wrong, so that later phases are not shown what was refused already. */
  note(problems: readonly Diagnostic[]): void {
    for (const { severity, span } of problems) {
      if (severity === 'error' && span !== undefined) this.#errors.push(span.start.offset);
    }
  }

  /** True when an error was reported within the node. */
  isBroken(node: YamlNode): boolean {
    return this.#errors.some((offset) => offset >= node.start && offset < node.end);
  }

  get path(): string {
    return this.file.path;
  }

  range(start: number, end: number): Span {
    this.#lines ??= new LineIndex(this.file.text);
    return this.#lines.span(this.file.path, start, end);
  }

  span(node: YamlNode): Span {
    return this.range(node.start, node.end);
  }

  keySpan(entry: YamlEntry): Span {
    return this.range(entry.keyStart, entry.keyEnd);
  }

  located(node: YamlNode): Located<ConfigValue> {
    return { value: toValue(node), span: this.span(node) };
  }

  /** A scalar's text with its place; undefined where there is none. */
  text(node: YamlNode | undefined): Located<string> | undefined {
    const value = textOf(node);
    return node === undefined || value === undefined ? undefined : { value, span: this.span(node) };
  }
}
