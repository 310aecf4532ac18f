import type { Project } from '../1-load/index.ts';
import type { RenderedProject } from '../2-render/index.ts';
import type { Graph } from '../3-graph/index.ts';
import { sortDiagnostics } from '../diagnostics/index.ts';
import { type Binding, startBinding } from './binding.ts';
import type { Bound } from './bound.ts';
import type { BindCache } from './cache.ts';
import { checkConfiguration } from './check/configuration.ts';
import { checkContracts } from './check/contract.ts';
import { checkHistory } from './check/history.ts';
import { checkRoles } from './check/roles.ts';
import { columnLineage } from './lineage/column-lineage.ts';
import { bindModels } from './models.ts';
import { reportNotChecked } from './not-checked.ts';
import { bindSourceFacts } from './sources/facts.ts';
import { bindSeeds } from './sources/seed-columns.ts';
import { bindSources } from './sources/source-columns.ts';
import { bindTests } from './tests.ts';
import { bindVariants } from './variants.ts';

/** What binding does, in order; each step adds columns or diagnostics. */
const steps: readonly ((binding: Binding) => Promise<void> | void)[] = [
  bindSources,
  bindSeeds,
  bindModels,
  bindVariants,
  bindTests,
  bindSourceFacts,
  checkContracts,
  checkRoles,
  checkConfiguration,
  checkHistory,
  rememberClean,
  reportNotChecked,
];

/**
 * Gives every node its column names and types, from an embedded DuckDB over empty tables; finds the errors of
 * all nodes at once. No data is read, only the metadata of source files whose types are not declared.
 *
 * @param cache answers of the last run; what was bound anew is added to it
 */
export async function bindProject(
  project: Project,
  rendered: RenderedProject,
  graph: Graph,
  cache: BindCache,
): Promise<Bound> {
  const binding = startBinding(project, rendered, graph, cache);
  try {
    for (const step of steps) await step(binding);
  } catch (error) {
    binding.close();
    throw error;
  }
  return {
    columns: binding.columns,
    diagnostics: sortDiagnostics(binding.diagnostics),
    notChecked: binding.notChecked,
    statistics: binding.statistics,
    lineage: (uniqueId) => columnLineage(binding, uniqueId),
    close: binding.close,
  };
}

/** Nodes without a diagnostic need no checks next time, unless they or what they read change. */
function rememberClean({ toCheck, diagnostics, cache }: Binding): void {
  const troubled = new Set(diagnostics.map(({ node }) => node));
  for (const { uniqueId } of toCheck) if (!troubled.has(uniqueId)) cache.markClean(uniqueId);
}
