import { type Diagnostic, reportRun } from '../../diagnostics/index.ts';
import type { Adapter, Session } from '../adapters/adapter.ts';
import { EngineError } from '../adapters/engine-error.ts';
import type { NodeResult, OnRunEvent } from '../events.ts';
import { countNodes, type RunPlan, type Statement, type Step } from '../plan/plan.ts';
import type { RunOutcome } from './outcome.ts';
import { Progress } from './progress.ts';
import { runNode } from './run-node.ts';
import { runTest, storeFailures, type TestContext } from './run-test.ts';
import { Schedule } from './schedule.ts';
import { Stop } from './stop.ts';

export interface ExecuteOptions {
  /** Steps at a time, each on a connection of its own; the engine uses all cores for each anyway. */
  readonly threads: number;
  /** Absolute path of the project, to shorten paths in messages. */
  readonly root: string;
  readonly failFast?: boolean;
  /** Aborting interrupts running statements, rolls back and ends the run: nothing half done. */
  readonly signal?: AbortSignal;
  readonly onEvent?: OnRunEvent;
}

/**
 * Carries out a plan. Never rejects for what an engine or a user's SQL does: that is in the outcome.
 *
 * @example
 * const outcome = await executeRun(plan, adapter, { threads: 4, root, onEvent: console.log });
 * process.exitCode = runExitCode(outcome);
 */
export async function executeRun(
  plan: RunPlan,
  adapter: Adapter,
  options: ExecuteOptions,
): Promise<RunOutcome> {
  const begin = performance.now();
  const emit = options.onEvent ?? (() => undefined);
  const total = countNodes(plan);
  const progress = new Progress(total, emit);
  const diagnostics: Diagnostic[] = [];
  const sessions: Session[] = [];
  const stop = new Stop(() => {
    for (const session of sessions) session.interrupt();
  });
  const abort = () => stop.pull('interrupted');
  options.signal?.addEventListener('abort', abort);
  // A statement that was queued but not yet running when the brake was pulled would not notice.
  const again = setInterval(() => stop.reason !== undefined && stop.pull(stop.reason), 50);
  if (options.signal?.aborted) abort();
  emit({ type: 'run-start', total, target: plan.target, threads: options.threads });
  try {
    const workers = Math.max(1, Math.min(options.threads, plan.steps.length));
    while (sessions.length < workers) sessions.push(await adapter.connect());
    const first = sessions[0] as Session;
    const ready =
      (await runAll(first, plan.prepare, 'prepare', diagnostics)) &&
      (await runAll(first, plan.onRunStart, 'on-run-start', diagnostics));
    if (ready) {
      await runSteps(plan.steps, sessions, { progress, stop, options, diagnostics });
      if (stop.reason === undefined || stop.reason === 'fail-fast') {
        await runAll(first, plan.onRunEnd, 'on-run-end', diagnostics);
      }
    } else progress.skip(plan.steps, 'the run could not be prepared');
  } finally {
    clearInterval(again);
    options.signal?.removeEventListener('abort', abort);
    for (const session of sessions) session.close();
  }
  if (filledDisk(progress.results, diagnostics)) await adapter.reclaim().catch(() => undefined);
  const seconds = (performance.now() - begin) / 1000;
  const interrupted = stop.reason === 'interrupted';
  emit({ type: 'run-end', results: progress.results, seconds, interrupted });
  return { results: progress.results, diagnostics, seconds, interrupted };
}

/** Then the artifacts of this run need the space that the failed statement holds. */
function filledDisk(results: readonly NodeResult[], diagnostics: readonly Diagnostic[]): boolean {
  return [...diagnostics, ...results.flatMap((result) => result.diagnostics)].some(
    ({ code }) => code === 'CH704',
  );
}

interface Shared {
  readonly progress: Progress;
  readonly stop: Stop;
  readonly options: ExecuteOptions;
  readonly diagnostics: Diagnostic[];
}

/** One loop per session: take what may start, run it, tell the schedule. */
async function runSteps(steps: readonly Step[], sessions: readonly Session[], shared: Shared): Promise<void> {
  const { progress, stop, options, diagnostics } = shared;
  const schedule = new Schedule(steps);
  const idle: (() => void)[] = [];
  let running = 0;
  const wake = () => {
    for (const resume of idle.splice(0)) resume();
  };
  const anotherEnds = async () => {
    if (running <= 1) return false;
    // The clock is for the case that the other ended just before.
    await new Promise<void>((resume) => {
      idle.push(resume);
      setTimeout(resume, 250);
    });
    return true;
  };
  const work = async (session: Session) => {
    for (;;) {
      const step = stop.reason === undefined ? schedule.take() : undefined;
      if (step === undefined) {
        if (running === 0 || stop.reason !== undefined) break;
        await new Promise<void>((resume) => idle.push(resume));
        continue;
      }
      running++;
      const ok = await runStep(
        step,
        { session, progress, stop, root: options.root, anotherEnds },
        diagnostics,
      );
      running--;
      if (ok) schedule.succeeded(step.uniqueId);
      else {
        progress.skip(schedule.failed(step.uniqueId), `skipped: ${step.name} did not succeed`);
        if (options.failFast && stop.reason === undefined) stop.pull('fail-fast');
      }
      wake();
    }
    wake();
  };
  await Promise.all(sessions.map(work));
  if (stop.reason !== undefined) progress.skip(schedule.drain(), stop.describe());
}

async function runStep(step: Step, context: TestContext, diagnostics: Diagnostic[]): Promise<boolean> {
  if (step.kind !== 'test') return runNode(step, context);
  const outcome = await runTest(step, context);
  const { result, error } = outcome;
  diagnostics.push(...(await storeFailures([outcome], context)));
  if (error?.info.fatal) context.stop.pull('engine lost');
  return result.status === 'pass' || result.status === 'warn';
}

async function runAll(
  session: Session,
  statements: readonly Statement[],
  what: string,
  diagnostics: Diagnostic[],
): Promise<boolean> {
  for (const statement of statements) {
    try {
      await session.run(statement.sql, statement.repeatable);
    } catch (thrown) {
      if (!(thrown instanceof EngineError)) throw thrown;
      diagnostics.push(diagnoseRunStatement(thrown, statement, what));
      return false;
    }
  }
  return true;
}

function diagnoseRunStatement(error: EngineError, statement: Statement, what: string): Diagnostic {
  const { kind, message: reason } = error.info;
  if (kind === 'disk-full') return reportRun('CH704', { what, reason });
  if (kind === 'out-of-memory') return reportRun('CH705', { what, reason });
  if (kind === 'connection') return reportRun('CH740', { path: 'the target', reason });
  if (kind === 'session-lost') return reportRun('CH741', { what, reason });
  if (kind === 'access') return reportRun('CH742', { path: 'the target', reason });
  if (kind === 'fatal' || kind === 'corrupt') return reportRun('CH706', { what, reason });
  return statement.hook ? reportRun('CH728', { hook: what, reason }) : reportRun('CH720', { what, reason });
}
