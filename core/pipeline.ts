import path from 'node:path';
import { type LoadOptions, loadProject, type Project } from './1-load/index.ts';
import { type RenderedProject, type RenderOptions, renderProject } from './2-render/index.ts';
import { buildGraph, type Graph } from './3-graph/index.ts';
import { BindCache, type Bound, bindProject, engineVersion } from './4-bind/index.ts';
import { readCacheFile, writeCacheFile } from './cache-file.ts';
import { type Diagnostic, sortDiagnostics } from './diagnostics/index.ts';

export interface CompileOptions extends LoadOptions {
  readonly render?: RenderOptions;
  /** The last phase to run; what follows is left out. */
  readonly until?: 'graph' | 'bind';
  /** False: neither read nor write target/.cache. */
  readonly cache?: boolean;
}

/** Milliseconds of each phase that ran. */
export type PhaseTimes = Readonly<Partial<Record<'load' | 'render' | 'graph' | 'bind' | 'save', number>>>;

/** A project after the phases that need no data. With errors in `diagnostics`, nothing of it may be run. */
export interface Compiled {
  readonly project: Project;
  readonly rendered: RenderedProject;
  readonly graph: Graph;
  /** Undefined with `until: 'graph'`. Holds the embedded engine: close it when done. */
  readonly bound: Bound | undefined;
  /** Of all phases, in the order of the files. */
  readonly diagnostics: readonly Diagnostic[];
  readonly times: PhaseTimes;
}

const bindCacheFile = '.cache/bind.json';

/** What there is when churn_project.yml itself cannot be understood. */
export interface Unreadable {
  readonly project?: undefined;
  readonly diagnostics: readonly Diagnostic[];
  /** Text of the files read, for code frames. */
  readonly text?: (path: string) => string | undefined;
}

/**
 * Runs the phases in order: load, render, graph, bind. All problems of all phases are collected.
 *
 * @example
 * const compiled = await compileProject({ projectDir: '.' });
 * if (hasErrors(compiled.diagnostics)) ...
 */
export async function compileProject(options: CompileOptions): Promise<Compiled | Unreadable> {
  const times: Record<string, number> = {};
  const timed = async <Result>(phase: keyof PhaseTimes, run: () => Promise<Result> | Result) => {
    const start = performance.now();
    const result = await run();
    times[phase] = performance.now() - start;
    return result;
  };
  const { project, diagnostics: loadProblems, text } = await timed('load', () => loadProject(options));
  if (project === undefined) return { diagnostics: sortDiagnostics(loadProblems), text };
  const rendered = await timed('render', () => renderProject(project, options.render));
  const { graph, diagnostics: graphProblems } = await timed('graph', () => buildGraph(rendered, project));
  let bound: Bound | undefined;
  if (options.until !== 'graph') {
    const file =
      options.cache === false ? undefined : path.resolve(project.root, project.paths.target, bindCacheFile);
    const cache = new BindCache(engineVersion(project), file && (await readCacheFile(file)));
    bound = await timed('bind', () => bindProject(project, rendered, graph, cache));
    const saved = file && cache.serialize();
    if (file && saved) await timed('save', () => writeCacheFile(file, saved));
  }
  const diagnostics = sortDiagnostics([
    ...loadProblems,
    ...rendered.diagnostics,
    ...graphProblems,
    ...(bound?.diagnostics ?? []),
  ]);
  return { project, rendered, graph, bound, diagnostics, times };
}
