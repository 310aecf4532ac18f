import { nodeFlags } from '../args/node-flags.ts';
import { command } from '../command.ts';
import { runNodes } from '../run-nodes.ts';

export const seed = command({
  name: 'seed',
  group: 'build',
  summary: 'Load the CSV files under seeds/',
  flags: nodeFlags,
  examples: [
    { line: 'churn seed', says: 'All seeds' },
    { line: 'churn seed -s countries -f', says: 'One seed, from scratch' },
  ],
  exits: [1, 3, 4],
  run: (context) => runNodes(context, 'seed'),
});
