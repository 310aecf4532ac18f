import type { LoadOptions } from '../../core/1-load/index.ts';
import type { Diagnostic } from '../../core/diagnostics/index.ts';
import { compileProject } from '../../core/pipeline.ts';

export interface Checked {
  readonly diagnostics: readonly Diagnostic[];
  readonly text: (path: string) => string | undefined;
}

/** What `churn check` finds in a project: load, render, graph and bind. */
export async function checkProject(options: LoadOptions): Promise<Checked> {
  const compiled = await compileProject(options);
  if (compiled.project === undefined) {
    return { diagnostics: compiled.diagnostics, text: (path) => compiled.text?.(path) };
  }
  compiled.bound?.close();
  return { diagnostics: compiled.diagnostics, text: compiled.project.text };
}
