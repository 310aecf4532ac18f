import { type LoadOptions, loadProject } from '../../core/1-load/index.ts';
import { type Diagnostic, sortDiagnostics } from '../../core/diagnostics/index.ts';

export interface Checked {
  readonly diagnostics: readonly Diagnostic[];
  readonly text: (path: string) => string | undefined;
}

/** What `churn check` finds in a project. */
export async function checkProject(options: LoadOptions): Promise<Checked> {
  const { project, diagnostics } = await loadProject(options);
  return { diagnostics: sortDiagnostics(diagnostics), text: (path) => project?.text(path) };
}
