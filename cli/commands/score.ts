import { projectFlags } from '../args/shared-flags.ts';
import { command } from '../command.ts';
import { exitCodes } from '../exit-codes.ts';
import { count, plural } from '../render/words.ts';
import { currentRun } from '../training/current-run.ts';
import { withGold } from '../training/gold.ts';
import { publishScores } from '../training/publish-scores.ts';
import { timeOf } from '../training/rows.ts';
import { scoreWith } from '../training/scored.ts';

export const score = command({
  name: 'score',
  group: 'model',
  summary: 'Score a prediction time; write scores and drivers as tables and Parquet',
  details:
    'Writes churn_scores (one row per entity) and churn_drivers (its strongest reasons, each with the declared action)\nbeside the gold model, and the same as Parquet under target/scores/.',
  flags: {
    ...projectFlags,
    at: { kind: 'string', placeholder: 'TIME', summary: 'Prediction time (default: the newest)' },
    drivers: {
      kind: 'number',
      placeholder: 'N',
      integer: true,
      min: 1,
      summary: 'Reasons kept per entity (default: 5)',
    },
  },
  examples: [
    { line: 'churn score', says: 'The newest prediction time' },
    { line: 'churn score --at 2024-10-01', says: 'An earlier one' },
  ],
  exits: [1, 3],
  run: async (context) => {
    const { flags, emit } = context;
    const { scored, at, run, written } = await withGold(
      context,
      'score',
      { at: flags.at },
      async (gold, adapter) => {
        const current = currentRun(gold.project);
        const scores = await scoreWith(current, gold, gold.data);
        const threshold = current.evaluation.decision?.threshold;
        const kept = { scores, threshold, drivers: flags.drivers ?? 5 };
        return {
          scored: kept,
          at: timeOf(gold.data),
          run: current.record.id,
          written: await publishScores(adapter, gold, current, kept),
        };
      },
    );
    const { threshold, scores } = scored;
    const rows = scores.probabilities.length;
    emit({
      type: 'data',
      text: [...written.tables, ...written.files].join('\n'),
      records: [{ type: 'scores', prediction_time: at, run, rows, ...written }],
    });
    const above =
      threshold === undefined ? undefined : scores.probabilities.filter((value) => value >= threshold).length;
    emit({
      type: 'note',
      level: 'success',
      text: `${plural(rows, 'row')} scored at ${at}${above === undefined ? '' : `; ${count(above)} at or above the threshold`}.`,
    });
    emit({ type: 'next', commands: ['churn report'] });
    return exitCodes.done;
  },
});
