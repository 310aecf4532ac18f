import {
  type Bound,
  type CompileOptions,
  compileProject,
  type Diagnostic,
  type Graph,
  loadAuditRules,
  loadProject,
  type Project,
  type ProjectStamp,
  type RenderedProject,
} from '#core';
import { CommandFailure } from './failures.ts';
import { findProject } from './find-project.ts';
import type { ProjectContext } from './project-context.ts';
import { readVars } from './read-vars.ts';
import { tell } from './tell.ts';

/** A project as far as a command needs it; without errors, or it would not have been opened. */
export interface Opened {
  readonly project: Project;
  readonly rendered: RenderedProject;
  readonly graph: Graph;
  /** Only when asked for. */
  readonly bound: Bound | undefined;
  /** Only when asked for. */
  readonly stamp: ProjectStamp | undefined;
  /** What was told when it was opened. */
  readonly diagnostics: readonly Diagnostic[];
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
  options: {
    readonly bind: boolean;
    readonly stamp?: boolean;
    /** Evaluate the audit rules as well, for what is wrong with them. */
    readonly rules?: boolean;
    /** False: without data tests. */
    readonly tests?: boolean;
    readonly onLoaded?: (project: Project) => void;
  },
): Promise<Opened> {
  const compiled = await compileProject({
    ...(await loadOptions(context)),
    until: options.bind ? 'bind' : 'graph',
    stamp: options.stamp,
    onLoaded: options.onLoaded,
    render: {
      tests: options.tests,
      environment: context.env,
      fullRefresh: context.flags.fullRefresh ?? false,
      onLog: (text) => context.emit({ type: 'note', level: 'info', text }),
    },
  });
  if (compiled.project === undefined) return refuseAll(context, compiled.diagnostics, compiled.text);
  const { project, rendered, graph, bound, stamp } = compiled;
  const rules = options.rules === true ? loadAuditRules(project).diagnostics : [];
  const diagnostics = [...compiled.diagnostics, ...rules];
  tell(context, project, diagnostics);
  return { project, rendered, graph, bound, stamp, diagnostics };
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
