import { auditFlags } from '../audit-flags.ts';
import { recallAudit } from '../audit-record.ts';
import { command } from '../command.ts';
import { findProject } from '../find-project.ts';
import { retellAudit } from '../retell-audit.ts';

export const audit = command({
  name: 'audit',
  group: 'build',
  summary: 'Find features that knew more than was known at their prediction time',
  details:
    'Proves it for every column of every model with a point_in_time, without data, or refutes it by an executed\ncounterexample. --on-data checks independently: it rebuilds the models from only what was available at sampled\nprediction times, and compares with the full build, row by row.',
  flags: auditFlags,
  examples: [
    { line: 'churn audit', says: 'Prove all audited models; needs no data' },
    { line: 'churn audit --on-data', says: 'The independent check on what was built' },
    { line: 'churn audit --on-data -s customer_360 --samples 12', says: 'One model, every month of a year' },
    { line: 'churn audit --explain customer_360.logins_30d', says: 'Why one column is, or is not, knowable' },
    { line: 'churn audit --format sarif > audit.sarif', says: 'For code scanning' },
  ],
  exits: [1, 3, 4],
  run: async (context) => {
    const { flags, cwd } = context;
    const isWhole =
      flags.select.length === 0 &&
      flags.exclude.length === 0 &&
      flags.selector === undefined &&
      flags.resourceType.length === 0 &&
      flags.state === undefined;
    // An unchanged project is answered from the last audit: nothing of the compiler is loaded.
    if (isWhole && !flags.onData && flags.explain === undefined) {
      const begun = performance.now();
      const recalled = await recallAudit(context, findProject(cwd, flags.projectDir));
      if (recalled !== undefined) return retellAudit(context, recalled, begun);
    }
    const { runAudit } = await import('../run-audit.ts');
    return runAudit(context, isWhole);
  },
});
