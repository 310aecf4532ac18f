import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import { type LoadOptions, loadProject, type Project } from '../../../core/1-load/index.ts';

export type Files = Readonly<Record<string, string>>;

/** Writes a project to a folder that is gone when the test has finished. */
export function temporaryProject(files: Files): string {
  const dir = mkdtempSync(join(tmpdir(), 'churn-load-'));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  writeFiles(dir, files);
  return dir;
}

export function writeFiles(dir: string, files: Files): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(dir, path)), { recursive: true });
    writeFileSync(join(dir, path), text);
  }
}

/** Loads files as a project; the test fails when it is none. */
export async function load(files: Files, options: Partial<LoadOptions> = {}) {
  const projectDir = temporaryProject({ 'churn_project.yml': 'name: shop\n', ...files });
  const { project, diagnostics } = await loadProject({ projectDir, cache: false, ...options });
  if (project === undefined)
    throw new Error(`no project: ${diagnostics.map(({ message }) => message).join('; ')}`);
  return { project, diagnostics, codes: diagnostics.map(({ code }) => code) };
}

/** A project as plain data, lazily built parts included; without its root. */
export function plain(project: Project): unknown {
  return JSON.parse(JSON.stringify({ ...project, root: '', docs: [...project.docs] }));
}

export function nodeNamed(project: Project, name: string) {
  const found = project.nodes.find((node) => node.name === name);
  if (found === undefined) throw new Error(`no node ${name}`);
  return found;
}
