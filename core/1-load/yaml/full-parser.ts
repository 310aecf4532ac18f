import {
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  parseAllDocuments,
} from 'yaml';
import { type Diagnostic, LineIndex, reportLoad } from '../../diagnostics/index.ts';
import type { SourceText } from '../project.ts';
import { syntaxProblem, unknownAlias, unquotedJinja } from './syntax-problem.ts';
import type { YamlEntry, YamlNode } from './tree.ts';

export interface ParsedYaml {
  /** Undefined for an empty file, and for one that cannot be understood. */
  readonly root: YamlNode | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

/** More values than any hand-written file has: the bound that stops aliases of aliases. */
const maxNodes = 200_000;

/**
 * YAML 1.2 (core schema, plus `<<` merges and anchors as dbt users know them) to a tree with offsets, by the
 * `yaml` package. Every syntax error and every duplicate key of the file is reported.
 */
export function parseFullYaml(file: SourceText): ParsedYaml {
  const lineCounter = new LineCounter();
  const parsed = parseAllDocuments(file.text, {
    lineCounter,
    prettyErrors: false,
    uniqueKeys: false,
    merge: false,
    logLevel: 'silent',
    strict: true,
  });
  const documents = Array.isArray(parsed) ? parsed : [];
  const diagnostics: Diagnostic[] = [];
  const lines = new LineIndex(file.text);
  for (const document of documents) {
    for (const error of document.errors) diagnostics.push(syntaxProblem(file, lines, error));
  }
  const document = documents[0];
  if (document === undefined || diagnostics.length > 0) return { root: undefined, diagnostics };
  const second = documents.find((other, index) => index > 0 && other.contents !== null);
  if (second !== undefined) {
    const [start] = second.contents?.range ?? second.range;
    diagnostics.push(reportLoad('CH127', {}, { span: lines.span(file.path, start, start + 1) }));
  }
  const composer = new TreeBuilder(file, lines, document, diagnostics);
  const root = document.contents === null ? undefined : composer.node(document.contents, 0);
  const isNothing = root?.kind === 'scalar' && root.value === null;
  return { root: composer.exhausted || isNothing ? undefined : root, diagnostics };
}

class TreeBuilder {
  exhausted = false;
  #count = 0;

  constructor(
    readonly file: SourceText,
    readonly lines: LineIndex,
    readonly document: Document,
    readonly diagnostics: Diagnostic[],
  ) {}

  node(node: Node, depth: number): YamlNode {
    const [start, end] = node.range ?? [0, 0];
    if (++this.#count > maxNodes || depth > 200) {
      if (!this.exhausted) {
        this.exhausted = true;
        const span = this.lines.span(this.file.path, start, end);
        this.diagnostics.push(reportLoad('CH128', { limit: maxNodes }, { span }));
      }
      return { kind: 'scalar', start, end, value: null };
    }
    if (this.exhausted) return { kind: 'scalar', start, end, value: null };
    if (isAlias(node)) {
      const target = node.resolve(this.document);
      if (target !== undefined) return { ...this.node(target, depth + 1), start, end };
      this.diagnostics.push(unknownAlias(this.file, this.lines, start, end));
      return { kind: 'scalar', start, end, value: null };
    }
    if (isScalar(node)) return { kind: 'scalar', start, end, value: scalarValue(node.value) };
    if (isSeq<Node>(node)) {
      const items = node.items.map((item) => this.node(item, depth + 1));
      return { kind: 'seq', start, end: node.flow ? end : (items.at(-1)?.end ?? end), items };
    }
    if (isMap<Node, Node | null>(node)) {
      if (node.flow && this.file.text.startsWith('{{', start)) {
        this.diagnostics.push(unquotedJinja(this.file, this.lines, start));
        return { kind: 'scalar', start, end, value: this.file.text.slice(start, end) };
      }
      const entries = this.#entries(node.items, depth);
      return { kind: 'map', start, end: node.flow ? end : (entries.at(-1)?.value.end ?? end), entries };
    }
    return { kind: 'scalar', start, end, value: null };
  }

  #entries(pairs: readonly { key: Node; value: Node | null }[], depth: number): YamlEntry[] {
    const own = new Map<string, YamlEntry>();
    const merged: YamlEntry[] = [];
    for (const pair of pairs) {
      const [keyStart, keyEnd] = pair.key.range ?? [0, 0];
      const key = this.#keyText(pair.key);
      const isEmpty =
        pair.value === null ||
        (isScalar(pair.value) && pair.value.source === '' && pair.value.type === 'PLAIN');
      const value: YamlNode = isEmpty
        ? { kind: 'scalar', start: keyEnd, end: keyEnd, value: null }
        : this.node(pair.value as Node, depth + 1);
      if (key === '<<') {
        for (const from of value.kind === 'seq' ? value.items : [value]) {
          if (from.kind === 'map') merged.push(...from.entries);
        }
        continue;
      }
      const first = own.get(key);
      if (first !== undefined) {
        this.diagnostics.push(
          reportLoad(
            'CH104',
            { key },
            {
              span: this.lines.span(this.file.path, keyStart, keyEnd),
              related: [
                {
                  span: this.lines.span(this.file.path, first.keyStart, first.keyEnd),
                  message: 'first written here',
                },
              ],
            },
          ),
        );
        continue;
      }
      own.set(key, { key, keyStart, keyEnd, value });
    }
    for (const entry of merged) if (!own.has(entry.key)) own.set(entry.key, entry);
    return [...own.values()];
  }

  /** A key as written: `1.0:` is the key `1.0`, not the number 1. */
  #keyText(key: Node): string {
    const [start, end] = key.range ?? [0, 0];
    if (!isScalar(key)) return this.file.text.slice(start, end);
    return key.type === 'PLAIN' && key.source !== undefined ? key.source : String(key.value);
  }
}

function scalarValue(value: unknown): string | number | boolean | null {
  switch (typeof value) {
    case 'string':
    case 'number':
    case 'boolean':
      return value;
    case 'bigint':
      return String(value);
    default:
      return null;
  }
}
