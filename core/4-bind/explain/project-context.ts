import type { Rendered } from '../../2-render/index.ts';
import { type Diagnostic, nearest } from '../../diagnostics/index.ts';
import type { Binding } from '../binding.ts';
import type { EngineError } from '../engine/error.ts';
import { explain } from './explain.ts';
import type { Site } from './site.ts';

/** Explains errors with the project's names at hand; `reads` says whose columns the statement can see. */
export function explainer(
  binding: Binding,
): (error: EngineError, site: Omit<Site, 'visible'>, reads: readonly string[]) => Diagnostic {
  const relations = () => [...binding.graph.nodes.values()].filter((node) => node.kind !== 'test');
  const context = {
    reference: (name: string) => {
      const wanted = (name.split('.').pop() as string).toLowerCase();
      const node = relations().find(
        (candidate) =>
          candidate.name.toLowerCase() === wanted || candidate.relation.identifier.toLowerCase() === wanted,
      );
      return node && referenceTo(node);
    },
    nearestRelation: (name: string) =>
      nearest(
        name,
        relations().map((node) => node.name),
      ),
  };
  return (error, site, reads) => {
    const visible = () => reads.flatMap((id) => (binding.columns.get(id) ?? []).map((column) => column.name));
    return explain(error, { ...site, visible }, context);
  };
}

/** How Jinja refers to a node. */
export function referenceTo(node: Rendered): string {
  return node.kind === 'source' ? `source('${node.sourceName}', '${node.name}')` : `ref('${node.name}')`;
}
