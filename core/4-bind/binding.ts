import type { Project } from '../1-load/index.ts';
import type { RenderedNode, RenderedProject } from '../2-render/index.ts';
import type { Graph } from '../3-graph/index.ts';
import type { Diagnostic } from '../diagnostics/index.ts';
import type { BoundColumn } from './bound.ts';
import type { BindCache } from './cache.ts';
import { Engine } from './engine/engine.ts';
import { engineSettings } from './engine/settings.ts';

/** What all steps of binding share. Steps run in order and add to `columns`, `failed` and `diagnostics`. */
export interface Binding {
  readonly project: Project;
  readonly rendered: RenderedProject;
  readonly graph: Graph;
  readonly cache: BindCache;
  readonly columns: Map<string, readonly BoundColumn[]>;
  /** Nodes and sources without columns because of an error of their own. */
  readonly failed: Set<string>;
  /** What was not checked, and the failed nodes upstream of it. */
  readonly notChecked: Map<string, readonly string[]>;
  readonly diagnostics: Diagnostic[];
  /** Bound nodes of which more than the SQL must be checked; those that passed before are left out. */
  readonly toCheck: RenderedNode[];
  /** unique_ids whose empty tables exist in the engine. */
  readonly tables: Set<string>;
  readonly statistics: { bound: number; cached: number };
  /** Opens the engine at the first call: a run that finds everything in the cache needs none. */
  readonly engine: () => Promise<Engine>;
  readonly close: () => void;
}

export function startBinding(
  project: Project,
  rendered: RenderedProject,
  graph: Graph,
  cache: BindCache,
): Binding {
  let opened: Promise<Engine> | undefined;
  return {
    project,
    rendered,
    graph,
    cache,
    columns: new Map(),
    failed: new Set(),
    notChecked: new Map(),
    diagnostics: [],
    toCheck: [],
    tables: new Set(),
    statistics: { bound: 0, cached: 0 },
    engine: () => {
      opened ??= Engine.open(engineSettings(project));
      return opened;
    },
    close: () => {
      opened?.then((engine) => engine.close()).catch(() => undefined);
      opened = undefined;
    },
  };
}
