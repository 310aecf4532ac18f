import type { Project } from '../1-load/index.ts';
import { type Diagnostic, sortDiagnostics } from '../diagnostics/index.ts';
import type { RenderOptions } from './options.ts';
import { NodeRenderer } from './render-node.ts';
import type { RenderedNode } from './rendered.ts';
import { Rendering } from './rendering.ts';

export interface RenderedAgain {
  /** Undefined after an error. */
  readonly node: RenderedNode | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Renders one node of a project, and of the others only what it needs: their configuration, and the SQL of ephemeral
 * models. For a run that wants a node's SQL in another situation: other options, another environment.
 *
 * @example renderNode(project, 'model.shop.orders', { fullRefresh: true }).node?.sql
 */
export function renderNode(project: Project, uniqueId: string, options: RenderOptions = {}): RenderedAgain {
  const rendering = new Rendering(project, options);
  const renderer = new NodeRenderer(rendering);
  rendering.renderer = renderer;
  const node = rendering.nodesById.get(uniqueId);
  const rendered = node && renderer.render(node);
  return { node: rendered, diagnostics: sortDiagnostics(rendering.diagnostics) };
}
