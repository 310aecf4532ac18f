import { projectFlags, selectionFlags } from '../args/shared-flags.ts';
import { command } from '../command.ts';
import { publishTables } from '../publish-tables.ts';

export const publish = command({
  name: 'publish',
  group: 'build',
  summary: 'Publish built tables as Delta tables in a folder',
  details:
    'Each selected model becomes DIR/<schema>.<name>, one Parquet file and one commit of its _delta_log. What reads Delta\n(Spark, Fabric, delta-rs) sees a commit whole or not at all.',
  flags: {
    to: { kind: 'string', placeholder: 'DIR', summary: 'Folder for the tables (default: target/delta)' },
    append: { kind: 'boolean', summary: 'Add the rows to those there are, instead of replacing them' },
    ...selectionFlags,
    ...projectFlags,
  },
  examples: [
    { line: 'churn publish -s customer_360', says: 'The gold table, in target/delta' },
    { line: 'churn publish -s path:models/gold --to /mnt/lake/Tables', says: 'A mounted lakehouse' },
  ],
  exits: [1, 3, 4],
  run: publishTables,
});
