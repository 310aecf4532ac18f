import {
  type AuditResult,
  executeRun,
  formatPlan,
  hasErrors,
  type NodeResult,
  planRun,
  type RunCommand,
  type RunOutcome,
  reportCli,
  runExitCode,
} from '#core';
import type { FlagValues } from './args/flag.ts';
import type { buildFlags, gateFlags, nodeFlags } from './args/node-flags.ts';
import { writeRunArtifacts } from './artifacts.ts';
import { refutedModels } from './audit-proof.ts';
import type { Context } from './command.ts';
import { readEventTime } from './event-time.ts';
import { type ExitCode, exitCodes } from './exit-codes.ts';
import { recordFacts } from './fact-record.ts';
import { checksOfResults } from './formats/check.ts';
import { type Format, formatChecks } from './formats/index.ts';
import { nextAfterRun } from './next-command.ts';
import { inspectTarget } from './remote-target.ts';
import { inOrder } from './render/in-order.ts';
import { selectIds } from './selection.ts';
import { type Opened, openProject } from './session.ts';
import { openBuildTarget } from './target.ts';
import { passUnitTests } from './unit-tests.ts';

export type NodeContext = Omit<Context, 'flags'> & {
  readonly flags: FlagValues<typeof nodeFlags> &
    Partial<Pick<FlagValues<typeof gateFlags>, 'format'>> &
    Partial<Pick<FlagValues<typeof buildFlags>, 'restate' | 'eventTimeStart' | 'eventTimeEnd'>>;
};

/** build, run, test, seed and snapshot: open, select, plan, run, tell. */
export async function runNodes(context: NodeContext, command: RunCommand): Promise<ExitCode> {
  const opened = await openProject(context, { bind: true });
  const ids = await selectIds(context, opened);
  if (ids.length === 0) return exitCodes.nothing;
  const selected = new Set(ids);
  const isTesting = (command === 'test' || command === 'build') && !context.flags.dryRun;
  if (isTesting && !(await passUnitTests(context, opened, selected))) {
    opened.bound?.close();
    return exitCodes.failed;
  }
  if ((command === 'build' || command === 'run') && !context.flags.dryRun) {
    const refuted = await refutedModels(opened, selected);
    if (refuted.length > 0) {
      emitRefuted(context, opened, refuted);
      opened.bound?.close();
      return exitCodes.failed;
    }
  }
  return runSelected(context, opened, selected, command);
}

/** A leak is refused before a table is built. */
function emitRefuted(
  context: NodeContext,
  { project, rendered }: Opened,
  refuted: readonly AuditResult[],
): void {
  const byName = new Map([...rendered.nodes.values()].map((node) => [node.name, node]));
  const diagnostics = refuted.map(({ model, column, at, reason = '' }) => {
    const node = byName.get(model);
    const guilty = at && { offset: 0, line: at.line, column: at.column };
    const span = guilty ? { file: at.file, start: guilty, end: guilty } : node?.span;
    return reportCli('CH932', { model, column, reason }, { span, node: node?.uniqueId });
  });
  context.emit({ type: 'diagnostics', diagnostics, text: project.text });
}

export type RunContext = Omit<Context, 'flags'> & {
  readonly flags: Partial<NodeContext['flags']>;
};

/** Plans and runs chosen nodes; writes the artifacts whatever comes of it. */
export async function runSelected(
  context: RunContext,
  opened: Opened,
  selected: ReadonlySet<string>,
  command: RunCommand,
): Promise<ExitCode> {
  const { flags, emit } = context;
  const { project, graph, bound } = opened;
  const target = await openBuildTarget(context.env, opened, selected);
  if (target.diagnostics.length > 0)
    emit({ type: 'diagnostics', diagnostics: target.diagnostics, text: project.text });
  if (target.adapter === undefined) {
    bound?.close();
    return exitCodes.usage;
  }
  const { adapter, planner } = target;
  try {
    const { plan, diagnostics } = planRun({
      graph,
      selected,
      command,
      planner,
      state: await inspectTarget(adapter, project.target),
      columns: bound?.columns,
      root: project.root,
      target: project.target.name,
      fullRefresh: flags.fullRefresh ?? false,
      restate: flags.restate ?? false,
      eventTime: readEventTime(flags),
      hooks: opened.rendered.hooks,
    });
    if (diagnostics.length > 0) emit({ type: 'diagnostics', diagnostics, text: project.text });
    if (hasErrors(diagnostics)) return exitCodes.usage;
    if (flags.dryRun) {
      const script = formatPlan(plan);
      emit({ type: 'data', text: script, records: [{ type: 'plan', sql: script }] });
      return exitCodes.done;
    }
    const outcome = await executeRun(plan, adapter, {
      threads: project.target.threads,
      root: project.root,
      failFast: flags.failFast ?? false,
      signal: context.signal,
      onEvent: inOrder(emit),
    });
    for (const { fact } of recordFacts(opened, outcome.results)) {
      const text = `The data breaks "${fact}": proofs that rest on it are withdrawn. See: churn audit`;
      emit({ type: 'note', level: 'warning', text });
    }
    const unwritten = await writeRunArtifacts(opened, adapter, outcome, { command });
    if (unwritten.length > 0) emit({ type: 'diagnostics', diagnostics: unwritten });
    const exitCode = tellOutcome(context, opened, outcome, command);
    return unwritten.length > 0 ? exitCodes.engine : exitCode;
  } finally {
    await adapter.close();
    bound?.close();
  }
}

function tellOutcome(
  context: RunContext,
  { project, graph }: Opened,
  outcome: RunOutcome,
  command: RunCommand,
): ExitCode {
  const { emit, flags } = context;
  const found = [...outcome.diagnostics, ...outcome.results.flatMap(({ diagnostics }) => diagnostics)];
  if (found.length > 0) emit({ type: 'diagnostics', diagnostics: found, text: project.text });
  if (flags.format !== undefined) {
    const checks = checksOfResults(outcome.results, (id) => graph.nodes.get(id)?.path);
    emit({ type: 'data', text: formatChecks(flags.format as Format, checks), records: [] });
  }
  const code = runExitCode(outcome);
  const warned =
    flags.warnError === true && outcome.results.some((result: NodeResult) => result.status === 'warn');
  const exitCode = code === exitCodes.done && warned ? exitCodes.failed : code;
  emit({ type: 'next', commands: nextAfterRun(command, exitCode, project) });
  return exitCode;
}
