import type { TargetConfig } from '../../../1-load/index.ts';
import type { Relation, RenderedNode } from '../../../2-render/index.ts';
import type { Graph } from '../../../3-graph/index.ts';
import type { BoundColumn } from '../../../4-bind/index.ts';
import type { Serialise } from '../../../6-emit/index.ts';
import { type Diagnostic, reportRun } from '../../../diagnostics/index.ts';
import type { EnginePlanner } from '../../plan/engine-planner.ts';
import { readSeeds } from '../remote/read-seeds.ts';
import { translateSelected } from '../remote/translations.ts';
import { sourceStatements } from './materialize/source.ts';
import { fabricPlanner } from './planner.ts';

export interface PrepareFabric {
  readonly graph: Graph;
  readonly columns: ReadonlyMap<string, readonly BoundColumn[]>;
  readonly selected: ReadonlySet<string>;
  readonly root: string;
  readonly target: TargetConfig;
  readonly serialise: Serialise;
}

/** All that a plan on Fabric needs and that takes waiting: translated SQL and the rows of seeds. */
export interface PreparedFabric {
  readonly planner: EnginePlanner;
  /** Relations whose schemas are to be looked at before the plan is made. */
  readonly relations: readonly Relation[];
  /** What a warehouse cannot do the same way. With errors: do not run. */
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Translates the selected nodes and tests, and reads seeds, before the warehouse is asked anything.
 *
 * @example const { planner, relations } = await prepareFabric({ graph, columns, selected, root, target, serialise });
 */
export async function prepareFabric(options: PrepareFabric): Promise<PreparedFabric> {
  const { graph, columns, selected, root } = options;
  const translations = await translateSelected({ ...options, target: 'fabric' });
  const nodes = [...graph.nodes.values()];
  const seeds = nodes.filter(
    (node): node is RenderedNode => node.kind === 'seed' && selected.has(node.uniqueId),
  );
  const given = options.target.options.files?.value;
  const files = typeof given === 'string' ? given : undefined;
  const refusedSources = nodes.flatMap((source) => {
    if (source.kind !== 'source') return [];
    const made = sourceStatements(source, columns.get(source.uniqueId) ?? [], files);
    if (made.ok) return [];
    const node = `${source.sourceName}.${source.name}`;
    const place = { span: source.span, node: source.uniqueId };
    return [reportRun('CH743', { node, what: made.what, target: 'fabric' }, place)];
  });
  return {
    planner: fabricPlanner({ translations, seeds: await readSeeds(seeds, columns, root), files }),
    relations: nodes.map(({ relation }) => relation),
    diagnostics: [...translations.diagnostics, ...refusedSources],
  };
}
