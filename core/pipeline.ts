import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { type LoadOptions, loadProject, type Project, type ProjectStamp } from './1-load/index.ts';
import {
  expandTyped,
  RenderCache,
  type RenderedProject,
  type RenderOptions,
  renderProject,
} from './2-render/index.ts';
import { buildGraph, type Graph, parsePreviousState } from './3-graph/index.ts';
import type { Bound } from './4-bind/index.ts';
import { type Diagnostic, sortDiagnostics } from './diagnostics/index.ts';

export interface CompileOptions extends LoadOptions {
  readonly render?: RenderOptions;
  /** The last phase to run; what follows is left out. */
  readonly until?: 'graph' | 'bind';
  /** False: neither read nor write target/.cache. */
  readonly cache?: boolean;
  /** Called when the files are read and before anything is rendered, for work that can go on meanwhile. */
  readonly onLoaded?: (project: Project) => void;
}

/** Milliseconds of each phase that ran. */
export type PhaseTimes = Readonly<
  Partial<Record<'load' | 'typed' | 'render' | 'graph' | 'bind' | 'save', number>>
>;

/** A project after the phases that need no data. With errors in `diagnostics`, nothing of it may be run. */
export interface Compiled {
  readonly project: Project;
  readonly rendered: RenderedProject;
  readonly graph: Graph;
  /** Undefined with `until: 'graph'`. Holds the embedded engine: close it when done. */
  readonly bound: Bound | undefined;
  /** With `stamp: true`. */
  readonly stamp: ProjectStamp | undefined;
  /** Of all phases, in the order of the files. */
  readonly diagnostics: readonly Diagnostic[];
  readonly times: PhaseTimes;
}

/** What there is when churn_project.yml itself cannot be understood. */
export interface Unreadable {
  readonly project?: undefined;
  readonly diagnostics: readonly Diagnostic[];
  /** Text of the files read, for code frames. */
  readonly text?: (path: string) => string | undefined;
}

/**
 * Runs the phases in order: load, typed files, render, graph, bind. All problems of all phases are collected.
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
  const {
    project: loaded,
    diagnostics: loadProblems,
    text,
    stamp,
  } = await timed('load', () => loadProject(options));
  if (loaded === undefined) return { diagnostics: sortDiagnostics(loadProblems), text };
  options.onLoaded?.(loaded);
  const caches = await openCaches(loaded, options);
  const { project, diagnostics: typedProblems } = await timed('typed', () => caches.expand());
  const renderOptions = { ...options.render, cache: caches.render };
  const rendered = await timed('render', () => renderProject(project, renderOptions));
  const { graph, diagnostics: graphProblems } = await timed('graph', () => buildGraph(rendered, project));
  const { binder } = caches;
  const bound = binder && (await timed('bind', () => binder.bind(rendered, graph)));
  await timed('save', () => caches.save());
  const diagnostics = sortDiagnostics([
    ...loadProblems,
    ...typedProblems,
    ...rendered.diagnostics,
    ...graphProblems,
    ...(bound?.diagnostics ?? []),
  ]);
  return { project, rendered, graph, bound, stamp, diagnostics, times };
}

/** What the last run left in target/.cache; `save` writes what changed. */
async function openCaches(project: Project, { cache, until, render: wanted }: CompileOptions) {
  const folder = path.resolve(project.root, project.paths.target, '.cache');
  const files = {
    typed: path.join(folder, 'typed.json'),
    render: path.join(folder, 'render.json'),
    bind: path.join(folder, 'bind.json'),
  };
  const read = async (file: string) => (cache === false ? undefined : readText(file));
  const render = new RenderCache(await read(files.render));
  const binder = until === 'graph' ? undefined : await openBinder(project, await read(files.bind));
  let typed: string | undefined;
  const expand = async () => {
    const hasTyped = project.nodes.some(({ language }) => language === 'ts');
    const expanded = await expandTyped(project, hasTyped ? await read(files.typed) : undefined);
    typed = expanded.cache;
    return expanded;
  };
  const save = async () => {
    // Without its tests a rendering is half a rendering: the next one would have to do the rest again.
    if (cache === false || wanted?.tests === false) return;
    const texts = [
      [files.typed, typed],
      [files.render, render.serialize()],
      [files.bind, binder?.serialize()],
    ] as const;
    await Promise.all(texts.map(([file, text]) => text !== undefined && writeCacheFile(file, text)));
  };
  return { render, binder, expand, save };
}

/** The bind phase, loaded here: its engine costs a tenth of a second that `churn ls` need not spend. */
async function openBinder(project: Project, cached: string | undefined) {
  const { BindCache, bindProject, engineVersion } = await import('./4-bind/index.ts');
  const cache = new BindCache(engineVersion(project), cached);
  return {
    bind: (rendered: RenderedProject, graph: Graph) => bindProject(project, rendered, graph, cache),
    serialize: () => cache.serialize(),
  };
}

/** Writes a file beside its place and renames it there: no reader sees half of it. A full disk is no error here. */
async function writeCacheFile(file: string, text: string): Promise<void> {
  const aside = `${file}.${process.pid}.tmp`;
  try {
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(aside, text);
    await rename(aside, file);
  } catch {
    await rm(aside, { force: true }).catch(() => undefined);
  }
}

/** The state of an earlier run from its target folder, for `state:` and `result:` selection and `retry`. */
export async function readPreviousState(folder: string): Promise<ReturnType<typeof parsePreviousState>> {
  const [manifest, runResults] = await Promise.all([
    readText(path.join(folder, 'manifest.json')),
    readText(path.join(folder, 'run_results.json')),
  ]);
  return parsePreviousState(folder, { manifest, runResults });
}

function readText(file: string): Promise<string | undefined> {
  return readFile(file, 'utf8').catch(() => undefined);
}
