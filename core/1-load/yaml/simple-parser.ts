import { plainValue } from './plain-scalar.ts';
import type { YamlEntry, YamlMap, YamlNode, YamlScalar, YamlSeq } from './tree.ts';

/**
 * A parser for the YAML that project files are made of: block mappings and lists, one-line flow collections,
 * one-line scalars, literal blocks, comments. Thirty times as fast as a full parser, which matters for thousands
 * of files. It never guesses: whatever it does not know for certain, errors included, it gives up on, and
 * the `yaml` package reads the file. tests/core/1-load/yaml hold the two to the same trees.
 *
 * @returns the tree; null for a file without content; undefined when it gives up
 */
export function parseSimpleYaml(text: string): YamlNode | null | undefined {
  try {
    return new SimpleParser(text).document();
  } catch (error) {
    if (error === giveUp) return undefined;
    throw error;
  }
}

const giveUp = Symbol('beyond simple YAML');

const newline = 10;
const space = 32;
const hash = 35;
const dash = 45;
const colon = 58;

class SimpleParser {
  /** Start of the line's content, its indentation, and the offset of the line's end (before CR LF). */
  #at = 0;
  #indent = -1;

  constructor(readonly text: string) {
    if (/[\t\uFEFF\u0085\u2028\u2029]|\r(?!\n)/.test(text)) throw giveUp;
  }

  document(): YamlNode | null {
    this.#nextLine(0);
    if (this.#indent === 0 && this.text.startsWith('---', this.#at)) {
      const end = this.#lineEnd(this.#at);
      if (this.text.slice(this.#at + 3, end).trim() !== '') throw giveUp;
      this.#nextLine(end);
    }
    if (this.#indent < 0) return null;
    if (this.#indent > 0) throw giveUp;
    const node = this.#block(0);
    if (this.#indent >= 0) throw giveUp;
    return node;
  }

  /** Moves to the next line that has content, from the end of the current one. */
  #nextLine(from: number): void {
    const { text } = this;
    let at = from;
    if (text.charCodeAt(at) === 13) at++;
    if (text.charCodeAt(at) === newline) at++;
    for (;;) {
      let content = at;
      while (text.charCodeAt(content) === space) content++;
      const code = text.charCodeAt(content);
      if (content >= text.length) {
        this.#at = text.length;
        this.#indent = -1;
        return;
      }
      if (code === newline) {
        at = content + 1;
      } else if (code === 13) {
        at = content + 2;
      } else if (code === hash) {
        const end = text.indexOf('\n', content);
        at = end === -1 ? text.length : end + 1;
      } else {
        this.#at = content;
        this.#indent = content - at;
        return;
      }
    }
  }

  #lineEnd(from: number): number {
    const end = this.text.indexOf('\n', from);
    if (end === -1) return this.text.length;
    return this.text.charCodeAt(end - 1) === 13 && end > from ? end - 1 : end;
  }

  /** A collection whose first line is the current one, at `indent`. */
  #block(indent: number): YamlNode {
    return this.#isDash(this.#at) ? this.#sequence(indent) : this.#mapping(indent);
  }

  #isDash(at: number): boolean {
    if (this.text.charCodeAt(at) !== dash) return false;
    const next = this.text.charCodeAt(at + 1);
    return next === space || next === newline || next === 13 || Number.isNaN(next);
  }

  #sequence(indent: number): YamlSeq {
    const start = this.#at;
    const items: YamlNode[] = [];
    while (this.#indent === indent && this.#isDash(this.#at)) {
      const marker = this.#at;
      let content = marker + 1;
      while (this.text.charCodeAt(content) === space) content++;
      const end = this.#lineEnd(marker);
      if (content >= end || this.text.charCodeAt(content) === hash) {
        this.#nextLine(end);
        items.push(this.#indent > indent ? this.#block(this.#indent) : empty(marker + 1));
      } else if (this.#isDash(content) || this.#keyEnd(content, end) !== -1) {
        this.#at = content;
        this.#indent = indent + (content - marker);
        items.push(this.#block(this.#indent));
      } else {
        items.push(this.#value(content, end, indent));
      }
    }
    if (this.#indent > indent) throw giveUp;
    return { kind: 'seq', start, end: endOf(items.at(-1), start), items };
  }

  #mapping(indent: number): YamlMap {
    const start = this.#at;
    const entries: YamlEntry[] = [];
    while (this.#indent === indent && !this.#isDash(this.#at)) {
      const keyStart = this.#at;
      const end = this.#lineEnd(keyStart);
      const keyEnd = this.#keyEnd(keyStart, end);
      if (keyEnd === -1) throw giveUp;
      const key = this.#key(keyStart, keyEnd);
      addEntry(entries, { key, keyStart, keyEnd, value: this.#entryValue(keyEnd, end, indent) });
    }
    if (this.#indent > indent || entries.length === 0) throw giveUp;
    return { kind: 'map', start, end: endOf(entries.at(-1)?.value, start), entries };
  }

  #entryValue(keyEnd: number, end: number, indent: number): YamlNode {
    let content = keyEnd + 1;
    while (this.text.charCodeAt(content) === space) content++;
    if (content < end && this.text.charCodeAt(content) !== hash) return this.#value(content, end, indent);
    this.#nextLine(end);
    if (this.#indent > indent) return this.#block(this.#indent);
    if (this.#indent === indent && this.#isDash(this.#at)) return this.#sequence(indent);
    return empty(keyEnd);
  }

  /** Offset of the colon that makes the text from `at` a mapping's key, or -1. */
  #keyEnd(at: number, end: number): number {
    const { text } = this;
    const first = text.charCodeAt(at);
    if (first === 34 || first === 39) {
      const close = this.#quoteEnd(at, end);
      return text.charCodeAt(close) === colon && this.#isBlank(close + 1, end) ? close : -1;
    }
    if (!startsPlain(text, at)) return -1;
    for (let i = at; i < end; i++) {
      const code = text.charCodeAt(i);
      if (code === colon && this.#isBlank(i + 1, end)) return i;
      if (code === hash && text.charCodeAt(i - 1) === space) return -1;
    }
    return -1;
  }

  #isBlank(at: number, end: number): boolean {
    return at >= end || this.text.charCodeAt(at) === space;
  }

  #key(start: number, end: number): string {
    if (end - start > 1000 || this.text.charCodeAt(end - 1) === space) throw giveUp;
    const first = this.text.charCodeAt(start);
    const key = first === 34 || first === 39 ? this.#unquote(start, end) : this.text.slice(start, end);
    if (key === '<<') throw giveUp;
    return key;
  }

  /** A value that begins on the current line, of an entry or item at `indent`. */
  #value(start: number, end: number, indent: number): YamlNode {
    const first = this.text.charCodeAt(start);
    if (first === 124 || first === 62) return this.#blockScalar(start, end, indent);
    let node: YamlNode;
    let after: number;
    if (first === 91 || first === 123) {
      const flow = { at: start, end };
      node = this.#flow(flow);
      after = flow.at;
    } else if (first === 34 || first === 39) {
      after = this.#quoteEnd(start, end);
      node = { kind: 'scalar', start, end: after, value: this.#unquote(start, after) };
    } else {
      node = this.#plain(start, end);
      after = node.end;
    }
    this.#expectLineEnd(after, end);
    this.#nextLine(end);
    if (this.#indent > indent) throw giveUp;
    return node;
  }

  #expectLineEnd(after: number, end: number): void {
    let at = after;
    while (at < end && this.text.charCodeAt(at) === space) at++;
    if (at < end && (this.text.charCodeAt(at) !== hash || at === after)) throw giveUp;
  }

  #plain(start: number, end: number): YamlScalar {
    const { text } = this;
    if (!startsPlain(text, start)) throw giveUp;
    let stop = end;
    for (let i = start; i < end; i++) {
      const code = text.charCodeAt(i);
      if (code === colon && this.#isBlank(i + 1, end)) throw giveUp;
      if (code === hash && text.charCodeAt(i - 1) === space) {
        stop = i;
        break;
      }
    }
    while (text.charCodeAt(stop - 1) === space) stop--;
    return scalar(text, start, stop);
  }

  /** Offset behind the closing quote; gives up when it is not on the line or escapes are involved. */
  #quoteEnd(start: number, end: number): number {
    const { text } = this;
    const quote = text.charCodeAt(start);
    for (let i = start + 1; i < end; i++) {
      const code = text.charCodeAt(i);
      if (code === 92 && quote === 34) throw giveUp;
      if (code !== quote) continue;
      if (quote === 39 && text.charCodeAt(i + 1) === 39) i++;
      else return i + 1;
    }
    throw giveUp;
  }

  #unquote(start: number, end: number): string {
    const inner = this.text.slice(start + 1, end - 1);
    return this.text.charCodeAt(start) === 39 ? inner.replaceAll("''", "'") : inner;
  }

  /** `|` and `>` without indicators other than chomping; folded only where each line is at the same depth. */
  #blockScalar(start: number, end: number, indent: number): YamlScalar {
    const { text } = this;
    const header = text.slice(start, end).trimEnd();
    if (!/^[|>][-]?$/.test(header) || text.includes('\r')) throw giveUp;
    const lines: string[] = [];
    let at = end + 1;
    let depth = -1;
    let stop = Math.min(at, text.length);
    while (at < text.length) {
      const lineEnd = this.#lineEnd(at);
      let content = at;
      while (content < lineEnd && text.charCodeAt(content) === space) content++;
      if (content === lineEnd) {
        if (header.startsWith('>') || content - at > 0) throw giveUp;
        lines.push('');
      } else {
        if (content - at <= indent) break;
        if (depth === -1) {
          depth = content - at;
          if (lines.length > 0) throw giveUp;
        }
        if (content - at < depth || (header.startsWith('>') && content - at > depth)) throw giveUp;
        lines.push(text.slice(at + depth, lineEnd));
        stop = Math.min(lineEnd + 1, text.length);
      }
      at = lineEnd + 1;
    }
    if (depth === -1) throw giveUp;
    while (lines.at(-1) === '') lines.pop();
    const body = lines.join(header.startsWith('>') ? ' ' : '\n');
    const ends = text.charCodeAt(stop - 1) === newline;
    if (!ends) throw giveUp;
    this.#nextLine(stop - 1);
    if (this.#indent > indent) throw giveUp;
    return { kind: 'scalar', start, end: stop, value: header.endsWith('-') ? body : `${body}\n` };
  }

  #flow(flow: { at: number; end: number }): YamlNode {
    const { text } = this;
    const start = flow.at;
    const isMap = text.charCodeAt(start) === 123;
    const close = isMap ? 125 : 93;
    const items: YamlNode[] = [];
    const entries: YamlEntry[] = [];
    flow.at++;
    for (;;) {
      this.#skipSpaces(flow);
      if (text.charCodeAt(flow.at) === close) break;
      if (isMap) addEntry(entries, this.#flowEntry(flow));
      else items.push(this.#flowValue(flow));
      this.#skipSpaces(flow);
      const next = text.charCodeAt(flow.at);
      if (next === 44) flow.at++;
      else if (next !== close) throw giveUp;
    }
    flow.at++;
    return isMap
      ? { kind: 'map', start, end: flow.at, entries }
      : { kind: 'seq', start, end: flow.at, items };
  }

  #flowEntry(flow: { at: number; end: number }): YamlEntry {
    const { text } = this;
    const keyStart = flow.at;
    const first = text.charCodeAt(keyStart);
    let keyEnd: number;
    if (first === 34 || first === 39) {
      keyEnd = this.#quoteEnd(keyStart, flow.end);
    } else {
      if (!startsPlain(text, keyStart)) throw giveUp;
      keyEnd = keyStart;
      while (
        keyEnd < flow.end &&
        !(text.charCodeAt(keyEnd) === colon && this.#isBlank(keyEnd + 1, flow.end))
      ) {
        if (isFlowIndicator(text.charCodeAt(keyEnd)) || text.charCodeAt(keyEnd) === hash) throw giveUp;
        keyEnd++;
      }
    }
    if (text.charCodeAt(keyEnd) !== colon || !this.#isBlank(keyEnd + 1, flow.end)) throw giveUp;
    const key = this.#key(keyStart, keyEnd);
    flow.at = keyEnd + 1;
    this.#skipSpaces(flow);
    const next = text.charCodeAt(flow.at);
    const value = next === 44 || next === 125 ? empty(keyEnd) : this.#flowValue(flow);
    return { key, keyStart, keyEnd, value };
  }

  #flowValue(flow: { at: number; end: number }): YamlNode {
    const { text } = this;
    const start = flow.at;
    const first = text.charCodeAt(start);
    if (first === 91 || first === 123) return this.#flow(flow);
    if (first === 34 || first === 39) {
      flow.at = this.#quoteEnd(start, flow.end);
      return { kind: 'scalar', start, end: flow.at, value: this.#unquote(start, flow.at) };
    }
    if (!startsPlain(text, start)) throw giveUp;
    let end = start;
    for (; end < flow.end; end++) {
      const code = text.charCodeAt(end);
      if (code === 44 || code === 93 || code === 125) break;
      if (code === 91 || code === 123) throw giveUp;
      if (code === hash && text.charCodeAt(end - 1) === space) throw giveUp;
      if (code === colon && (this.#isBlank(end + 1, flow.end) || isFlowIndicator(text.charCodeAt(end + 1))))
        throw giveUp;
    }
    if (end >= flow.end) throw giveUp;
    flow.at = end;
    while (text.charCodeAt(end - 1) === space) end--;
    return scalar(text, start, end);
  }

  #skipSpaces(flow: { at: number; end: number }): void {
    while (this.text.charCodeAt(flow.at) === space) flow.at++;
    if (flow.at >= flow.end) throw giveUp;
  }
}

function isFlowIndicator(code: number): boolean {
  return code === 44 || code === 91 || code === 93 || code === 123 || code === 125;
}

/** Whether a plain scalar can begin at `at`: no indicator, and no `- `, `? `, `: `. */
function startsPlain(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  if (code === dash || code === 63 || code === colon) return /[A-Za-z0-9_.]/.test(text.charAt(at + 1));
  return !indicators.has(code);
}

const indicators = new Set([...'[]{},#&*!|>\'"%@`'].map((char) => char.charCodeAt(0)));

function scalar(text: string, start: number, end: number): YamlScalar {
  const value = plainValue(text.slice(start, end));
  if (value === undefined) throw giveUp;
  return { kind: 'scalar', start, end, value };
}

function empty(at: number): YamlScalar {
  return { kind: 'scalar', start: at, end: at, value: null };
}

function endOf(node: YamlNode | undefined, fallback: number): number {
  return node?.end ?? fallback;
}

function addEntry(entries: YamlEntry[], entry: YamlEntry): void {
  if (entries.length > 256) throw giveUp;
  for (const other of entries) if (other.key === entry.key) throw giveUp;
  entries.push(entry);
}
