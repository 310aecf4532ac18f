import { existsSync } from 'node:fs';
import {
  type Adapter,
  type Diagnostic,
  type DuckDbAdapter,
  diagnoseOpening,
  duckdbPlanner,
  type EnginePlanner,
  hasErrors,
  type Project,
  type Relation,
  reportCli,
} from '#core';
import { exitCodes } from './exit-codes.ts';
import { fail } from './failures.ts';
import { openFabricTarget, openRemoteTarget, openSparkTarget } from './remote-target.ts';
import type { Opened } from './session.ts';

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

type Env = Readonly<Record<string, string | undefined>>;
const at = { offset: 0, line: 1, column: 1 };
const nowhere = { file: 'churn_project.yml', start: at, end: at };

/** An engine to build on, and how statements for it are made. */
export interface BuildTarget {
  readonly adapter: Adapter;
  readonly planner: EnginePlanner;
  /** What the engine cannot do the same way. With errors: do not run. */
  readonly diagnostics: readonly Diagnostic[];
}

/** Opens the target of a build, on whatever engine. Nothing is opened for SQL that is refused. */
export async function openBuildTarget(
  env: Env,
  opened: Opened,
  selected: ReadonlySet<string>,
): Promise<BuildTarget | { readonly adapter?: undefined; readonly diagnostics: readonly Diagnostic[] }> {
  const { project, graph, bound } = opened;
  const { target, root } = project;
  if (target.type === 'duckdb')
    return { adapter: await openTarget(project), planner: duckdbPlanner, diagnostics: [] };
  const { prepareFabric, prepareSpark, serialiseWithDuckdb: serialise } = await import('./engine.ts');
  const columns = bound?.columns ?? new Map();
  if (target.type === 'spark') {
    const { planner, interest, diagnostics } = await prepareSpark({
      graph,
      selected,
      columns,
      root,
      serialise,
    });
    if (hasErrors(diagnostics)) return { diagnostics };
    return { adapter: await openSparkTarget(env, project, interest), planner, diagnostics };
  }
  const { planner, relations, diagnostics } = await prepareFabric({
    graph,
    selected,
    columns,
    root,
    target,
    serialise,
  });
  if (hasErrors(diagnostics)) return { diagnostics };
  return { adapter: await openFabricTarget(env, project, relations), planner, diagnostics };
}

/**
 * The target to read one relation of: DuckDB's own, or an empty DuckDB in memory with a copy of the relation from another
 * engine.
 *
 * @throws EngineError when the engine cannot give it
 */
export async function openTargetWith(env: Env, project: Project, relation: Relation): Promise<DuckDbAdapter> {
  if (project.target.type === 'duckdb') return openTarget(project, { readOnly: true });
  const { copyToDuckDb, openDuckDb } = await import('./engine.ts');
  const remote = await openRemoteTarget(env, project, [relation]);
  const memory: Project['target'] = {
    ...project.target,
    type: 'duckdb',
    options: { path: { value: ':memory:', span: project.target.span ?? nowhere } },
  };
  const opened = await openDuckDb(memory, { root: project.root });
  if (!opened.ok) return fail(diagnoseOpening(opened.error, ':memory:'), exitCodes.engine);
  const local = opened.adapter;
  try {
    const columns = (await remote.inspect()).get(relation)?.columns ?? [];
    if (columns.length === 0) return local;
    const quoted = (name: string) => `"${name.replaceAll('"', '""')}"`;
    const { schema, identifier } = relation;
    await local.main.run(`create schema if not exists ${quoted(schema)}`);
    await copyToDuckDb({
      from: remote,
      relation,
      columns,
      duckdb: local.main,
      create: `create table ${quoted(schema)}.${quoted(identifier)}`,
    });
    return local;
  } finally {
    await remote.close();
  }
}
