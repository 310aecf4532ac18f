import { formatFlag, projectFlags, selectionFlags } from '../args/shared-flags.ts';
import { checkOnData } from '../audit-on-data.ts';
import { auditText, blocking } from '../audit-text.ts';
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
    'Rebuilds every model with a point_in_time at sampled prediction times from only what was available then, and\ncompares with the full build, row by row. Labels are exempt: they are made of the future.',
  flags: {
    onData: {
      kind: 'boolean',
      summary: 'Check by rebuilding on the data of the target (also what happens without it)',
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
    { line: 'churn audit --on-data', says: 'All audited models' },
    { line: 'churn audit --on-data -s customer_360 --samples 12', says: 'One model, every month of a year' },
    { line: 'churn audit --on-data --format sarif > audit.sarif', says: 'For code scanning' },
  ],
  exits: [1, 3, 4],
  run: async (context) => {
    const { flags, emit } = context;
    const opened = await openProject(context, { bind: true });
    try {
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
      const outcome = await checkOnData(context, opened, {
        models: new Set(audited.map(({ uniqueId }) => uniqueId)),
        samples: flags.samples,
      });
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
      const stops = blocking(outcome).length;
      emit({ type: 'next', commands: stops > 0 ? ['churn audit --on-data --format json'] : ['churn train'] });
      return stops > 0 ? exitCodes.failed : exitCodes.done;
    } finally {
      opened.bound?.close();
    }
  },
});
