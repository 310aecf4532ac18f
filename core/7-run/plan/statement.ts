import type { Statement } from './plan.ts';

/**
 * A statement around a node's compiled SQL: `head`, the body in parentheses on its own lines (it may end in a
 * line comment), `tail`.
 */
export function around(
  head: string,
  body: string,
  tail: string,
  of: 'full' | 'incremental' = 'full',
): Statement {
  const before = `${head}(\n`;
  return { sql: `${before}${withoutSemicolon(body)}\n)${tail}`, body: { at: before.length, of } };
}

/** A trailing semicolon is a habit of users; inside parentheses it is an error. */
export function withoutSemicolon(sql: string): string {
  return sql.replace(/[\s;]+$/, '');
}
