import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Diagnostic, reportLoad } from '../../diagnostics/index.ts';
import { extension, nameProblem, startOf, stem } from '../build/names.ts';
import { isOutside, pathKeys } from '../build/paths.ts';
import type { FileStore } from '../files/file-store.ts';
import type { Inventory } from '../files/inventory.ts';
import { foreignFiles, foreignModelFiles } from '../schema/foreign.ts';
import type { YamlDocument } from '../yaml/document.ts';
import { get, oneOrMany, textOf } from '../yaml/tree.ts';

const mustHold = {
  snapshots: 'a snapshot is one select',
  seeds: 'a seed begins with the names of its columns',
} as const;

const kinds = { models: 'model', seeds: 'seed', tests: 'test', analyses: 'analysis' } as const;

/** What is wrong with the files themselves: empty, badly named, of a kind that is not supported. */
export function checkFiles(store: FileStore, inventory: Inventory): Diagnostic[] {
  const diagnostics: Diagnostic[] = [];
  for (const [section, what] of Object.entries(mustHold)) {
    for (const path of inventory[section as keyof typeof mustHold]) {
      if (store.isBlank(path)) diagnostics.push(reportLoad('CH109', { path, what }, { span: startOf(path) }));
    }
  }
  for (const [section, kind] of Object.entries(kinds)) {
    for (const path of inventory[section as keyof typeof kinds]) {
      const problem = nameProblem(stem(path));
      if (problem === undefined) continue;
      diagnostics.push(reportLoad('CH122', { kind, name: stem(path), problem }, { span: startOf(path) }));
    }
  }
  for (const path of inventory.foreign) {
    const found = foreignModelFiles[extension(path)];
    if (found === undefined) continue;
    const rewrite = 'Write it as a .sql file, or in TypeScript as a typed query.';
    diagnostics.push(reportLoad('CH113', { ...found, rewrite }, { span: startOf(path) }));
  }
  for (const [path, foreign] of Object.entries(foreignFiles)) {
    if (!existsSync(join(store.root, path))) continue;
    const place = { span: startOf(path) };
    if (foreign.verdict === 'refused')
      diagnostics.push(reportLoad('CH113', { what: path, ...foreign }, place));
    else diagnostics.push({ ...reportLoad('CH114', { what: path, ...foreign }, place), severity: 'info' });
  }
  return diagnostics;
}

/** Folders that the project file names and that are not there; the customary ones may be missing. */
export function checkFolders(doc: YamlDocument, inventory: Inventory): Diagnostic[] {
  return Object.values(pathKeys).flatMap(({ key, fallback }) =>
    oneOrMany(get(doc.root, key)).flatMap((node) => {
      const path = textOf(node)?.replace(/\/+$/, '');
      const isCustomary = (fallback as readonly string[]).includes(path ?? '');
      if (path === undefined || isCustomary || isOutside(path) || !inventory.missing.has(path)) return [];
      return [reportLoad('CH115', { path, key }, { span: doc.span(node) })];
    }),
  );
}

/** Paths that leave the project. */
export function checkPaths(doc: YamlDocument): Diagnostic[] {
  const keys = [...Object.values(pathKeys).map(({ key }) => key), 'simulate-path'];
  return keys.flatMap((key) =>
    oneOrMany(get(doc.root, key)).flatMap((node) => {
      const path = textOf(node);
      if (path === undefined || !isOutside(path)) return [];
      return [reportLoad('CH129', { path, key }, { span: doc.span(node) })];
    }),
  );
}
