import { hold } from '../print/text.ts';

/** A Spark string literal: the backslash escapes, and doubling a quote would join two literals. */
export function sparkString(value: string): string {
  return `'${hold(value.replaceAll('\\', '\\\\').replaceAll("'", "\\'"))}'`;
}
