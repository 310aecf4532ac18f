import { LineIndex, type Span } from '../../diagnostics/index.ts';
import type { Template } from './ast.ts';
import { Cursor } from './cursor.ts';
import { RenderError } from './error.ts';
import { tokenize } from './lexer.ts';
import { parseBody } from './parse-statement.ts';

/**
 * Parses a template, or the part `[start, end)` of a file.
 *
 * @throws RenderError with its span set
 * @example parseTemplate('models/a.sql', 'select {{ 1 + 1 }}').body.length // 2
 */
export function parseTemplate(
  file: string,
  text: string,
  options: { start?: number; end?: number; inside?: Template['inside'] } = {},
): Template {
  try {
    const body = parseBody(new Cursor(tokenize(text, options.start, options.end)), []);
    return { file, text, body, ...(options.inside && { inside: options.inside }) };
  } catch (error) {
    if (error instanceof RenderError && !error.located) {
      const [start, end] = error.at ?? [0, 0];
      if (!options.inside) error.span = new LineIndex(text).span(file, start, Math.min(end, text.length));
      else error.at = [start, end];
      error.located = true;
    }
    throw error;
  }
}

/** The place of a range of a template in its file; `fileText` is the whole file the template stands in. */
export function spanIn(
  template: Pick<Template, 'file' | 'inside'>,
  start: number,
  end: number,
  lines: LineIndex,
): Span {
  const { inside } = template;
  if (!inside) return lines.span(template.file, start, end);
  if (inside.shift === undefined) return lines.span(template.file, inside.start, inside.end);
  return lines.span(template.file, start + inside.shift, end + inside.shift);
}
