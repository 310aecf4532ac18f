import { projectFlags } from '../args/shared-flags.ts';
import { command } from '../command.ts';
import { exitCodes } from '../exit-codes.ts';
import { percent, whole } from '../report/figures.ts';
import { loadOnly } from '../session.ts';
import { currentRun } from '../training/current-run.ts';
import { predictionOf } from '../training/refuse.ts';
import { foldTable, headline, metricTable } from '../training/tables.ts';

const pictures = ['folds', 'pr', 'roc', 'calibration', 'gain', 'lift'] as const;

export const evaluate = command({
  name: 'evaluate',
  group: 'model',
  summary: 'Show how the trained model did: folds, final periods, cohorts and tiers',
  details: 'Reads the run that is in use; nothing is trained. Intervals are 95 % bootstrap intervals.',
  flags: {
    ...projectFlags,
    run: { kind: 'string', placeholder: 'ID', summary: 'A run of target/runs (default: the current one)' },
    plots: { kind: 'boolean', summary: 'Also draw precision and recall, ROC, calibration, gain and lift' },
  },
  examples: [
    { line: 'churn evaluate', says: 'The tables of the current model' },
    { line: 'churn evaluate --plots', says: 'The same with curves, in characters' },
    { line: 'churn evaluate --json | jq .final.overall', says: 'The same for a script' },
  ],
  exits: [1],
  run: async (context) => {
    const project = await loadOnly(context);
    predictionOf(project, 'evaluate');
    const { record, evaluation, picture } = currentRun(project, context.flags.run);
    const wanted = context.flags.plots ? pictures : (['folds'] as const);
    const { decision, summary } = evaluation;
    const lines = [
      `Run ${record.id} on ${record.model}, ${whole(record.data.rows)} labelled rows, ${record.features.length} features`,
      '',
      foldTable(evaluation),
      '',
      `Over the folds: ${summary.map(({ metric, mean, std }) => `${metric} ${mean.toFixed(3)} ± ${std.toFixed(3)}`).join(', ')}`,
      '',
      metricTable(evaluation),
      ...wanted.flatMap((name) => ['', picture(name)?.trimEnd() ?? []].flat()),
      '',
      headline(evaluation),
      ...(decision === undefined
        ? []
        : [
            `Contact from ${percent(decision.threshold)} on: ${percent(decision.contacted)} of customers, net value ${whole(decision.net_value)} on the final periods`,
          ]),
    ];
    context.emit({
      type: 'data',
      text: lines.join('\n'),
      records: [{ type: 'evaluation', run: record.id, ...JSON.parse(JSON.stringify(evaluation)) }],
    });
    context.emit({ type: 'next', commands: ['churn explain', 'churn score', 'churn report'] });
    return exitCodes.done;
  },
});
