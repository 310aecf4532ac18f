import { posix } from 'node:path';
import type { Project, SourceText } from '../../1-load/index.ts';

/**
 * Ways for a program to learn what is in none of the project's files, or to hide that it does: the process, the clock,
 * chance, other modules by computed names, text that becomes code.
 */
const outside =
  /\b(?:process|globalThis|global|require|module|eval|Function|constructor|Date|Temporal|Intl|performance|crypto|random|fetch|WebAssembly|navigator|setTimeout|setInterval)\b|\bimport\s*[.(]|\\u/;

/** What stands before the name of a module, comments included. */
const imported = /\b(?:from|import)(?:\s|\/\*[\s\S]*?\*\/|\/\/[^\n]*\n)*(['"`])([^'"`\n]*)\1/g;

/**
 * Whether the project's TypeScript gives the same as long as the project's files and vars do: it imports nothing but
 * the define helpers and files of the project, and uses no word by which it could look further. May say no of files that
 * are, since it reads words and not programs.
 *
 * @param files every file of the project's folders
 */
export function isRepeatable(project: Project, files: readonly string[]): boolean {
  const known = new Set(files);
  const typed = [
    ...project.nodes.filter(({ language }) => language === 'ts').map(({ file }) => file),
    ...project.typedFiles,
    ...project.macros.filter(({ language }) => language === 'ts').map(({ file }) => file),
  ];
  const read = new Set(typed.map(({ path }) => path));
  return typed.every((file) => isContained(file, known, read));
}

function isContained(
  { path, text }: SourceText,
  known: ReadonlySet<string>,
  read: ReadonlySet<string>,
): boolean {
  if (outside.test(text)) return false;
  return [...text.matchAll(imported)].every(([, , name = '']) => {
    if (name === '#core' || name === 'churn') return true;
    if (!/^\.\.?\//.test(name) || name.includes('\\')) return false;
    const target = posix.join(posix.dirname(path), name);
    const candidates = [target, `${target}.ts`, `${target}/index.ts`];
    const found = candidates.find((candidate) => known.has(candidate));
    // Other TypeScript must have been looked at as well.
    return found !== undefined && (read.has(found) || found.endsWith('.json'));
  });
}
