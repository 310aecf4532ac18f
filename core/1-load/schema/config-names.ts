/** Keys of a test that configure it; every other key is an argument of the test's macro. */
export const testConfigKeys: ReadonlySet<string> = new Set([
  'severity',
  'where',
  'limit',
  'error_if',
  'warn_if',
  'fail_calc',
  'store_failures',
  'store_failures_as',
  'enabled',
  'tags',
  'meta',
  'alias',
  'schema',
  'database',
  'group',
]);

/** Configuration whose value is a mapping: in the folder hierarchy only a `+` tells it from a folder. */
export const mappingConfigKeys: ReadonlySet<string> = new Set([
  'meta',
  'contract',
  'column_types',
  'persist_docs',
  'docs',
  'snapshot_meta_column_names',
]);
