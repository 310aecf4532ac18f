import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { type ConfigValue, EngineError, type RenderedScript, renderScripts, reportCli } from '#core';
import { exitCodes } from './exit-codes.ts';
import { fail } from './failures.ts';
import type { ProjectContext } from './project-context.ts';
import { loadOnly } from './session.ts';
import { tell } from './tell.ts';

export interface SimulationFlags {
  readonly customers: number | undefined;
  readonly seed: number | undefined;
  readonly months: number | undefined;
  readonly output: string | undefined;
  readonly dryRun: boolean;
}

export interface SimulationResult {
  readonly files: readonly { readonly path: string; readonly bytes: number }[];
  readonly seconds: number;
}

/**
 * Runs simulate/*.sql on an in-memory engine. The statements write to a folder beside the output, which takes its
 * place when all have succeeded; files there that the simulation does not write are kept.
 */
export async function runSimulation(
  context: ProjectContext,
  flags: SimulationFlags,
): Promise<SimulationResult> {
  const started = performance.now();
  const project = await loadOnly(context);
  if (project.simulation.length === 0) fail(reportCli('CH911', { folder: project.paths.simulate }));
  const output = resolve(project.root, flags.output ?? String(project.vars.output ?? 'data'));
  const stage = flags.dryRun ? output : openStage(output);
  try {
    const { scripts, diagnostics } = renderScripts(
      { ...project, vars: { ...project.vars, ...chosen(flags), output: stage } },
      project.simulation,
    );
    tell(context, project, diagnostics);
    if (flags.dryRun) {
      context.emit({ type: 'data', text: scripts.map(({ sql }) => sql).join('\n'), records: [] });
      return { files: [], seconds: 0 };
    }
    await execute(context, scripts, stage);
    const files = readdirSync(stage, { recursive: true, withFileTypes: true })
      .filter((item) => item.isFile())
      .map((item) => relative(stage, join(item.parentPath, item.name)))
      .sort()
      .map((path) => ({
        path: relative(context.cwd, join(output, path)),
        bytes: statSync(join(stage, path)).size,
      }));
    publish(stage, output);
    return { files, seconds: (performance.now() - started) / 1000 };
  } finally {
    if (stage !== output) rmSync(stage, { recursive: true, force: true });
  }
}

function chosen({ customers, seed, months }: SimulationFlags): Record<string, ConfigValue> {
  return Object.fromEntries(
    Object.entries({ customers, seed, months }).filter(([, value]) => value !== undefined),
  ) as Record<string, ConfigValue>;
}

async function execute(
  context: ProjectContext,
  scripts: readonly RenderedScript[],
  stage: string,
): Promise<void> {
  const { openDuckDb } = await import('./engine.ts');
  const opened = await openDuckDb(memoryTarget(stage), { root: stage });
  if (!opened.ok) throw opened.error;
  const { adapter } = opened;
  const session = await adapter.connect();
  const interrupt = () => session.interrupt();
  context.signal.addEventListener('abort', interrupt);
  try {
    for (const [at, { path, sql }] of scripts.entries()) {
      context.signal.throwIfAborted();
      const step = { name: basename(path), index: at + 1, total: scripts.length };
      context.emit({ type: 'step-start', ...step });
      const begun = performance.now();
      try {
        await session.run(sql);
      } catch (error) {
        const seconds = (performance.now() - begun) / 1000;
        context.emit({ type: 'step-end', ...step, seconds, status: 'failed' });
        if (!(error instanceof EngineError) || context.signal.aborted) throw error;
        const machine = error.info.kind === 'disk-full' || error.info.kind === 'out-of-memory';
        fail(
          reportCli('CH912', { file: path, problem: error.message }),
          machine ? exitCodes.engine : exitCodes.usage,
        );
      }
      context.emit({
        type: 'step-end',
        ...step,
        seconds: (performance.now() - begun) / 1000,
        status: 'done',
      });
    }
  } finally {
    context.signal.removeEventListener('abort', interrupt);
    await adapter.close();
  }
}

function openStage(output: string): string {
  mkdirSync(dirname(output), { recursive: true });
  return mkdtempSync(join(dirname(output), `.${basename(output)}.`));
}

/** The stage takes the output's place by two renames; what the simulation does not write moves over. */
function publish(stage: string, output: string): void {
  if (!existsSync(output)) {
    renameSync(stage, output);
    return;
  }
  const old = `${stage}.old`;
  renameSync(output, old);
  renameSync(stage, output);
  for (const name of readdirSync(old)) {
    if (!existsSync(join(output, name))) renameSync(join(old, name), join(output, name));
  }
  rmSync(old, { recursive: true, force: true });
}

/** An engine without a file that may spill beside the output. */
function memoryTarget(stage: string) {
  const at = { offset: 0, line: 1, column: 1 };
  const located = (value: ConfigValue) => ({ value, span: { file: '', start: at, end: at } });
  return {
    type: 'duckdb' as const,
    options: { path: located(':memory:'), temp_directory: located(`${stage}.tmp`) },
  };
}
