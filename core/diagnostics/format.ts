import type { Diagnostic } from './diagnostic.ts';
import { codeFrame } from './frame.ts';

export interface FormatOptions {
  /** Text of a project file by its relative path; frames are left out for unknown files. */
  readonly text?: (file: string) => string | undefined;
  readonly color?: boolean;
}

/**
 * A diagnostic as people read it: place and code, message, frame, cause, fix, related places.
 *
 * @example
 * models/orders.sql:3:8 error CH403: column `amuont` does not exist
 *   ...frame...
 *   fix: Did you mean `amount`?
 */
export function formatDiagnostic(diagnostic: Diagnostic, options: FormatOptions = {}): string {
  const paint = painter(options.color ?? false);
  const { span } = diagnostic;
  const place = span === undefined ? '' : `${span.file}:${span.start.line}:${span.start.column} `;
  const tone =
    diagnostic.severity === 'error' ? 'red' : diagnostic.severity === 'warning' ? 'yellow' : 'cyan';
  const out = [
    `${paint('bold', place)}${paint(tone, diagnostic.severity)} ${paint('dim', diagnostic.code)}: ${diagnostic.message}`,
  ];
  const text = span && options.text?.(span.file);
  if (span && text !== undefined) out.push(indent(codeFrame(text, span)));
  if (diagnostic.cause) out.push(`  ${paint('dim', 'cause:')} ${diagnostic.cause}`);
  if (diagnostic.fix) out.push(`  ${paint('green', 'fix:')} ${diagnostic.fix}`);
  for (const related of diagnostic.related ?? []) {
    const at = related.span;
    out.push(`  ${paint('dim', 'see:')} ${at.file}:${at.start.line}:${at.start.column} ${related.message}`);
  }
  return out.join('\n');
}

const styles = { bold: 1, dim: 2, red: 31, green: 32, yellow: 33, cyan: 36 } as const;

function painter(enabled: boolean) {
  return (style: keyof typeof styles, text: string) =>
    enabled && text !== '' ? `\u001b[${styles[style]}m${text}\u001b[0m` : text;
}

function indent(text: string): string {
  return text.replace(/^/gm, '  ');
}
