import { nodeFlags, partFlags } from '../args/node-flags.ts';
import { command } from '../command.ts';
import { runNodes } from '../run-nodes.ts';

export const run = command({
  name: 'run',
  group: 'build',
  summary: 'Build models without running tests',
  flags: { ...nodeFlags, ...partFlags },
  examples: [
    { line: 'churn run -s silver', says: 'The models of one folder' },
    { line: 'churn run --dry-run', says: 'The statements in order, as a script' },
  ],
  exits: [1, 3, 4],
  run: (context) => runNodes(context, 'run'),
});
