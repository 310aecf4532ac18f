import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { loadProject, type Project } from '../../../core/1-load/index.ts';
import { type RenderedProject, type RenderOptions, renderProject } from '../../../core/2-render/index.ts';
import { hasErrors } from '../../../core/diagnostics/index.ts';

export type Files = Readonly<Record<string, string>>;

const projectFile = 'name: shop\nversion: "1.0"\n';

/** A project of these files, loaded from a folder that is gone afterwards. Files begin with `churn_project.yml`'s default. */
export async function loadFiles(files: Files): Promise<Project> {
  const dir = mkdtempSync(join(tmpdir(), 'churn-render-'));
  try {
    for (const [path, text] of Object.entries({ 'churn_project.yml': projectFile, ...files })) {
      mkdirSync(dirname(join(dir, path)), { recursive: true });
      writeFileSync(join(dir, path), text);
    }
    const { project, diagnostics } = await loadProject({ projectDir: dir, cache: false });
    if (!project || hasErrors(diagnostics)) throw new Error(JSON.stringify(diagnostics, undefined, 2));
    return project;
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

export async function renderFiles(files: Files, options?: RenderOptions): Promise<RenderedProject> {
  return renderProject(await loadFiles(files), options);
}

/** The compiled SQL of a model, blanks normalised; its errors when it has none. */
export function sqlOf(rendered: RenderedProject, name: string): string {
  const node = rendered.nodes.get(`model.shop.${name}`) ?? rendered.nodes.get(`snapshot.shop.${name}`);
  if (!node) return rendered.diagnostics.map(({ code, message }) => `${code} ${message}`).join('; ');
  return node.sql.replace(/\s+/g, ' ').trim();
}

/** The one model of a project, rendered. */
export async function renderModel(sql: string, files: Files = {}, options?: RenderOptions): Promise<string> {
  return sqlOf(await renderFiles({ 'models/m.sql': sql, ...files }, options), 'm');
}
