import { type PredictionConfig, type Project, reportCli } from '#core';
import { MlError } from '#ml';
import { GoldProblem } from '#ops';
import { exitCodes } from '../exit-codes.ts';
import { fail } from '../failures.ts';

/** `prediction:` of the project; the commands after gold need it. */
export function predictionOf(project: Project, command: string): PredictionConfig {
  return project.prediction ?? fail(reportCli('CH920', { section: 'prediction', command }));
}

/** Problems of data and parameters as diagnostics; anything else is passed on. */
export function refuse(error: unknown): never {
  if (error instanceof GoldProblem) fail(reportCli('CH925', { problem: error.message, fix: error.fix }));
  if (error instanceof MlError) {
    if (error.code === 'CH814') throw error;
    const machine = error.code === 'CH815';
    fail(
      { code: error.code, severity: 'error', message: error.message, fix: error.fix },
      machine ? exitCodes.engine : exitCodes.usage,
    );
  }
  throw error;
}
