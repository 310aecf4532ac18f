import type { RunOutcome } from './execute/outcome.ts';

/** Exit codes of 5-cli for this phase's diagnostics: 3 engine, machine or delivered file, 2 settings, else 1. */
export function exitCodeOf(code: string): 1 | 2 | 3 {
  if (/^CH70\d$|^CH723$|^CH74[0-2]$/.test(code)) return 3;
  return code === 'CH725' || /^CH(73[02]|74[34])$/.test(code) ? 2 : 1;
}

/** The exit code of a whole run: 0 done, 1 something failed, 3 the engine or machine failed, 130 interrupted. */
export function runExitCode(outcome: RunOutcome): 0 | 1 | 3 | 130 {
  if (outcome.interrupted) return 130;
  const errors = [...outcome.diagnostics, ...outcome.results.flatMap((result) => result.diagnostics)].filter(
    (diagnostic) => diagnostic.severity === 'error',
  );
  if (errors.some((diagnostic) => exitCodeOf(diagnostic.code) === 3)) return 3;
  const failed = outcome.results.some((result) => result.status === 'error' || result.status === 'fail');
  return failed || errors.length > 0 ? 1 : 0;
}
