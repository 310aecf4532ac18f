import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { reportCli } from '#core';
import { fail } from './failures.ts';

/**
 * The project's folder: the one named, else the nearest at or above the current folder with a churn_project.yml.
 * A named folder is taken as it is, so that the loader can say what it lacks.
 */
export function findProject(cwd: string, named: string | undefined): string {
  if (named !== undefined) return resolve(cwd, named);
  let folder = resolve(cwd);
  for (;;) {
    if (existsSync(join(folder, 'churn_project.yml'))) return folder;
    if (existsSync(join(folder, 'dbt_project.yml'))) return folder;
    const above = dirname(folder);
    if (above === folder) fail(reportCli('CH910', { folder: resolve(cwd) }));
    folder = above;
  }
}
