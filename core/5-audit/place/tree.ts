import type { Expression, FromItem, Query, Select } from '../../sql/index.ts';

/** Any node of a parsed query. */
export type TreeNode = Expression | FromItem | Query;

/** Every node beneath a value, itself included, in the order of the SQL's parts. */
export function* nodesIn(value: unknown): Generator<TreeNode> {
  if (Array.isArray(value)) {
    for (const item of value) yield* nodesIn(item);
    return;
  }
  if (value === null || typeof value !== 'object') return;
  if ('kind' in value) yield value as TreeNode;
  for (const item of Object.values(value)) yield* nodesIn(item);
}

/** Every SELECT of a query, the outermost first. */
export function selectsIn(query: Query): readonly Select[] {
  return [...nodesIn(query)].filter((node): node is Select => node.kind === 'select');
}

/** The first character that the node's parts were written at. */
export function startOf(node: unknown): number | undefined {
  let first: number | undefined;
  for (const part of nodesIn(node)) {
    const at = 'at' in part ? part.at : undefined;
    if (at !== undefined && (first === undefined || at < first)) first = at;
  }
  return first;
}

/**
 * The start of a comparison whose left side begins with a form that keeps no place, such as `coalesce(`: brackets
 * that close before the operator were opened before the start.
 */
export function widen(sql: string, start: number, operator: number | undefined): number {
  if (operator === undefined || operator < start) return start;
  let depth = 0;
  let missing = 0;
  for (const char of sql.slice(start, operator)) {
    if (char === '(') depth += 1;
    if (char === ')') depth -= 1;
    missing = Math.max(missing, -depth);
  }
  let from = start;
  for (; missing > 0; missing--) {
    const opened = /\w*\s*\([^()]*$/.exec(sql.slice(0, from));
    if (opened === null) return from;
    from = opened.index;
  }
  return from;
}

/** A predicate's text, from where it starts to where the next clause or the next AND begins. */
export function predicateText(sql: string, from: number): string {
  let depth = 0;
  let between = false;
  const rest = sql.slice(from);
  for (const { 0: token, index } of rest.matchAll(
    /'(?:[^']|'')*'|"(?:[^"]|"")*"|--[^\n]*|[a-z_]\w*|[(),;]/gi,
  )) {
    const word = token.toLowerCase();
    if (word === '(') depth += 1;
    else if (word === ')') depth -= 1;
    else if (depth > 0) continue;
    else if (word === 'between') between = true;
    else if (word === 'and' && between) between = false;
    else if (END.has(word) || word.startsWith('--')) return tidy(rest.slice(0, index));
    if (depth < 0) return tidy(rest.slice(0, index));
  }
  return tidy(rest);
}

const END = new Set([
  ...['and', 'or', 'where', 'group', 'order', 'having', 'qualify', 'window', 'limit', 'union', 'except'],
  ...['intersect', 'left', 'right', 'full', 'inner', 'cross', 'join', 'asof', 'then', 'else', 'end', 'as'],
  ...[',', ';'],
]);

function tidy(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim();
}
