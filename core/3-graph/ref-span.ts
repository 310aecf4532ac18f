import type { Project } from '../1-load/index.ts';
import type { Rendered } from '../2-render/index.ts';
import { LineIndex, type Span } from '../diagnostics/index.ts';

/**
 * Where `node`'s file refers to `target`: the first `ref('target')` or `source('a', 'b')` in it. A reference
 * made inside a macro has no such place, then it is the node itself.
 */
export function refSpan(
  node: Rendered | undefined,
  target: Rendered | undefined,
  project: Project,
): Span | undefined {
  if (node === undefined || target === undefined) return undefined;
  const text = project.text(node.path);
  if (text === undefined || node.kind === 'test') return node.span;
  const pattern =
    target.kind === 'source'
      ? `source\\(\\s*['"]${literal(target.sourceName)}['"]\\s*,\\s*['"]${literal(target.name)}['"]\\s*\\)`
      : `ref\\(\\s*(?:['"][^'"]*['"]\\s*,\\s*)?['"]${literal(target.name)}['"][^)]*\\)`;
  const from = node.path === node.span.file ? node.span.start.offset : 0;
  const search = new RegExp(pattern, 'g');
  search.lastIndex = from;
  const match = search.exec(text);
  if (match === null) return node.span;
  return new LineIndex(text).span(node.path, match.index, match.index + match[0].length);
}

function literal(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
