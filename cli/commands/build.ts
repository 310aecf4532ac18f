import { buildFlags } from '../args/node-flags.ts';
import { command } from '../command.ts';
import { runNodes } from '../run-nodes.ts';

export const build = command({
  name: 'build',
  group: 'build',
  summary: 'Build seeds, models and snapshots in DAG order, each published when its tests pass',
  flags: buildFlags,
  examples: [
    { line: 'churn build', says: 'Everything; a failing test leaves the previous table in place' },
    { line: 'churn build -s +customer_360', says: 'One model and all it needs' },
    {
      line: 'churn build -s state:modified+ --state prod/target',
      says: 'What changed since the last deployment, and what follows',
    },
  ],
  exits: [1, 3, 4],
  run: (context) => runNodes(context, 'build'),
});
