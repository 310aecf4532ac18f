import { z } from 'zod';
import { engines } from '../build/targets.ts';
import { hook } from './config.ts';
import { folderConfig } from './folders.ts';
import { foreignProjectKeys } from './foreign.ts';
import { monitoring, prediction, training } from './learning.ts';
import {
  anyMapping,
  checkedBy,
  isMapping,
  listOf,
  mapping,
  nonEmpty,
  oneOf,
  oneOrList,
  orJinja,
  text,
  textOrNumber,
} from './shape.ts';

const paths = oneOrList(nonEmpty);

const target = checkedBy((value, { hold }) => {
  const type = isMapping(value) ? (value.type ?? 'duckdb') : 'duckdb';
  const own = typeof type === 'string' ? targetKeys[type] : undefined;
  if (own === undefined) hold(z.looseObject({ type: oneOf(...engines) }), value);
  else hold(mapping(`a target of type ${String(type)}`, {}, { ...everyTarget, ...own }), value);
});

const everyTarget = {
  type: oneOf(...engines),
  schema: nonEmpty,
  database: nonEmpty,
  threads: z.int().min(1).max(1024),
};

const targetKeys: Readonly<Record<string, Readonly<Record<string, z.ZodType>>>> = {
  duckdb: {
    path: nonEmpty,
    memory_limit: nonEmpty,
    temp_directory: nonEmpty,
    settings: anyMapping,
    extensions: listOf(nonEmpty),
    attach: listOf(anyMapping),
    read_only: orJinja(z.boolean()),
  },
  fabric: {
    kind: oneOf('warehouse', 'lakehouse'),
    host: nonEmpty,
    server: nonEmpty,
    port: orJinja(z.int().min(1).max(65535)),
    workspace: nonEmpty,
    workspace_id: nonEmpty,
    lakehouse: nonEmpty,
    lakehouse_id: nonEmpty,
    files: nonEmpty,
    authentication: nonEmpty,
    tenant_id: nonEmpty,
    client_id: nonEmpty,
    client_secret: nonEmpty,
    endpoint: nonEmpty,
    login_timeout: orJinja(z.int().min(0)),
    case_insensitive: orJinja(z.boolean()),
    query_timeout: orJinja(z.int().min(0)),
    settings: anyMapping,
  },
  spark: {
    host: nonEmpty,
    endpoint: nonEmpty,
    port: orJinja(z.int().min(1).max(65535)),
    workspace_id: nonEmpty,
    lakehouse_id: nonEmpty,
    authentication: nonEmpty,
    tenant_id: nonEmpty,
    client_id: nonEmpty,
    client_secret: nonEmpty,
    session: anyMapping,
    settings: anyMapping,
  },
};

/** churn_project.yml. dbt's keys with dbt's meanings, then this framework's. */
export const projectFile: z.ZodType = mapping(
  'churn_project.yml',
  {
    name: z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/, {
      error: 'letters, digits and `_`, not beginning with a digit',
    }),
  },
  {
    version: textOrNumber,
    'model-paths': paths,
    'seed-paths': paths,
    'macro-paths': paths,
    'test-paths': paths,
    'snapshot-paths': paths,
    'analysis-paths': paths,
    'docs-paths': paths,
    'feature-paths': paths,
    'audit-paths': paths,
    'simulate-path': nonEmpty,
    'target-path': nonEmpty,
    'clean-targets': paths,
    vars: anyMapping,
    models: folderConfig('model'),
    seeds: folderConfig('seed'),
    snapshots: folderConfig('snapshot'),
    tests: folderConfig('test'),
    data_tests: folderConfig('test'),
    sources: folderConfig('source'),
    exposures: folderConfig('exposure'),
    unit_tests: folderConfig('unit_test'),
    'on-run-start': oneOrList(hook),
    'on-run-end': oneOrList(hook),
    target: text,
    targets: z.record(z.string(), target),
    prediction,
    training,
    monitoring,
  },
  foreignProjectKeys,
);
