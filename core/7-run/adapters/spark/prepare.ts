import type { RenderedNode } from '../../../2-render/index.ts';
import type { Graph } from '../../../3-graph/index.ts';
import type { BoundColumn } from '../../../4-bind/index.ts';
import type { Serialise } from '../../../6-emit/index.ts';
import { type Diagnostic, reportRun } from '../../../diagnostics/index.ts';
import type { EnginePlanner } from '../../plan/engine-planner.ts';
import { readSeeds } from '../remote/read-seeds.ts';
import { translateSelected } from '../remote/translations.ts';
import type { Interest } from './inspect.ts';
import { sourceStatements } from './materialize/source.ts';
import { sparkPlanner } from './planner.ts';

export interface PrepareSpark {
  readonly graph: Graph;
  readonly columns: ReadonlyMap<string, readonly BoundColumn[]>;
  readonly selected: ReadonlySet<string>;
  readonly root: string;
  readonly serialise: Serialise;
}

/** All that a plan on Spark needs and that takes waiting: translated SQL and the rows of seeds. */
export interface PreparedSpark {
  readonly planner: EnginePlanner;
  readonly interest: Interest;
  /** What Spark cannot do the same way. With errors: do not run. */
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Translates the selected nodes and tests, and reads seeds, before Spark is asked anything.
 *
 * @example const { planner, interest } = await prepareSpark({ graph, columns, selected, root, serialise });
 */
export async function prepareSpark(options: PrepareSpark): Promise<PreparedSpark> {
  const { graph, columns, selected, root } = options;
  const translations = await translateSelected({ ...options, target: 'spark' });
  const nodes = [...graph.nodes.values()];
  const models = nodes.filter((node): node is RenderedNode => node.kind !== 'test' && node.kind !== 'source');
  const seeds = models.filter((node) => node.kind === 'seed' && selected.has(node.uniqueId));
  const inPlace = models.filter(
    ({ config, kind, uniqueId }) =>
      selected.has(uniqueId) && (kind === 'snapshot' || config.materialized === 'incremental'),
  );
  const refusedSources = nodes.flatMap((source) => {
    if (source.kind !== 'source') return [];
    const made = sourceStatements(source, root, columns.get(source.uniqueId) ?? []);
    if (made.ok) return [];
    const node = `${source.sourceName}.${source.name}`;
    const place = { span: source.span, node: source.uniqueId };
    return [reportRun('CH743', { node, what: made.what, target: 'spark' }, place)];
  });
  return {
    planner: sparkPlanner({ translations, seeds: await readSeeds(seeds, columns, root) }),
    interest: {
      relations: nodes.map(({ relation }) => relation),
      withColumns: inPlace.map(({ relation }) => relation),
    },
    diagnostics: [...translations.diagnostics, ...refusedSources],
  };
}
