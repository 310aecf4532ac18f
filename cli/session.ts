import {
  type Bound,
  type CompileOptions,
  compileProject,
  type Diagnostic,
  type Graph,
  hasErrors,
  loadProject,
  type Project,
  type RenderedProject,
  sortDiagnostics,
} from '#core';
import type { FlagValues } from './args/flag.ts';
import type { projectFlags, runFlags } from './args/shared-flags.ts';
import type { Context } from './command.ts';
import { exitCodes } from './exit-codes.ts';
import { CommandFailure } from './failures.ts';
import { findProject } from './find-project.ts';
import { readVars } from './read-vars.ts';

/** A context of a command that reads a project; a command may leave some of the flags out. */
export type ProjectContext = Omit<Context, 'flags'> & {
  readonly flags: Partial<FlagValues<typeof projectFlags & Pick<typeof runFlags, 'fullRefresh'>>>;
};

/** A project as far as a command needs it; without errors, or it would not have been opened. */
export interface Opened {
  readonly project: Project;
  readonly rendered: RenderedProject;
  readonly graph: Graph;
  /** Only when asked for. */
  readonly bound: Bound | undefined;
}

/** The project's files alone: for commands that render nothing. */
export async function loadOnly(context: ProjectContext): Promise<Project> {
  const { project, diagnostics, text } = await loadProject(await loadOptions(context));
  if (project === undefined) return refuseAll(context, diagnostics, text);
  tell(context, project, diagnostics);
  return project;
}

/**
 * Loads, renders, orders and (when asked) binds the project. Problems of all phases are told together.
 *
 * @throws CommandFailure when there are errors
 */
export async function openProject(
  context: ProjectContext,
  options: { readonly bind: boolean },
): Promise<Opened> {
  const compiled = await compileProject({
    ...(await loadOptions(context)),
    until: options.bind ? 'bind' : 'graph',
    render: {
      environment: context.env,
      fullRefresh: context.flags.fullRefresh ?? false,
      onLog: (text) => context.emit({ type: 'note', level: 'info', text }),
    },
  });
  if (compiled.project === undefined) return refuseAll(context, compiled.diagnostics, compiled.text);
  const { project, rendered, graph, bound, diagnostics } = compiled;
  tell(context, project, diagnostics);
  return { project, rendered, graph, bound };
}

/** Shows diagnostics once; errors (or warnings under --warn-error) end the command. */
export function tell(context: ProjectContext, project: Project, found: readonly Diagnostic[]): void {
  const diagnostics = sortDiagnostics(
    context.flags.warnError
      ? found.map((one) => (one.severity === 'warning' ? { ...one, severity: 'error' } : one))
      : found,
  );
  // Remarks are for who asks what is wrong: `check`, --verbose, or a command that stops anyway.
  const isAsked = hasErrors(diagnostics) || context.verbose || context.command === 'check';
  const told = isAsked ? diagnostics : diagnostics.filter(({ severity }) => severity !== 'info');
  if (told.length === 0) return;
  context.emit({ type: 'diagnostics', diagnostics: told, text: project.text });
  if (!hasErrors(diagnostics)) return;
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  // A seed that cannot be read is a broken file, as a source's is; the project itself is sound.
  const isData = errors.every(({ code }) => code === 'CH425');
  throw new CommandFailure([], isData ? exitCodes.engine : exitCodes.usage);
}

/** Ends a command whose project cannot be understood at all. */
function refuseAll(
  context: ProjectContext,
  diagnostics: readonly Diagnostic[],
  text: ((file: string) => string | undefined) | undefined,
): never {
  context.emit({ type: 'diagnostics', diagnostics, text });
  throw new CommandFailure([]);
}

async function loadOptions(context: ProjectContext): Promise<CompileOptions> {
  const { flags } = context;
  return {
    projectDir: findProject(context.cwd, flags.projectDir),
    target: flags.target,
    vars: await readVars(flags.vars),
    targetPath: flags.targetPath,
    threads: flags.threads,
  };
}
