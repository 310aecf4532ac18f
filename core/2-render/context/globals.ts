import type { ConfigValue, Project } from '../../1-load/index.ts';
import { fromData } from '../jinja/values/json.ts';
import { Bag } from '../jinja/values/native.ts';
import type { Value } from '../jinja/values/value.ts';
import type { RenderOptions } from '../options.ts';
import { adapter, api } from './adapter.ts';
import { crossDatabase } from './cross-database.ts';
import { modules } from './modules.ts';
import { projectFunctions } from './project-functions.ts';
import { pureFunctions } from './pure-functions.ts';
import { refusedNames } from './refused.ts';

/** The dbt release whose context this one follows; projects ask for it to choose between spellings. */
const followedDbtVersion = '1.10.0';

/** Given to templates outside of a run. */
const noInvocation = '00000000-0000-0000-0000-000000000000';

/** Names that are the same for every node of a project. */
export function buildGlobals(project: Project, options: RenderOptions): ReadonlyMap<string, Value> {
  const { target } = project;
  const targetValues: Record<string, Value> = {
    name: target.name,
    target_name: target.name,
    profile_name: project.name,
    type: target.type,
    schema: target.schema,
    database: target.database ?? null,
    threads: target.threads,
  };
  for (const [key, { value }] of Object.entries(target.options)) {
    if (!Object.hasOwn(targetValues, key)) targetValues[key] = fromData(value as ConfigValue);
  }
  return new Map<string, Value>([
    ...crossDatabase,
    ...pureFunctions,
    ...refusedNames,
    ...projectFunctions,
    ['target', Bag.of('target', targetValues)],
    ['project_name', project.name],
    ['dbt_version', followedDbtVersion],
    [
      'flags',
      Bag.of('flags', { FULL_REFRESH: options.fullRefresh ?? false, WHICH: 'build', INTROSPECT: false }),
    ],
    ['modules', modules],
    ['invocation_id', options.invocationId ?? noInvocation],
    ['adapter', adapter],
    ['api', api],
  ]);
}
