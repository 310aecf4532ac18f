import { type Diagnostic, reportRun } from '../../diagnostics/index.ts';
import type { HeldRows, Session } from '../adapters/adapter.ts';
import { EngineError } from '../adapters/engine-error.ts';
import { diagnoseStatement } from '../diagnose.ts';
import type { NodeResult } from '../events.ts';
import type { TestStep } from '../plan/plan.ts';
import type { Progress } from './progress.ts';
import type { Stop } from './stop.ts';

export interface TestOutcome {
  readonly result: NodeResult;
  /** Failing rows to be stored once the surrounding transaction has ended. */
  readonly held?: { readonly step: TestStep; readonly rows: HeldRows };
  /** The engine's error, when the test itself could not run. */
  readonly error?: EngineError;
}

export interface TestContext {
  readonly session: Session;
  readonly progress: Progress;
  readonly stop: Stop;
  readonly root: string;
  /** Resolves soon after another step of the run has ended; at once, to false, when none is at work. */
  readonly anotherEnds: () => Promise<boolean>;
}

/** Runs one data test and judges it as dbt does: `error_if` counts for severity error only, then `warn_if`. */
export async function runTest(
  step: TestStep,
  { session, progress, stop, root }: TestContext,
): Promise<TestOutcome> {
  const started = progress.start(step, session.id);
  const begin = performance.now();
  const seconds = () => (performance.now() - begin) / 1000;
  try {
    stop.check();
    const [row = []] = (await session.query(step.verdict.sql)).rows;
    const [failures = 0, shouldWarn, shouldError] = [Number(row[0] ?? 0), row[1], row[2]];
    const held = step.store && { step, rows: await session.hold(step.store.select) };
    const { config } = step.test;
    const status =
      config.severity === 'error' && shouldError === true ? 'fail' : shouldWarn === true ? 'warn' : 'pass';
    const diagnostics = judge(step, status, failures);
    const message = status === 'pass' ? undefined : diagnostics[0]?.message;
    return {
      result: progress.end(started, { status, seconds: seconds(), failures, message, diagnostics }),
      held,
    };
  } catch (thrown) {
    if (!(thrown instanceof EngineError)) throw thrown;
    if (stop.reason !== undefined) {
      const message = stop.describe();
      return {
        result: progress.end(started, { status: 'skipped', seconds: seconds(), message }),
        error: thrown,
      };
    }
    const diagnostic = diagnoseStatement(thrown, step, step.verdict, root);
    const ending = {
      status: 'error',
      seconds: seconds(),
      message: diagnostic.message,
      diagnostics: [diagnostic],
    } as const;
    return { result: progress.end(started, ending), error: thrown };
  }
}

function judge(step: TestStep, status: 'pass' | 'warn' | 'fail', failures: number): Diagnostic[] {
  const { config, uniqueId, span } = step.test;
  const place = { span, node: uniqueId };
  if (status === 'fail') {
    return [reportRun('CH721', { test: step.name, failures, condition: config.errorIf }, place)];
  }
  if (status === 'warn') {
    return [reportRun('CH722', { test: step.name, failures, condition: config.warnIf }, place)];
  }
  return [];
}

/** Writes failing rows to their tables, after the transaction that found them; what fails becomes a diagnostic. */
export async function storeFailures(
  outcomes: readonly TestOutcome[],
  { session, root }: TestContext,
): Promise<Diagnostic[]> {
  const diagnostics: Diagnostic[] = [];
  for (const { held } of outcomes) {
    if (held?.step.store === undefined) continue;
    try {
      await session.writeHeld(held.step.store.relation, held.rows);
    } catch (thrown) {
      if (!(thrown instanceof EngineError)) throw thrown;
      diagnostics.push(diagnoseStatement(thrown, held.step, undefined, root));
    }
  }
  return diagnostics;
}
