import { type Diagnostic, reportCli } from '#core';
import { parseCommandLine } from './args/parse.ts';
import type { Command, Context } from './command.ts';
import { commandLoaders } from './commands/index.ts';
import { type ExitCode, exitCodes } from './exit-codes.ts';
import { CommandFailure } from './failures.ts';
import type { CliEvent, Emit } from './render/events.ts';
import { duration } from './render/words.ts';

interface DemoFlags {
  readonly projectDir: string | undefined;
  readonly target: string | undefined;
  readonly threads: number | undefined;
  readonly customers: number | undefined;
  readonly seed: number | undefined;
}

type DemoContext = Omit<Context, 'flags'> & { readonly flags: DemoFlags };

const defaultCustomers = 10_000;

/** The command lines of the demo, in order. */
export function demoSteps(flags: DemoFlags): readonly (readonly string[])[] {
  const shared = [
    ...(flags.projectDir === undefined ? [] : ['--project-dir', flags.projectDir]),
    ...(flags.target === undefined ? [] : ['--target', flags.target]),
    ...(flags.threads === undefined ? [] : ['--threads', String(flags.threads)]),
  ];
  const simulate = ['simulate', '--customers', String(flags.customers ?? defaultCustomers)];
  if (flags.seed !== undefined) simulate.push('--seed', String(flags.seed));
  return [
    simulate,
    ['build'],
    ['audit'],
    ['audit', '--on-data'],
    ['train'],
    ['explain'],
    ['score'],
    ['report'],
  ].map((step) => [...step, ...shared]);
}

/** Runs the steps one after another, as a user would type them, and stops at the first that fails. */
export async function runDemo(outer: DemoContext): Promise<ExitCode> {
  const context = { ...outer, emit: withoutRepetition(outer.emit) };
  const steps = demoSteps(context.flags);
  const started = performance.now();
  let report = '';
  for (const [at, argv] of steps.entries()) {
    const name = argv[0] as string;
    const place = { name, index: at + 1, total: steps.length };
    context.emit({
      type: 'section',
      title: `churn ${argv.join(' ')}`,
      index: place.index,
      total: place.total,
    });
    const begun = performance.now();
    const last = at === steps.length - 1;
    const heard: Emit = (event) => {
      if (last && event.type === 'data') report = event.text;
      context.emit(event);
    };
    const code = await runStep({ ...context, emit: heard }, argv, last);
    const seconds = (performance.now() - begun) / 1000;
    context.emit({
      type: 'step-end',
      ...place,
      seconds,
      status: code === exitCodes.done ? 'done' : 'failed',
    });
    if (code === exitCodes.done) continue;
    if (!context.signal.aborted)
      context.emit({ type: 'diagnostics', diagnostics: [reportCli('CH930', { step: name })] });
    return code;
  }
  const seconds = (performance.now() - started) / 1000;
  context.emit({
    type: 'note',
    level: 'success',
    text: `\nFrom raw files to explained predictions in ${duration(seconds)}. Open ${report} in a browser.`,
  });
  return exitCodes.done;
}

async function runStep(context: DemoContext, argv: readonly string[], last: boolean): Promise<ExitCode> {
  const command = (await commandLoaders[argv[0] as string]?.()) as Command;
  const { values, words, diagnostics } = parseCommandLine(command, argv.slice(1));
  if (diagnostics.length > 0) throw new CommandFailure(diagnostics as readonly Diagnostic[]);
  try {
    return await command.run({
      ...context,
      flags: values as Context['flags'],
      words,
      emit: (event) => forward(event, context, last),
    });
  } catch (error) {
    if (!(error instanceof CommandFailure)) throw error;
    if (error.diagnostics.length > 0) context.emit({ type: 'diagnostics', diagnostics: error.diagnostics });
    return error.exitCode;
  }
}

/** Steps speak as they do alone, but say nothing of tests that pass, and the end is told by the demo itself. */
function forward(event: CliEvent, context: DemoContext, last: boolean): void {
  if (event.type === 'next' && !last) return;
  if (event.type === 'note' && last) return;
  if (event.type === 'node-end' && !context.verbose && !context.json) {
    const { kind, status } = event.result;
    if (status === 'pass' || (kind === 'source' && status === 'success')) return;
  }
  context.emit(event);
}

/** Each step reads the project anew: what it warns about is told once. */
function withoutRepetition(emit: Emit): Emit {
  const told = new Set<string>();
  return (event) => {
    if (event.type !== 'diagnostics') return emit(event);
    const fresh = event.diagnostics.filter(({ severity, code, message, span }) => {
      const key = JSON.stringify([code, message, span]);
      if (severity === 'error') return true;
      return !told.has(key) && told.add(key);
    });
    if (fresh.length > 0) emit({ ...event, diagnostics: fresh });
  };
}
