import { resolve } from 'node:path';
import type { Project } from '#core';

/** Absolute path of the project's target folder. */
export function targetFolder(project: Project): string {
  return resolve(project.root, project.paths.target);
}
