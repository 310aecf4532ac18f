import { relative } from 'node:path';
import { projectFlags } from '../args/shared-flags.ts';
import { command } from '../command.ts';
import { exitCodes } from '../exit-codes.ts';
import { openGold } from '../training/gold.ts';
import { runTraining } from '../training/run-training.ts';
import { headline } from '../training/tables.ts';

export const train = command({
  name: 'train',
  group: 'model',
  summary: 'Train the model on the gold table, validated over time',
  details:
    'As `prediction:` and `training:` of churn_project.yml say: purged expanding folds, early stopping, a final model\non the first periods evaluated on the rest, calibration, a threshold by cost. The run is kept under target/runs/.',
  flags: projectFlags,
  examples: [
    { line: 'churn train', says: 'Train, and take the model into use' },
    { line: 'churn train --threads 1', says: 'The same model: results do not depend on threads' },
  ],
  exits: [1, 3],
  run: async (context) => {
    const gold = await openGold(context, 'train');
    const { record, evaluation, folder } = await runTraining(context, gold).finally(() =>
      gold.bound?.close(),
    );
    context.emit({
      type: 'data',
      text: headline(evaluation),
      records: [{ type: 'run', id: record.id, folder, metrics: record.metrics }],
    });
    context.emit({
      type: 'note',
      level: 'success',
      text: `Run ${record.id} is current; it lies in ${relative(context.cwd, folder)}.`,
    });
    context.emit({ type: 'next', commands: ['churn evaluate', 'churn explain', 'churn report'] });
    return exitCodes.done;
  },
});
