import { blockingFindings, blockingResults } from '#core';
import { formatFlag, projectFlags, selectionFlags } from '../args/shared-flags.ts';
import { checkOnData } from '../audit-on-data.ts';
import { explanation, prove } from '../audit-proof.ts';
import { auditText } from '../audit-text.ts';
import { command } from '../command.ts';
import { exitCodes } from '../exit-codes.ts';
import { checksOfAudit } from '../formats/check.ts';
import { formatChecks } from '../formats/index.ts';
import { painter } from '../render/paint.ts';
import { selectIds } from '../selection.ts';
import { openProject } from '../session.ts';

export const audit = command({
  name: 'audit',
  group: 'build',
  summary: 'Find features that knew more than was known at their prediction time',
  details:
    'Proves it for every column of every model with a point_in_time, without data, or refutes it by an executed\ncounterexample. --on-data checks independently: it rebuilds the models from only what was available at sampled\nprediction times, and compares with the full build, row by row.',
  flags: {
    onData: {
      kind: 'boolean',
      summary: 'Rebuild on the data of the target and compare, instead of proving',
    },
    explain: {
      kind: 'string',
      placeholder: 'MODEL.COLUMN',
      summary: 'Print the card of one column, and its proof or witness step by step',
    },
    samples: {
      kind: 'number',
      placeholder: 'N',
      integer: true,
      min: 1,
      summary: 'Prediction times per model (default: 3)',
    },
    ...selectionFlags,
    ...projectFlags,
    ...formatFlag,
  },
  examples: [
    { line: 'churn audit', says: 'Prove all audited models; needs no data' },
    { line: 'churn audit --on-data', says: 'The independent check on what was built' },
    { line: 'churn audit --on-data -s customer_360 --samples 12', says: 'One model, every month of a year' },
    { line: 'churn audit --explain customer_360.logins_30d', says: 'Why one column is, or is not, knowable' },
    { line: 'churn audit --format sarif > audit.sarif', says: 'For code scanning' },
  ],
  exits: [1, 3, 4],
  run: async (context) => {
    const { flags, emit } = context;
    const opened = await openProject(context, { bind: true });
    try {
      if (flags.explain !== undefined) {
        const text = await explanation(opened, flags.explain);
        emit({ type: 'data', text, records: [{ type: 'explanation', column: flags.explain, text }] });
        return exitCodes.done;
      }
      const everything =
        flags.select.length === 0 && flags.exclude.length === 0 && flags.selector === undefined;
      const ids = everything ? undefined : await selectIds(context, opened);
      const audited = [...opened.rendered.nodes.values()].filter(
        ({ uniqueId, pointInTime }) =>
          pointInTime !== undefined && (ids === undefined || ids.includes(uniqueId)),
      );
      if (audited.length === 0) {
        emit({ type: 'note', level: 'warning', text: 'No model with a point_in_time is among them.' });
        return exitCodes.nothing;
      }
      const models = new Set(audited.map(({ uniqueId }) => uniqueId));
      const outcome = flags.onData
        ? await checkOnData(context, opened, { models, samples: flags.samples })
        : await prove(context, opened, models);
      const verbatim = { ...outcome } as unknown as Readonly<Record<string, never>>;
      emit({
        type: 'data',
        text:
          flags.format === undefined
            ? auditText(outcome, {
                paint: painter(context.color && process.stdout.isTTY === true),
                verbose: context.verbose,
              })
            : flags.format === 'json'
              ? JSON.stringify(outcome, null, 2)
              : formatChecks(flags.format, checksOfAudit(outcome)),
        records: [verbatim],
      });
      const stops = blockingResults(outcome.results).length + blockingFindings(outcome.findings).length;
      emit({
        type: 'next',
        commands:
          stops > 0
            ? ['churn audit --verbose']
            : [
                ...(flags.onData ? [] : ['churn audit --on-data']),
                ...(opened.project.prediction === undefined ? [] : ['churn train']),
              ],
      });
      return stops > 0 ? exitCodes.failed : exitCodes.done;
    } finally {
      opened.bound?.close();
    }
  },
});
