import type { Span } from '../../diagnostics/index.ts';

/** The name a file gives its node: its base name without the last extension. */
export function stem(path: string): string {
  const base = path.slice(path.lastIndexOf('/') + 1);
  const dot = base.lastIndexOf('.');
  return dot <= 0 ? base : base.slice(0, dot);
}

/** `.sql`, `.yml`, ... in lower case; empty without one. */
export function extension(path: string): string {
  const base = path.slice(path.lastIndexOf('/') + 1);
  const dot = base.lastIndexOf('.');
  return dot <= 0 ? '' : base.slice(dot).toLowerCase();
}

/** What forbids a name, in words; undefined when it is fine. */
export function nameProblem(name: string): string | undefined {
  if (/^[A-Za-z_][A-Za-z0-9_.-]*$/.test(name)) return undefined;
  if (name === '') return 'it is empty';
  if (/\s/.test(name)) return 'it contains a blank';
  if (/^[^A-Za-z_]/.test(name)) return `it begins with \`${name.charAt(0)}\``;
  const bad = /[^A-Za-z0-9_.-]/u.exec(name);
  return `it contains \`${bad?.[0] ?? ''}\``;
}

/** Folders between the one of `roots` that holds the file and the file. */
export function foldersBelow(path: string, roots: readonly string[]): readonly string[] {
  let base = '';
  for (const root of roots) {
    if (root.length > base.length && path.charAt(root.length) === '/' && path.startsWith(root)) base = root;
  }
  return path
    .slice(base === '' ? 0 : base.length + 1)
    .split('/')
    .slice(0, -1);
}

/** The first character of a file. */
export function startOf(file: string): Span {
  const start = { offset: 0, line: 1, column: 1 };
  return { file, start, end: start };
}
