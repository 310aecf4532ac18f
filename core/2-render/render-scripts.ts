import type { Project, SourceText } from '../1-load/index.ts';
import { type Diagnostic, sortDiagnostics } from '../diagnostics/index.ts';
import { fileStart } from './compile/file-start.ts';
import { RenderError } from './jinja/error.ts';
import { Evaluator } from './jinja/evaluator.ts';
import { parseTemplate } from './jinja/parse.ts';
import type { RenderOptions } from './options.ts';
import { Rendering } from './rendering.ts';

/** A file of statements, its Jinja evaluated. */
export interface RenderedScript {
  readonly path: string;
  readonly sql: string;
}

/**
 * Evaluates files that are no nodes but statements run for their effect, such as simulate/*.sql. Files with errors are
 * left out and explained in `diagnostics`.
 *
 * @example
 * const { scripts } = renderScripts({ ...project, vars: { customers: 10 } }, project.simulation);
 */
export function renderScripts(
  project: Project,
  files: readonly SourceText[],
  options: RenderOptions = {},
): { readonly scripts: readonly RenderedScript[]; readonly diagnostics: readonly Diagnostic[] } {
  const rendering = new Rendering(project, options);
  const scripts = files.flatMap((file): RenderedScript[] => {
    try {
      const evaluator = new Evaluator(
        rendering.session,
        rendering.context(),
        parseTemplate(file.path, file.text),
      );
      return [{ path: file.path, sql: evaluator.run().toText() }];
    } catch (error) {
      if (!(error instanceof RenderError)) throw error;
      error.span ??= fileStart(file.path);
      rendering.report(error);
      return [];
    }
  });
  return { scripts, diagnostics: sortDiagnostics(rendering.diagnostics) };
}
