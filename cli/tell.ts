import { type Diagnostic, hasErrors, type Project, sortDiagnostics } from '#core';
import { exitCodes } from './exit-codes.ts';
import { CommandFailure } from './failures.ts';
import type { ProjectContext } from './project-context.ts';

/** Shows diagnostics once; errors (or warnings under --warn-error) end the command. */
export function tell(
  context: ProjectContext,
  project: Pick<Project, 'text'>,
  found: readonly Diagnostic[],
): void {
  const diagnostics = sortDiagnostics(
    context.flags.warnError
      ? found.map((one) => (one.severity === 'warning' ? { ...one, severity: 'error' } : one))
      : found,
  );
  // Remarks are for who asks what is wrong: `check`, --verbose, or a command that stops anyway.
  const isAsked = hasErrors(diagnostics) || context.verbose || context.command === 'check';
  const told = isAsked ? diagnostics : diagnostics.filter(({ severity }) => severity !== 'info');
  if (told.length === 0) return;
  context.emit({ type: 'diagnostics', diagnostics: told, text: project.text });
  if (!hasErrors(diagnostics)) return;
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  // A seed that cannot be read is a broken file, as a source's is; the project itself is sound.
  const isData = errors.every(({ code }) => code === 'CH425');
  throw new CommandFailure([], isData ? exitCodes.engine : exitCodes.usage);
}
