import { relative, resolve } from 'node:path';
import { reportCli } from '#core';
import { writeWhole } from '#ops';
import { projectFlags } from '../args/shared-flags.ts';
import { command } from '../command.ts';
import { exitCodes } from '../exit-codes.ts';
import { fail } from '../failures.ts';
import { collectReport } from '../report/collect.ts';
import { reportPage } from '../report/report-page.ts';
import { targetFolder } from '../target-folder.ts';
import { openGold } from '../training/gold.ts';

export const report = command({
  name: 'report',
  group: 'model',
  summary: 'Write the report: one HTML file with metrics, drivers, customers, audit, build, lineage',
  flags: {
    ...projectFlags,
    at: {
      kind: 'string',
      placeholder: 'TIME',
      summary: 'Prediction time of the customers shown (default: the newest)',
    },
    customers: {
      kind: 'number',
      placeholder: 'N',
      integer: true,
      min: 1,
      summary: 'Customers at the highest risk to show (default: 4)',
    },
    output: {
      kind: 'string',
      placeholder: 'FILE',
      summary: 'Where to write it (default: target/report.html)',
    },
  },
  examples: [
    { line: 'churn report', says: 'After train; open the file it names in a browser' },
    {
      line: 'churn report --at 2024-10-01 --customers 10',
      says: 'Ten customers of an earlier prediction time',
    },
  ],
  exits: [1, 3],
  run: async (context) => {
    const { flags, emit, cwd } = context;
    const gold = await openGold(context, 'report', { at: flags.at });
    const page = reportPage(await collectReport(gold, flags.customers ?? 4));
    const path =
      flags.output === undefined
        ? resolve(targetFolder(gold.project), 'report.html')
        : resolve(cwd, flags.output);
    try {
      writeWhole(path, page);
    } catch (error) {
      fail(reportCli('CH913', { path, problem: (error as Error).message }), exitCodes.engine);
    }
    const told = relative(cwd, path).startsWith('..') ? path : relative(cwd, path);
    emit({ type: 'data', text: told, records: [{ type: 'report', path }] });
    emit({ type: 'note', level: 'success', text: `Report written; open ${told} in a browser.` });
    return exitCodes.done;
  },
});
