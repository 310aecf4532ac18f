import type { Relation } from '../../2-render/index.ts';
import { quoteName } from '../quote.ts';

/**
 * Replaces every mention of the given relations by their namesakes in another catalog:
 * `"raw"."events"` becomes `"scratch"."raw"."events"`. Works on tokens, so that strings, comments and
 * identifiers that merely contain the words stay as they are; a qualified column (`raw.events.amount`) keeps
 * meaning what it meant. A relation must be named with its schema, as rendered SQL does.
 */
export function redirectRelations(sql: string, relations: readonly Relation[], catalog: string): string {
  const known = new Set<string>();
  for (const { database, schema, identifier } of relations) {
    known.add(key([schema, identifier]));
    if (database !== undefined) known.add(key([database, schema, identifier]));
  }
  let out = '';
  let copied = 0;
  for (const chain of nameChains(sql)) {
    const found = [3, 2].find(
      (count) => chain.length >= count && known.has(key(chain.slice(0, count).map((p) => p.name))),
    );
    if (found === undefined) continue;
    const parts = chain.slice(0, found);
    out += sql.slice(copied, parts[0]?.start);
    out += [catalog, ...parts.slice(-2).map((part) => part.name)].map(quoteName).join('.');
    copied = parts.at(-1)?.end ?? copied;
  }
  return out + sql.slice(copied);
}

interface NamePart {
  readonly name: string;
  readonly start: number;
  readonly end: number;
}

const tokens =
  /--[^\n]*|\/\*[\s\S]*?\*\/|[eE]?'(?:[^']|'')*'|\$([A-Za-z_]*)\$[\s\S]*?\$\1\$|"(?:[^"]|"")*"|[\p{L}_][\p{L}\p{N}_$]*|\d[\w.]*|\s+|[\s\S]/gu;

/** Runs of identifiers joined by dots, in the order of the text. */
function* nameChains(sql: string): Generator<NamePart[]> {
  let chain: NamePart[] = [];
  let afterDot = false;
  for (const match of sql.matchAll(tokens)) {
    const [text] = match;
    const start = match.index;
    if (/^(?:\s|--|\/\*)/.test(text)) continue;
    if (/^["\p{L}_]/u.test(text) && !/^[eE]'/.test(text)) {
      if (!afterDot && chain.length > 0) {
        yield chain;
        chain = [];
      }
      const name = text.startsWith('"') ? text.slice(1, -1).replaceAll('""', '"') : text;
      chain.push({ name, start, end: start + text.length });
      afterDot = false;
    } else if (text === '.' && chain.length > 0 && !afterDot) {
      afterDot = true;
    } else {
      if (chain.length > 0) yield chain;
      chain = [];
      afterDot = false;
    }
  }
  if (chain.length > 0) yield chain;
}

function key(parts: readonly string[]): string {
  return JSON.stringify(parts.map((part) => part.toLowerCase()));
}
