import { type Diagnostic, reportRun } from '../../diagnostics/index.ts';
import { EngineError } from '../adapters/engine-error.ts';
import { diagnoseStatement } from '../diagnose.ts';
import type { NodeResult } from '../events.ts';
import type { NodeStep, Statement, TestStep } from '../plan/plan.ts';
import { lateRows } from './late-rows.ts';
import { runTest, storeFailures, type TestContext, type TestOutcome } from './run-test.ts';

/**
 * Write, audit, publish: builds a node, runs its tests and commits, all in one transaction. Its tests name the
 * published relation and see the new one; everybody else sees the old one until the commit.
 *
 * @returns true when the node was published
 */
export async function runNode(step: NodeStep, context: TestContext): Promise<boolean> {
  const { session, progress } = context;
  const started = progress.start(step, session.id);
  const begin = performance.now();
  const built = await buildDespiteConflicts(step, context);
  const seconds = (performance.now() - begin) / 1000;
  if (!built.ok) {
    await rollBack(context);
    await cleanUp(step, context);
    progress.end(started, { ...failure(step, built, context), seconds });
    progress.skip(step.gate, `${step.name} was not built`);
    return false;
  }
  const tests = await runGate(step.gate, context);
  const blocked = tests.some(({ result }) => result.status !== 'pass' && result.status !== 'warn');
  const commit = blocked ? await rollBack(context) : await publish(step, context);
  await cleanUp(step, context);
  const lost = await storeFailures(tests, context);
  if (!blocked && commit === undefined) {
    const rows = built.rows;
    const message = rows === undefined ? step.action : `${step.action}, ${rows.toLocaleString('en')} rows`;
    const diagnostics = [...built.late, ...lost];
    progress.end(started, { status: 'success', seconds, rows, message, diagnostics });
    return true;
  }
  if (commit !== undefined) progress.end(started, { ...failure(step, commit, context), seconds });
  else progress.end(started, { ...notPublished(step, tests, context, lost), seconds });
  return false;
}

interface Failure {
  readonly error: EngineError;
  readonly statement?: Statement;
}
type Built =
  | { readonly ok: true; readonly rows?: number; readonly late: readonly Diagnostic[] }
  | ({ readonly ok: false } & Failure);

/** Attempts at a node that conflicts although nothing else of the run is at work: then somebody else holds on. */
const attemptsAlone = 3;

/**
 * Two hooks that update one log table conflict, and that is nobody's mistake. All of a node is rolled back, hooks too,
 * so it is done again when another node has ended.
 */
async function buildDespiteConflicts(step: NodeStep, context: TestContext): Promise<Built> {
  for (let alone = 0; ; ) {
    const built = await build(step, context);
    if (built.ok || built.error.info.kind !== 'conflict') return built;
    await rollBack(context);
    const others = await context.anotherEnds();
    if (!others && ++alone >= attemptsAlone) return built;
  }
}

async function build(step: NodeStep, { session, stop }: TestContext): Promise<Built> {
  let rows: number | undefined;
  let statement: Statement | undefined;
  try {
    stop.check();
    await session.begin();
    for (statement of step.statements) {
      stop.check();
      const done = await session.run(statement.sql, statement.repeatable);
      if (statement.countsRows !== false && done.rows !== undefined) rows = (rows ?? 0) + done.rows;
    }
    statement = undefined;
    return { ok: true, rows, late: await lateRows(step, session) };
  } catch (thrown) {
    if (!(thrown instanceof EngineError)) throw thrown;
    return { ok: false, error: thrown, statement };
  }
}

/** All tests run, so that a user sees all failures at once; a test that breaks the transaction ends it for the others. */
async function runGate(gate: readonly TestStep[], context: TestContext): Promise<TestOutcome[]> {
  const outcomes: TestOutcome[] = [];
  for (const [index, test] of gate.entries()) {
    const outcome = await runTest(test, context);
    outcomes.push(outcome);
    if (outcome.error !== undefined || context.stop.reason !== undefined) {
      context.progress.skip(gate.slice(index + 1), `not run: test ${test.name} could not run`);
      break;
    }
  }
  return outcomes;
}

async function publish(step: NodeStep, { session, stop }: TestContext): Promise<Failure | undefined> {
  let statement: Statement | undefined;
  try {
    stop.check();
    for (statement of step.publish ?? []) await session.run(statement.sql, statement.repeatable);
    await session.commit();
    return undefined;
  } catch (thrown) {
    if (!(thrown instanceof EngineError)) throw thrown;
    await session.rollback().catch(() => undefined);
    return { error: thrown, statement };
  }
}

async function cleanUp({ cleanUp: statements = [] }: NodeStep, { session }: TestContext): Promise<void> {
  if (statements.length > 0) await session.cleanUp?.(statements.map(({ sql }) => sql));
}

/** A rollback can only fail when the engine is lost, and then there is nothing left to undo. */
async function rollBack({ session }: TestContext): Promise<undefined> {
  await session.rollback().catch(() => undefined);
}

function failure(step: NodeStep, { error, statement }: Failure, { stop, root }: TestContext) {
  if (stop.reason !== undefined && error.info.kind === 'interrupted') {
    return { status: 'skipped', message: stop.describe() } as const;
  }
  if (error.info.fatal || error.info.kind === 'disk-full') stop.pull('engine lost');
  const diagnostic = diagnoseStatement(error, step, statement, root);
  return { status: 'error', message: diagnostic.message, diagnostics: [diagnostic] } as const;
}

function notPublished(
  step: NodeStep,
  tests: readonly TestOutcome[],
  { stop }: TestContext,
  also: readonly Diagnostic[],
) {
  const failed = tests.filter(({ result }) => result.status === 'fail' || result.status === 'error');
  const lost = tests.find(({ error }) => error?.info.fatal);
  if (lost !== undefined) stop.pull('engine lost');
  if (failed.length === 0) return { status: 'skipped', message: stop.describe() } as const;
  const names = failed.map(({ result }: { result: NodeResult }) => result.name).join(', ');
  const diagnostic = reportRun(
    'CH731',
    { model: step.name, tests: names },
    { node: step.uniqueId, span: step.node.span },
  );
  return { status: 'fail', message: diagnostic.message, diagnostics: [diagnostic, ...also] } as const;
}
