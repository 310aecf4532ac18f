import { createHash } from 'node:crypto';
import type { Project } from '../../1-load/index.ts';
import { type Fingerprint, fingerprints, type Graph } from '../../3-graph/index.ts';
import { manifestNode } from './manifest-node.ts';
import { manifestDocs, manifestExposures, manifestMacros } from './manifest-resources.ts';
import { manifestSource } from './manifest-source.ts';
import { artifactMetadata, type Invocation } from './metadata.ts';

/** What every entry of the manifest needs to know about its project. */
export interface ManifestContext {
  readonly project: Project;
  readonly graph: Graph;
  readonly fingerprints: ReadonlyMap<string, Fingerprint>;
}

/**
 * `manifest.json` in dbt's shape v12. Ours besides: `config.churn_fingerprint` (what `state:modified` compares),
 * `config.churn` (point in time, availability), and on columns `available_at`, `role`, `horizon`, `window`: places that
 * dbt's schema leaves open.
 */
export function buildManifest(project: Project, graph: Graph, invocation: Invocation): object {
  const context: ManifestContext = { project, graph, fingerprints: fingerprints(graph, project) };
  const nodes: Record<string, object> = {};
  const sources: Record<string, object> = {};
  for (const [id, node] of graph.nodes) {
    if (node.kind === 'source') sources[id] = manifestSource(node, context);
    else nodes[id] = manifestNode(node, context);
  }
  return {
    metadata: {
      ...artifactMetadata('manifest/v12', invocation),
      project_name: project.name,
      project_id: createHash('md5').update(project.name).digest('hex'),
      user_id: null,
      send_anonymous_usage_stats: false,
      adapter_type: project.target.type,
    },
    nodes,
    sources,
    macros: manifestMacros(project),
    docs: manifestDocs(project),
    exposures: manifestExposures(context),
    metrics: {},
    groups: {},
    selectors: Object.fromEntries(
      project.selectors.map(({ name, definition, isDefault }) => [
        name,
        { name, definition, default: isDefault },
      ]),
    ),
    disabled: {},
    parent_map: Object.fromEntries(graph.parents),
    child_map: Object.fromEntries(graph.children),
    group_map: {},
    saved_queries: {},
    semantic_models: {},
    unit_tests: {},
  };
}
