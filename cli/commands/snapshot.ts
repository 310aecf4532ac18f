import { nodeFlags } from '../args/node-flags.ts';
import { command } from '../command.ts';
import { runNodes } from '../run-nodes.ts';

export const snapshot = command({
  name: 'snapshot',
  group: 'build',
  summary: 'Record how rows changed since the last snapshot',
  flags: nodeFlags,
  examples: [
    { line: 'churn snapshot', says: 'All snapshots' },
    { line: 'churn snapshot -s customers_history', says: 'One of them' },
  ],
  exits: [1, 3, 4],
  run: (context) => runNodes(context, 'snapshot'),
});
