import { type Expression, mapQuery, type Query, rewriteExpression, type Select } from '../../sql/index.ts';

/** Comments by what they stand at; each is handed out once. */
export interface Comments {
  /** Those of a select item or of a condition. */
  readonly take: (expression: Expression) => readonly string[];
  readonly takeOfCte: (name: string) => readonly string[];
  /** Those that nothing has taken, in their order: of the query as a whole, or of what is not there any more. */
  readonly rest: () => readonly string[];
}

interface Comment {
  readonly text: readonly string[];
  readonly at: number;
  readonly end: number;
  /** Code stands before it on its line. */
  readonly trails: boolean;
}

/**
 * Finds where each comment of a query belongs: behind code, to what ends there; on lines of its own, to the CTE, select
 * item or condition that follows.
 *
 * @param sql the text that `query` was parsed from
 */
export function commentsOf(sql: string, query: Query): Comments {
  const places = [...placesIn(query)].sort((a, b) => a - b);
  const byPlace = new Map<number, string[]>();
  const byCte = new Map<string, string[]>();
  const rest: string[] = [];
  for (const comment of lex(sql)) {
    const list = listOf(comment);
    list.push(...comment.text);
  }
  function listOf(comment: Comment): string[] {
    if (!comment.trails) {
      if (/^\s*$/.test(withoutComments(sql.slice(0, comment.at)))) return rest;
      const name = cteAfter(sql.slice(comment.end));
      if (name !== undefined) return entry(byCte, name.toLowerCase());
    }
    const place = comment.trails
      ? places.filter((at) => at < comment.at).at(-1)
      : places.find((at) => at >= comment.end);
    return place === undefined ? rest : entry(byPlace, place);
  }
  const take = <Key>(from: Map<Key, string[]>, key: Key) => {
    const found = from.get(key) ?? [];
    from.delete(key);
    return found;
  };
  return {
    take: (expression) => {
      if (byPlace.size === 0) return [];
      const at = firstOffset(expression);
      return at === undefined ? [] : take(byPlace, at);
    },
    takeOfCte: (name) => take(byCte, name.toLowerCase()),
    rest: () => [...rest, ...[...byCte.values()].flat(), ...[...byPlace.values()].flat()],
  };
}

function entry<Key>(map: Map<Key, string[]>, key: Key): string[] {
  const found = map.get(key) ?? [];
  map.set(key, found);
  return found;
}

/** `name as (` after further comments, and after WITH or the comma before it. */
function cteAfter(text: string): string | undefined {
  const bare = withoutComments(text);
  return /^[\s,]*(?:with\s+(?:recursive\s+)?)?"?(\w+)"?\s*(?:\([^)]*\)\s*)?as\s*(?:(?:not\s+)?materialized\s*)?\(/i.exec(
    bare,
  )?.[1];
}

function withoutComments(text: string): string {
  return text.replace(/--[^\n]*|\/\*[\s\S]*?\*\//g, ' ');
}

/** Offsets of select items and of conditions joined by AND, each by the first of its parts. */
function placesIn(query: Query): Set<number> {
  const found = new Set<number>();
  const add = (expression: Expression | undefined) => {
    if (expression === undefined) return;
    const parts = expression.kind === 'logical' ? expression.args : [expression];
    for (const part of parts) {
      const at = firstOffset(part);
      if (at !== undefined) found.add(at);
    }
  };
  const from = (item: Select['from']): Select['from'] => {
    if (item.kind === 'join') {
      from(item.left);
      from(item.right);
      add(item.condition);
    } else if (item.kind === 'subquery') visit(item.query);
    return item;
  };
  const visit = (one: Query): Query => {
    if (one.kind === 'select') {
      for (const item of one.items) add(item);
      add(one.where);
      add(one.having);
      add(one.qualify);
    }
    return mapQuery(one, { expression: (expression) => expression, query: visit, from });
  };
  visit(query);
  return found;
}

function firstOffset(expression: Expression): number | undefined {
  let first: number | undefined;
  rewriteExpression(expression, {
    expression: (part) => {
      if (part.at !== undefined && (first === undefined || part.at < first)) first = part.at;
      return part;
    },
  });
  return first;
}

/** Comments of DuckDB SQL; what looks like one within a text or a quoted name is none. */
function lex(sql: string): Comment[] {
  const found: Comment[] = [];
  const token = /'(?:[^']|'')*'|"(?:[^"]|"")*"|\$(\w*)\$[\s\S]*?\$\1\$|--[^\n]*|\/\*[\s\S]*?\*\//g;
  for (const match of sql.matchAll(token)) {
    const [text] = match;
    if (!text.startsWith('--') && !text.startsWith('/*')) continue;
    const line = sql.slice(sql.lastIndexOf('\n', match.index) + 1, match.index);
    const body = text.startsWith('--') ? text.slice(2) : text.slice(2, -2);
    found.push({
      text: body
        .split('\n')
        .map((one) => one.replace(/^\s*\*?\s?/, '').trimEnd())
        .filter((one) => one !== ''),
      at: match.index,
      end: match.index + text.length,
      trails: withoutComments(line).trim() !== '',
    });
  }
  return found;
}
