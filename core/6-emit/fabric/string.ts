import { hold } from '../print/text.ts';

/** A T-SQL text literal. The warehouse's varchar is UTF-8, so that no N prefix is needed. */
export function fabricString(value: string): string {
  return `'${hold(value).replaceAll("'", "''")}'`;
}
