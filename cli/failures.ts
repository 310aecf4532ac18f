import { type Diagnostic, reportCli } from '#core';
import { type ExitCode, exitCodes } from './exit-codes.ts';
import { version } from './version.ts';

/** A user's mistake found deep inside a command: carries diagnostics to the top, no stack is shown. */
export class CommandFailure extends Error {
  constructor(
    readonly diagnostics: readonly Diagnostic[],
    readonly exitCode: ExitCode = exitCodes.usage,
  ) {
    super(diagnostics[0]?.message ?? 'failed');
  }
}

/** Stops the command with one diagnostic. */
export function fail(diagnostic: Diagnostic, exitCode: ExitCode = exitCodes.usage): never {
  throw new CommandFailure([diagnostic], exitCode);
}

const machineErrors = new Set([
  'ENOSPC',
  'EACCES',
  'EPERM',
  'EROFS',
  'EMFILE',
  'ENFILE',
  'ENOMEM',
  'EIO',
  'EDQUOT',
]);

/** What a thrown error means to the caller of the process. */
export function outcomeOf(error: unknown): { diagnostics: readonly Diagnostic[]; exitCode: ExitCode } {
  if (error instanceof CommandFailure) return { diagnostics: error.diagnostics, exitCode: error.exitCode };
  const problem = error instanceof Error ? error.message : String(error);
  const code = (error as NodeJS.ErrnoException | undefined)?.code;
  if (code !== undefined && machineErrors.has(code))
    return { diagnostics: [reportCli('CH998', { problem })], exitCode: exitCodes.engine };
  const internal = reportCli('CH999', { problem, version, node: process.versions.node });
  return { diagnostics: [internal], exitCode: exitCodes.engine };
}
