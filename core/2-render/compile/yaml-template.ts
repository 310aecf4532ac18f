import type { Span } from '../../diagnostics/index.ts';
import type { Template } from '../jinja/ast.ts';

/** True when text has to be evaluated; most YAML strings need not. */
export function isTemplate(text: string): boolean {
  return text.includes('{{') || text.includes('{%') || text.includes('{#');
}

/** Where a template in a YAML scalar stands. */
export type Place = NonNullable<Template['inside']>;

/**
 * The place of a string of a YAML file. Where the scalar is written without escapes or folding, each character of the
 * template has its own place in the file; otherwise only the scalar as a whole has.
 *
 * @param prefix characters put before and after the scalar's text to make it a template
 */
export function placeOf(text: string, span: Span, fileText: string | undefined, prefix = 0): Place {
  const start = span.start.offset;
  const end = span.end.offset;
  const written = prefix === 0 ? text : text.slice(prefix, -prefix);
  for (const shift of [start, start + 1]) {
    if (fileText?.startsWith(written, shift)) return { start, end, shift: shift - prefix };
  }
  return { start, end };
}
