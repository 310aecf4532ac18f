import { createRequire } from 'node:module';
import type { Project } from '../../1-load/index.ts';
import { engineSettings } from './settings.ts';

/** What decides how SQL binds besides the project's text: DuckDB's version and the target's binding settings. */
export function engineVersion(project: Project): string {
  const { version } = createRequire(import.meta.url)('@duckdb/node-api/package.json') as { version: string };
  return `${version} ${JSON.stringify(engineSettings(project))}`;
}
