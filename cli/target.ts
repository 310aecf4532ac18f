import { existsSync } from 'node:fs';
import { type DuckDbAdapter, diagnoseOpening, type Project, reportCli } from '#core';
import { exitCodes } from './exit-codes.ts';
import { fail } from './failures.ts';

/** Opens the project's target; a database that cannot be opened ends the command with exit code 3. */
export async function openTarget(
  project: Project,
  options: { readonly readOnly?: boolean } = {},
): Promise<DuckDbAdapter> {
  const { target } = project;
  if (target.type !== 'duckdb')
    fail(
      reportCli('CH904', {
        flag: '--target',
        value: target.name,
        expected: `a target of type \`duckdb\` for this command; this one is \`${target.type}\``,
      }),
    );
  // Loaded here, so that commands without a target need no engine.
  const { databasePath, openDuckDb } = await import('./engine.ts');
  const path = databasePath(target, project.root);
  // A database that is not there holds nothing to read: an empty one answers, and no file is made.
  const readOnly = options.readOnly === true && path !== ':memory:' && existsSync(path);
  const opened = await openDuckDb(target, { root: project.root, readOnly });
  if (!opened.ok) fail(diagnoseOpening(opened.error, path), exitCodes.engine);
  return opened.adapter;
}
