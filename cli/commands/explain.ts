import { nearest, reportCli } from '#core';
import {
  beeswarmText,
  cellValue,
  type Dataset,
  dependenceText,
  explainRow,
  forceLine,
  selectRows,
} from '#ml';
import { type Scores, suggestedAction } from '#ops';
import { projectFlags } from '../args/shared-flags.ts';
import { type Context, command } from '../command.ts';
import { exitCodes } from '../exit-codes.ts';
import { fail } from '../failures.ts';
import { table } from '../render/words.ts';
import { decimal, percent } from '../report/figures.ts';
import { type CurrentRun, currentRun } from '../training/current-run.ts';
import { bar, driverLines } from '../training/driver-text.ts';
import { type OpenedGold, openGold } from '../training/gold.ts';
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
    feature: {
      kind: 'string',
      placeholder: 'NAME',
      summary: 'One feature: how its value moves the score, over all customers',
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
    {
      line: 'churn explain --feature logins_30d',
      says: 'At which values a feature raises the risk, and by how much',
    },
    { line: 'churn explain --customer 100042 --at 2024-06-01', says: 'The same, half a year earlier' },
  ],
  exits: [1, 3],
  run: async (context) => {
    const { flags, emit } = context;
    const gold = await openGold(context, 'explain', { at: flags.at, entity: flags.customer });
    const run = currentRun(gold.project);
    const opened = { gold, run, top: flags.top ?? 12, at: timeOf(gold.data) };
    if (flags.customer !== undefined) await explainCustomer(context, opened, flags.customer);
    else if (flags.feature !== undefined) await explainFeature(context, opened, flags.feature);
    else await explainAll(context, opened);
    const { entity } = gold.prediction;
    const next = flags.customer === undefined ? `churn explain --customer <${entity}>` : 'churn score';
    emit({ type: 'next', commands: [next, 'churn report'] });
    return exitCodes.done;
  },
});

interface Opened {
  readonly gold: OpenedGold;
  readonly run: CurrentRun;
  readonly top: number;
  /** The prediction time explained. */
  readonly at: string;
}

async function explainCustomer(
  { emit }: Context,
  { gold, run, top, at }: Opened,
  customer: string,
): Promise<void> {
  const { prediction, data } = gold;
  const row = selectRows(data, Uint32Array.of(data.entity?.indexOf(customer) as number));
  // Actions compare a value with those of the customer's contemporaries.
  const one = await scoreWith(run, gold, row, data);
  const probability = one.probabilities[0] as number;
  const drivers = one.driversOf(0, top, 'both');
  const action = suggestedAction(drivers);
  const explanation = explainRow(one.shap, row, 0);
  const base = explanation.expected;
  emit({
    type: 'data',
    text: [
      `${prediction.entity} ${customer} at ${at}: ${percent(probability)} risk of ${prediction.label}`,
      ...driverLines(drivers),
      `  ${forceLine(explanation, 60)}`,
      `  base ${decimal(base, 2)}, score ${decimal(explanation.score, 2)}, in log-odds`,
      action === undefined
        ? 'No declared action fits.'
        : `Suggested: ${action.action}${action.description ? `. ${action.description}` : ''}`,
    ].join('\n'),
    records: [
      {
        type: 'explanation',
        entity: customer,
        prediction_time: at,
        probability,
        base,
        space: 'log-odds',
        drivers: drivers.map(({ action: answer, ...driver }) => ({ ...driver, action: answer?.action })),
        action: action?.action,
      },
    ],
  });
}

async function explainFeature({ emit }: Context, opened: Opened, feature: string): Promise<void> {
  const { run, at } = opened;
  const { featureNames } = run.model;
  if (!featureNames.includes(feature))
    fail(reportCli('CH928', { feature, nearest: nearest(feature, featureNames) }), exitCodes.failed);
  const { sampled, scores } = await sample(opened);
  const column = scores.shap.featureNames.indexOf(feature);
  const values = sampled.features.find(({ name }) => name === feature);
  emit({
    type: 'data',
    text: dependenceText(scores.shap, sampled, feature, {
      title: `How ${feature} moves the score, ${scores.shap.rows} rows at ${at}`,
    }),
    records: Array.from({ length: scores.shap.rows }, (_, row) => ({
      type: 'dependence',
      feature,
      entity: sampled.entity?.[row],
      value: cellValue(values, row),
      shap: scores.shap.values[row * featureNames.length + column],
    })),
  });
}

async function explainAll({ emit }: Context, opened: Opened): Promise<void> {
  const { gold, top, at } = opened;
  const { sampled, scores } = await sample(opened);
  const importance = scores.importance.slice(0, top);
  const most = importance[0]?.meanAbsShap ?? 1;
  emit({
    type: 'data',
    text: [
      `Drivers of ${gold.prediction.label} over ${scores.shap.rows} rows at ${at} (mean |SHAP|, log-odds)`,
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
      beeswarmText(scores.shap, sampled, {
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
}

/** Enough rows to see a pattern, scored. */
async function sample({ gold, run }: Opened): Promise<{ sampled: Dataset; scores: Scores }> {
  const sampled = sampleRows(gold.data, 20_000);
  return { sampled, scores: await scoreWith(run, gold, sampled) };
}
