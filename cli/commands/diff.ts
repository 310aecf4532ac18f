import { projectFlags, selectionFlags } from '../args/shared-flags.ts';
import { command } from '../command.ts';
import { diffEngines } from '../diff-engines.ts';

export const diff = command({
  name: 'diff',
  group: 'build',
  summary: 'Build selected nodes on DuckDB and on another engine and compare all rows',
  details:
    'Rows are paired by `unique_key`, by entity and prediction time, or by all columns that are no fractions.\nSnapshots are left out: they hold the time of the run.',
  flags: {
    against: {
      kind: 'string',
      placeholder: 'NAME',
      summary: 'DuckDB target to compare with (default: the project’s)',
    },
    asBuilt: { kind: 'boolean', summary: 'Compare what both engines hold; build nothing' },
    tolerance: {
      kind: 'number',
      placeholder: 'X',
      min: 0,
      summary: 'Largest relative difference of equal fractions (default: 1e-9)',
    },
    ...selectionFlags,
    ...projectFlags,
  },
  examples: [
    { line: 'churn diff --target spark', says: 'Everything, built on both' },
    { line: 'churn diff --target spark -s customer_360 --as-built', says: 'One table, as both have it' },
  ],
  exits: [1, 3, 4],
  run: diffEngines,
});
