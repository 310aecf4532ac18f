import { type Dirent, readdirSync, realpathSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { type Diagnostic, reportLoad } from '../../diagnostics/index.ts';
import { startOf } from '../build/names.ts';

/** Paths relative to the project root, forward slashes, each folder's entries by code unit. */
export interface WalkResult {
  readonly files: readonly string[];
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Every file below a folder of the project. Links are followed, loops are reported and skipped; so are hidden
 * entries, `node_modules`, the target folder and folders that are projects of their own.
 */
export function walk(root: string, folder: string, skip: ReadonlySet<string>): WalkResult {
  const files: string[] = [];
  const diagnostics: Diagnostic[] = [];
  const visit = (path: string, ancestors: readonly string[]): void => {
    let entries: Dirent[];
    try {
      entries = readdirSync(join(root, path), { withFileTypes: true });
    } catch (error) {
      diagnostics.push(reportLoad('CH101', { path, reason: reasonOf(error) }, { span: startOf(path) }));
      return;
    }
    if (path !== folder && entries.some((entry) => entry.name === 'churn_project.yml')) return;
    entries.sort((a, b) => (a.name < b.name ? -1 : 1));
    for (const entry of entries) {
      if (entry.name.startsWith('.') || entry.name === 'node_modules') continue;
      const child = path === '.' ? entry.name : `${path}/${entry.name}`;
      if (skip.has(child)) continue;
      if (entry.isFile()) {
        files.push(child);
      } else if (entry.isDirectory()) {
        visit(child, ancestors);
      } else if (entry.isSymbolicLink()) {
        followLink(child, ancestors);
      }
    }
  };
  const followLink = (path: string, ancestors: readonly string[]): void => {
    try {
      if (!statSync(join(root, path)).isDirectory()) {
        files.push(path);
        return;
      }
      const target = realpathSync(join(root, path));
      const here = realpathSync(join(root, path, '..'));
      const loop = [here, ...ancestors].find(
        (folder) => folder === target || folder.startsWith(`${target}/`),
      );
      if (loop === undefined) visit(path, [...ancestors, here]);
      else
        diagnostics.push(
          reportLoad('CH116', { path, target: loopName(root, target) }, { span: startOf(path) }),
        );
    } catch (error) {
      diagnostics.push(
        reportLoad(
          'CH101',
          { path, reason: reasonOf(error), fix: 'Repair or remove the link.' },
          { span: startOf(path) },
        ),
      );
    }
  };
  visit(folder, []);
  return { files, diagnostics };
}

function loopName(root: string, target: string): string {
  const base = realpathSync(root);
  return target === base
    ? 'the project folder'
    : target.startsWith(`${base}/`)
      ? target.slice(base.length + 1)
      : target;
}

/** What the operating system said, in words. */
export function reasonOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return reasons[code] ?? (error instanceof Error ? error.message : String(error));
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'no such file',
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EISDIR: 'it is a folder',
  ENOTDIR: 'a part of its path is not a folder',
  ELOOP: 'too many symbolic links',
};
