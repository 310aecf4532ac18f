import { config } from './config.ts';
import { exposure } from './exposure.ts';
import { file } from './file.ts';
import { fqn } from './fqn.ts';
import type { Method } from './method.ts';
import { packageName } from './package.ts';
import { path } from './path.ts';
import { resourceType } from './resource-type.ts';
import { result } from './result.ts';
import { source } from './source.ts';
import { state } from './state.ts';
import { tag } from './tag.ts';
import { testName } from './test-name.ts';
import { testType } from './test-type.ts';

/** Every selection method; `selector:` is resolved before, as it names a whole expression. */
export const methods: readonly Method[] = [
  fqn,
  path,
  file,
  tag,
  config,
  source,
  exposure,
  packageName,
  resourceType,
  testType,
  testName,
  state,
  result,
];

/** dbt's methods that churn has nothing for, and why. */
export const refusedMethods: Readonly<Record<string, string>> = {
  source_status: 'Source freshness is measured by `churn monitor`, not kept as state of a run.',
  access: 'There are no model access levels: a project is one package.',
  group: 'There are no groups.',
  metric: 'There is no semantic layer.',
  saved_query: 'There is no semantic layer.',
  semantic_model: 'There is no semantic layer.',
  unit_test: 'Unit tests are selected by the model they test.',
  version: 'Models have no versions.',
};
