import { hold } from '../print/text.ts';

/**
 * A T-SQL text literal. The warehouse's varchar is UTF-8, so that no N prefix is needed. A backslash at the end of a line
 * would join it with the next one: such a line end is written as `char(10)`.
 */
export function fabricString(value: string): string {
  const [first = '', ...rest] = value.split(/(?<=\\)\r?\n/);
  if (rest.length === 0) return quoted(value);
  return `(${[first, ...rest].map(quoted).join(' + char(10) + ')})`;
}

function quoted(text: string): string {
  return `'${hold(text).replaceAll("'", "''")}'`;
}
