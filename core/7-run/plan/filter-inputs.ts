import type { Relation } from '../../2-render/index.ts';

export interface InputFilter {
  readonly relation: Relation;
  /** Condition over the relation's columns. */
  readonly where: string;
}

/** A replacement: `start` to `end` of the original became `length` characters at `at` of the result. */
export interface Edit {
  readonly start: number;
  readonly end: number;
  readonly at: number;
  readonly length: number;
}

export interface FilteredSql {
  readonly sql: string;
  readonly edits: readonly Edit[];
}

/**
 * Compiled SQL with each given relation replaced, where it is read from, by a filtered subquery under the same
 * alias. Works on tokens: names in strings, comments and column references are left alone.
 *
 * @example
 * filterInputs('select * from s.t', [{ relation: { schema: 's', identifier: 't' }, where: 'd > 1' }]).sql
 * // select * from (select * from s.t where d > 1) as "t"
 */
export function filterInputs(sql: string, filters: readonly InputFilter[]): FilteredSql {
  const tokens = tokenize(sql);
  const edits: Edit[] = [];
  let out = '';
  let copied = 0;
  for (let i = 0; i < tokens.length; i++) {
    if (!opensRelation(tokens, i)) continue;
    const { names, next } = readName(tokens, i);
    const filter = filters.find(({ relation }) => denotes(names, relation));
    if (filter === undefined) continue;
    const start = (tokens[i] as Token).start;
    const end = (tokens[next - 1] as Token).end;
    const alias = hasAlias(tokens[next]) ? '' : ` as "${filter.relation.identifier.replaceAll('"', '""')}"`;
    out += sql.slice(copied, start);
    const subquery = `(select * from ${sql.slice(start, end)} where ${filter.where})${alias}`;
    edits.push({ start, end, at: out.length, length: subquery.length });
    out += subquery;
    copied = end;
    i = next - 1;
  }
  return { sql: out + sql.slice(copied), edits };
}

/** Where a character of edited SQL stood before; inside a replacement, the start of what was replaced. */
export function originalOffset(edits: readonly Edit[], offset: number): number {
  let shift = 0;
  for (const { start, end, at, length } of edits) {
    if (offset < at) break;
    if (offset < at + length) return start;
    shift = end - (at + length);
  }
  return offset + shift;
}

interface Token {
  readonly kind: 'name' | 'symbol' | 'string';
  /** Names without quotes; symbols as they are. */
  readonly text: string;
  readonly quoted: boolean;
  readonly start: number;
  readonly end: number;
}

/** Blanks, comments, strings (dollar-quoted too), quoted names, bare names and numbers, any other character. */
const tokenPattern =
  /\s+|--[^\n]*|\/\*[\s\S]*?\*\/|('(?:[^']|'')*'|\$(\w*)\$[\s\S]*?\$\2\$)|"((?:[^"]|"")*)"|([\p{L}_][\p{L}\p{N}_$]*|\d[\w.]*)|([\s\S])/gu;

function tokenize(sql: string): Token[] {
  const tokens: Token[] = [];
  for (const match of sql.matchAll(tokenPattern)) {
    const place = { start: match.index, end: match.index + match[0].length };
    if (match[1] !== undefined) tokens.push({ kind: 'string', text: match[0], quoted: true, ...place });
    else if (match[3] !== undefined) {
      tokens.push({ kind: 'name', text: match[3].replaceAll('""', '"'), quoted: true, ...place });
    } else if (match[4] !== undefined) tokens.push({ kind: 'name', text: match[4], quoted: false, ...place });
    else if (match[5] !== undefined) tokens.push({ kind: 'symbol', text: match[5], quoted: false, ...place });
  }
  return tokens;
}

/** A name after FROM, JOIN or a comma. A list of columns has commas too, but never a relation's full name alone. */
function opensRelation(tokens: readonly Token[], i: number): boolean {
  const before = tokens[i - 1];
  if (tokens[i]?.kind !== 'name' || before === undefined || before.quoted) return false;
  return before.text === ',' || /^(from|join)$/i.test(before.text);
}

function readName(tokens: readonly Token[], i: number): { names: string[]; next: number } {
  const names = [(tokens[i] as Token).text];
  let next = i + 1;
  while (tokens[next]?.text === '.' && tokens[next + 1]?.kind === 'name') {
    names.push((tokens[next + 1] as Token).text);
    next += 2;
  }
  return { names, next };
}

function denotes(names: readonly string[], relation: Relation): boolean {
  const full = [relation.database, relation.schema, relation.identifier];
  if (names.length < 2 || names.length > 3) return false;
  const wanted = full.slice(full.length - names.length);
  return names.every((name, i) => wanted[i] === undefined || name.toLowerCase() === wanted[i]?.toLowerCase());
}

/** What can follow a relation without being its alias. */
const followers = new Set(
  `where join left right inner full cross natural asof positional anti semi on using group order limit qualify window
   union except intersect having offset tablesample pivot unpivot sample lateral at`.split(/\s+/),
);

function hasAlias(token: Token | undefined): boolean {
  return (
    token !== undefined && token.kind === 'name' && (token.quoted || !followers.has(token.text.toLowerCase()))
  );
}
