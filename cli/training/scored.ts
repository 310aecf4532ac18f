import { reportCli } from '#core';
import { type Dataset, MlError, type Model } from '#ml';
import { type Scores, scoreRows } from '#ops';
import { exitCodes } from '../exit-codes.ts';
import { fail } from '../failures.ts';
import type { CurrentRun } from './current-run.ts';
import type { OpenedGold } from './gold.ts';
import { refuse } from './refuse.ts';

/**
 * Scores rows with the current run's model; tells when the table has lost columns.
 *
 * @param peers whom actions compare values with; the rows themselves by default
 */
export async function scoreWith(
  run: CurrentRun,
  gold: OpenedGold,
  data: Dataset,
  peers?: Dataset,
): Promise<Scores> {
  checkColumns(run.model, data);
  return scoreRows(run.model, run.calibration, data, gold.prediction.actions, peers).catch(
    (error: unknown) => {
      if (error instanceof MlError && error.code === 'CH808')
        return fail(reportCli('CH927', { missing: error.message }), exitCodes.failed);
      return refuse(error);
    },
  );
}

function checkColumns(model: Model, data: Dataset): void {
  const names = new Set(data.features.map(({ name }) => name));
  const missing = model.featureNames.filter((name) => !names.has(name));
  if (missing.length > 0) fail(reportCli('CH927', { missing: missing.join(', ') }), exitCodes.failed);
}
