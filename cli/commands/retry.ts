import { projectFlags, runFlags } from '../args/shared-flags.ts';
import { command } from '../command.ts';
import { retryLast } from '../retry.ts';

export const retry = command({
  name: 'retry',
  group: 'build',
  summary: 'Repeat what failed or was skipped in the last run',
  flags: { ...projectFlags, fullRefresh: runFlags.fullRefresh, failFast: runFlags.failFast },
  examples: [{ line: 'churn retry', says: 'After mending what failed' }],
  exits: [1, 3, 4],
  run: retryLast,
});
