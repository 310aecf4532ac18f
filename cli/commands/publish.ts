import { projectFlags, selectionFlags } from '../args/shared-flags.ts';
import { command } from '../command.ts';
import { publishTables } from '../publish-tables.ts';

export const publish = command({
  name: 'publish',
  group: 'build',
  summary: 'Publish built tables as Delta tables in a folder or in Azure storage',
  details:
    'Each selected model becomes DIR/<schema>.<name>, one Parquet file and one commit of its _delta_log. What reads Delta\n(Spark, Fabric, delta-rs) sees a commit whole or not at all.\n\nDIR may be an address of Azure storage or OneLake: abfss://container@account.dfs.core.windows.net/path, az://container/path or\nhttps://account.blob.core.windows.net/container/path. Secrets come from the environment (AZURE_STORAGE_CONNECTION_STRING,\nAZURE_STORAGE_SAS_TOKEN, AZURE_STORAGE_KEY, AZURE_STORAGE_TOKEN) or from what @azure/identity finds, such as `az login`.',
  flags: {
    to: { kind: 'string', placeholder: 'DIR', summary: 'Folder or Azure address (default: target/delta)' },
    append: { kind: 'boolean', summary: 'Add the rows to those there are, instead of replacing them' },
    ...selectionFlags,
    ...projectFlags,
  },
  examples: [
    { line: 'churn publish -s customer_360', says: 'The gold table, in target/delta' },
    { line: 'churn publish -s path:models/gold --to /mnt/lake/Tables', says: 'A mounted lakehouse' },
    {
      line: 'churn publish -s customer_360 --to abfss://lake@acme.dfs.core.windows.net/gold',
      says: 'A container of Azure storage',
    },
  ],
  exits: [1, 3, 4],
  run: publishTables,
});
