import type { Span } from '../../diagnostics/index.ts';

/** The very beginning of a file. */
export function fileStart(file: string): Span {
  const start = { offset: 0, line: 1, column: 1 };
  return { file, start, end: start };
}
