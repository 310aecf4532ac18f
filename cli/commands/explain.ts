import { beeswarmText, selectRows } from '#ml';
import { suggestedAction } from '#ops';
import { projectFlags } from '../args/shared-flags.ts';
import { command } from '../command.ts';
import { exitCodes } from '../exit-codes.ts';
import { table } from '../render/words.ts';
import { decimal, percent } from '../report/figures.ts';
import { currentRun } from '../training/current-run.ts';
import { bar, driverLines } from '../training/driver-text.ts';
import { openGold } from '../training/gold.ts';
import { sampleRows, timeOf } from '../training/rows.ts';
import { scoreWith } from '../training/scored.ts';

export const explain = command({
  name: 'explain',
  group: 'model',
  summary: 'What drives the predictions: over all customers, or for one',
  details: 'Exact SHAP values in log-odds: a customer’s add up from the base to its score.',
  flags: {
    ...projectFlags,
    customer: {
      kind: 'string',
      placeholder: 'ID',
      summary: 'One entity: its score, its drivers, what to do',
    },
    at: { kind: 'string', placeholder: 'TIME', summary: 'Prediction time (default: the newest)' },
    top: {
      kind: 'number',
      placeholder: 'N',
      integer: true,
      min: 1,
      summary: 'How many drivers to show (default: 12)',
    },
  },
  examples: [
    {
      line: 'churn explain',
      says: 'Which features matter, over all customers of the newest prediction time',
    },
    { line: 'churn explain --customer 100042', says: 'Why this one is at risk, and the suggested action' },
    { line: 'churn explain --customer 100042 --at 2024-06-01', says: 'The same, half a year earlier' },
  ],
  exits: [1, 3],
  run: async (context) => {
    const { flags, emit } = context;
    const gold = await openGold(context, 'explain', { at: flags.at, entity: flags.customer });
    const run = currentRun(gold.project);
    const top = flags.top ?? 12;
    const at = timeOf(gold.data);
    if (flags.customer !== undefined) {
      const { prediction, data } = gold;
      const row = data.entity?.indexOf(flags.customer) as number;
      // Actions compare a value with those of the customer's contemporaries.
      const one = await scoreWith(run, gold, selectRows(data, Uint32Array.of(row)), data);
      const probability = one.probabilities[0] as number;
      const drivers = one.driversOf(0, top, 'both');
      const action = suggestedAction(drivers);
      const base = one.shap.expected[0] as number;
      emit({
        type: 'data',
        text: [
          `${prediction.entity} ${flags.customer} at ${at}: ${percent(probability)} risk of ${prediction.label}`,
          ...driverLines(drivers),
          `  base ${decimal(base, 2)}, in log-odds`,
          action === undefined
            ? 'No declared action fits.'
            : `Suggested: ${action.action}${action.description ? `. ${action.description}` : ''}`,
        ].join('\n'),
        records: [
          {
            type: 'explanation',
            entity: flags.customer,
            prediction_time: at,
            probability,
            base,
            space: 'log-odds',
            drivers: drivers.map(({ action: answer, ...driver }) => ({ ...driver, action: answer?.action })),
            action: action?.action,
          },
        ],
      });
      emit({ type: 'next', commands: ['churn score', 'churn report'] });
      return exitCodes.done;
    }
    const sampled = sampleRows(gold.data, 20_000);
    const peers = await scoreWith(run, gold, sampled);
    const importance = peers.importance.slice(0, top);
    const most = importance[0]?.meanAbsShap ?? 1;
    emit({
      type: 'data',
      text: [
        `Drivers of ${gold.prediction.label} over ${peers.shap.rows} rows at ${at} (mean |SHAP|, log-odds)`,
        table(
          ['feature', 'mean |SHAP|', '', 'splits'],
          importance.map(({ feature, meanAbsShap, splits }) => [
            feature,
            decimal(meanAbsShap),
            bar(meanAbsShap, most, 24),
            String(splits),
          ]),
        ),
        '',
        beeswarmText(peers.shap, sampled, {
          maxFeatures: top,
          title:
            'Where customers lie (dense is dark) on the SHAP values, and where high values of the feature push them',
        }),
      ].join('\n'),
      records: importance.map(({ feature, meanAbsShap, gain, splits }) => ({
        type: 'importance',
        feature,
        mean_abs_shap: meanAbsShap,
        gain,
        splits,
      })),
    });
    emit({
      type: 'next',
      commands: [`churn explain --customer <${gold.prediction.entity}>`, 'churn report'],
    });
    return exitCodes.done;
  },
});
