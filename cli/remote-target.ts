import { join } from 'node:path';
import {
  type Adapter,
  type DatabaseState,
  diagnoseFabricOpening,
  diagnoseSparkOpening,
  EngineError,
  type PreparedSpark,
  type Project,
  type Relation,
} from '#core';
import { exitCodes } from './exit-codes.ts';
import { fail } from './failures.ts';
import { targetFolder } from './target-folder.ts';

type Env = Readonly<Record<string, string | undefined>>;

/** Opens an engine over the network to read these relations; failure ends the command. */
export function openRemoteTarget(
  env: Env,
  project: Project,
  relations: readonly Relation[],
): Promise<Adapter> {
  return project.target.type === 'spark'
    ? openSparkTarget(env, project, { relations, withColumns: relations })
    : openFabricTarget(env, project, relations);
}

/** What the target holds; an engine over the network that does not tell ends the command. */
export async function inspectTarget(adapter: Adapter, target: Project['target']): Promise<DatabaseState> {
  try {
    return await adapter.inspect();
  } catch (thrown) {
    if (!(thrown instanceof EngineError) || target.type === 'duckdb') throw thrown;
    const problem =
      target.type === 'fabric'
        ? diagnoseFabricOpening(thrown, target.name)
        : diagnoseSparkOpening(thrown, target.name, adapter.location);
    return fail(problem, exitCodes.engine);
  }
}

/** Opens a session behind the target's Livy server; failure ends the command. */
export async function openSparkTarget(
  env: Env,
  project: Project,
  interest: PreparedSpark['interest'],
): Promise<Adapter> {
  const { openSpark } = await import('./engine.ts');
  const { target } = project;
  const sessionFile = join(targetFolder(project), `${target.name}.session.json`);
  const made = await openSpark(target, { env, sessionFile, interest });
  if (made.ok) return made.adapter;
  const where = String(target.options.endpoint?.value ?? (env.CHURN_LIVY_ENDPOINT || 'its endpoint'));
  const problem = diagnoseSparkOpening(made.error, target.name, where);
  return fail(problem, problem.code === 'CH744' ? exitCodes.usage : exitCodes.engine);
}

/** Logs in to the target's warehouse; failure ends the command. */
export async function openFabricTarget(
  env: Env,
  { target }: Project,
  relations: readonly Relation[],
): Promise<Adapter> {
  const { openFabric } = await import('./engine.ts');
  const made = await openFabric(target, { env, relations });
  if (made.ok) return made.adapter;
  const problem = diagnoseFabricOpening(made.error, target.name);
  const isUsage = ['CH747', 'CH748', 'CH749'].includes(problem.code);
  return fail(problem, isUsage ? exitCodes.usage : exitCodes.engine);
}
