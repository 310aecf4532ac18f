import { gateFlags } from '../args/node-flags.ts';
import { command } from '../command.ts';
import { runNodes } from '../run-nodes.ts';

export const test = command({
  name: 'test',
  group: 'build',
  summary: 'Run data tests on what is built',
  flags: gateFlags,
  examples: [
    { line: 'churn test -s customer_360', says: 'The tests of one model' },
    { line: 'churn test --format junit > tests.xml', says: 'For a CI server' },
  ],
  exits: [1, 3, 4],
  run: (context) => runNodes(context, 'test'),
});
