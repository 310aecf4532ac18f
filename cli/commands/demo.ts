import { projectFlags } from '../args/shared-flags.ts';
import { command } from '../command.ts';
import { runDemo } from '../demo.ts';

export const demo = command({
  name: 'demo',
  group: 'project',
  summary: 'The whole chain: simulate, build, audit, train, explain, score, report',
  details: 'Runs the reference project (or any project with a simulation) from raw files to an HTML report.',
  flags: {
    projectDir: projectFlags.projectDir,
    target: projectFlags.target,
    threads: projectFlags.threads,
    customers: {
      kind: 'number',
      placeholder: 'N',
      integer: true,
      min: 100,
      summary: 'How many customers to simulate (default: 10000)',
    },
    seed: { kind: 'number', placeholder: 'N', integer: true, summary: 'The draw of the simulation' },
  },
  examples: [
    { line: 'churn demo', says: 'About a minute, ends with the path of the report' },
    { line: 'churn demo --customers 50000', says: 'More data, a better model' },
  ],
  exits: [1, 3],
  run: (context) => runDemo(context),
});
