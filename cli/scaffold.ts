import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { packageRoot } from './package-root.ts';

export interface ScaffoldFile {
  /** Relative to the new project. */
  readonly path: string;
  readonly text: string;
}

/** Every file of a template, its name filled in; nothing is written. */
export function planScaffold(template: string, name: string): readonly ScaffoldFile[] {
  const folder = join(packageRoot(), 'cli', 'templates', template);
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((item) => item.isFile())
    .map((item) => {
      const path = join(item.parentPath, item.name);
      // npm leaves files named .gitignore out of packages.
      const relative = path
        .slice(folder.length + 1)
        .replaceAll('\\', '/')
        .replace(/^gitignore$/, '.gitignore');
      return { path: relative, text: readFileSync(path, 'utf8').replaceAll('__name__', name) };
    })
    .sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** The files of a plan that would be overwritten. */
export function inTheWay(root: string, files: readonly ScaffoldFile[]): readonly string[] {
  return files.filter(({ path }) => existsSync(join(root, path))).map(({ path }) => path);
}

export function writeScaffold(root: string, files: readonly ScaffoldFile[]): void {
  for (const { path, text } of files) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text, { flag: 'wx' });
  }
}

/** A folder's name as a project name: lower case letters, digits and underscores. */
export function projectNameOf(folder: string): string {
  const name = folder
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^[^a-z]+|_+$/g, '');
  return name === '' ? 'my_project' : name;
}
