import type { Origin, SourceMap } from '../../2-render/index.ts';
import type { RelatedSpan, Span } from '../../diagnostics/index.ts';
import { utf16Offset } from '../engine/sql-text.ts';

/** A statement and the files it was written in: where its errors are shown. */
export interface Site {
  readonly sql: string;
  readonly originOf: (offset: number) => Origin | undefined;
  /** Shown when an offset leads nowhere. */
  readonly span: Span | undefined;
  /** unique_id that diagnostics name. */
  readonly node: string;
  readonly name: string;
  /** Names of columns that the statement can see, for suggestions. */
  readonly visible: () => readonly string[];
}

export interface Place {
  readonly span?: Span;
  readonly related?: readonly RelatedSpan[];
  readonly node: string;
}

export function mapped(map: SourceMap): Site['originOf'] {
  return (offset) => map.originOf(offset);
}

/**
 * The place in the user's files of a byte offset of compiled SQL: the token there, or, for text that a macro
 * wrote, the macro's line, with the calls that led to it. Without an offset, `word` is looked for.
 */
export function placeOf(site: Site, position: number | undefined, word?: string): Place {
  const offset = position === undefined ? findWord(site.sql, word) : utf16Offset(site.sql, position);
  const first = offset === undefined ? undefined : site.originOf(offset);
  if (first === undefined || offset === undefined) return { span: site.span, node: site.node };
  const last = site.originOf(offset + tokenLength(site.sql, offset) - 1);
  const sameText =
    last !== undefined && last.span.file === first.span.file && last.frames.length === first.frames.length;
  const end = sameText && last.span.end.offset > first.span.start.offset ? last.span.end : first.span.end;
  const related = [...first.frames].reverse().map(({ macro, callSite }) => ({
    span: callSite,
    message: `in macro \`${macro}\`, called here`,
  }));
  return { span: { ...first.span, end }, related, node: site.node };
}

/** The length of the identifier, number, quoted text or symbol at an offset. */
export function tokenLength(sql: string, offset: number): number {
  const token = /[\w$]+(?:\.[\w$]+)*|"(?:[^"]|"")*"|'(?:[^']|'')*'|[^\s\w]/uy;
  token.lastIndex = offset;
  return token.exec(sql)?.[0].length ?? 1;
}

/** Where a name stands by itself, outside of text literals and comments. */
function findWord(sql: string, word: string | undefined): number | undefined {
  if (word === undefined) return undefined;
  const tokens = /'(?:[^']|'')*'|--[^\n]*|\/\*[\s\S]*?\*\/|"(?:[^"]|"")*"|[\w$]+/g;
  const wanted = word.toLowerCase();
  for (const match of sql.matchAll(tokens)) {
    const text = match[0].replace(/^"|"$/g, '').toLowerCase();
    if (text === wanted) return match.index;
  }
  return undefined;
}
