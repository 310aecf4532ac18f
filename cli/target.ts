import { existsSync } from 'node:fs';
import { join } from 'node:path';
import {
  type Adapter,
  type Diagnostic,
  type DuckDbAdapter,
  diagnoseOpening,
  diagnoseSparkOpening,
  duckdbPlanner,
  type EnginePlanner,
  hasErrors,
  type Project,
  reportCli,
} from '#core';
import { exitCodes } from './exit-codes.ts';
import { fail } from './failures.ts';
import type { Opened } from './session.ts';
import { targetFolder } from './target-folder.ts';

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

/** An engine to build on, and how statements for it are made. */
export interface BuildTarget {
  readonly adapter: Adapter;
  readonly planner: EnginePlanner;
  /** What the engine cannot do the same way. With errors: do not run. */
  readonly diagnostics: readonly Diagnostic[];
}

/** Opens the target of a build: DuckDB, or Spark behind a Livy server. Nothing is opened for SQL that is refused. */
export async function openBuildTarget(
  env: Readonly<Record<string, string | undefined>>,
  opened: Opened,
  selected: ReadonlySet<string>,
): Promise<BuildTarget | { readonly adapter?: undefined; readonly diagnostics: readonly Diagnostic[] }> {
  const { project, graph, bound } = opened;
  if (project.target.type !== 'spark')
    return { adapter: await openTarget(project), planner: duckdbPlanner, diagnostics: [] };
  const { openSpark, prepareSpark, serialiseWithDuckdb } = await import('./engine.ts');
  const { planner, interest, diagnostics } = await prepareSpark({
    graph,
    selected,
    columns: bound?.columns ?? new Map(),
    root: project.root,
    serialise: serialiseWithDuckdb,
  });
  if (hasErrors(diagnostics)) return { diagnostics };
  const sessionFile = join(targetFolder(project), `${project.target.name}.session.json`);
  const made = await openSpark(project.target, { env, sessionFile, interest });
  if (made.ok) return { adapter: made.adapter, planner, diagnostics };
  const where = String(project.target.options.endpoint?.value ?? (env.CHURN_LIVY_ENDPOINT || 'its endpoint'));
  const problem = diagnoseSparkOpening(made.error, project.target.name, where);
  return fail(problem, problem.code === 'CH744' ? exitCodes.usage : exitCodes.engine);
}
