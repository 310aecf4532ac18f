import type { Span } from './span.ts';

/**
 * The lines around a span with a caret line under it, as compilers print them.
 *
 * @param text the whole file
 * @param context lines shown before and after the span's first line
 */
export function codeFrame(text: string, span: Span, context = 2): string {
  const lines = text.split('\n');
  const first = Math.max(1, span.start.line - context);
  const last = Math.min(lines.length, span.start.line + context);
  const gutter = String(last).length;
  const out: string[] = [];
  for (let number = first; number <= last; number++) {
    const line = (lines[number - 1] ?? '').replace(/\r$/, '');
    const marked = number === span.start.line;
    out.push(`${marked ? '>' : ' '} ${String(number).padStart(gutter)} | ${clip(line)}`.trimEnd());
    if (marked) {
      const end = span.end.line === span.start.line ? span.end.column : line.length + 1;
      const width = Math.max(1, Math.min(end, line.length + 1) - span.start.column);
      const indent = line.slice(0, span.start.column - 1).replace(/[^\t]/g, ' ');
      out.push(clip(`  ${' '.repeat(gutter)} | ${indent}${'^'.repeat(width)}`));
    }
  }
  return out.join('\n');
}

/** A generated line can be megabytes long; a frame is for eyes. */
function clip(line: string): string {
  return line.length > 240 ? `${line.slice(0, 239)}…` : line;
}
