import type { Project, RunCommand } from '#core';
import { type ExitCode, exitCodes } from './exit-codes.ts';

/** What to type after a run. */
export function nextAfterRun(command: RunCommand, exitCode: ExitCode, project: Project): readonly string[] {
  if (exitCode === exitCodes.engine || exitCode === exitCodes.interrupted) return ['churn retry'];
  if (exitCode !== exitCodes.done) return ['churn retry', 'churn show -s <model>'];
  switch (command) {
    case 'build':
      return project.prediction === undefined
        ? ['churn audit', 'churn docs']
        : ['churn audit', 'churn train'];
    case 'run':
    case 'seed':
    case 'snapshot':
      return ['churn test'];
    case 'test':
      return ['churn audit'];
  }
}
