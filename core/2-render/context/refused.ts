import { raise } from '../jinja/error.ts';
import { Bag, native } from '../jinja/values/native.ts';
import type { Value } from '../jinja/values/value.ts';

const needsData = [
  'run_query',
  'statement',
  'load_result',
  'store_result',
  'store_raw_result',
  'run_query_with_retry',
];

const packages = [
  'dbt_utils',
  'dbt_expectations',
  'dbt_date',
  'codegen',
  'audit_helper',
  'elementary',
  'metrics',
  'dbt_project_evaluator',
];

const packageHint = 'Packages are not installed; copy the macro you need into macros/.';

function refusedFunction(name: string): Value {
  return native(name, ['*args', '**kwargs'], () => raise('CH212', { name }));
}

/** Names that a dbt project may use and this framework refuses, each saying why when it is used. */
export const refusedNames: ReadonlyMap<string, Value> = new Map<string, Value>([
  ...needsData.map((name) => [name, refusedFunction(name)] as const),
  ...packages.map(
    (name) =>
      [
        name,
        Bag.of(name, {}, (member) => raise('CH213', { name: `\`${name}.${member}\``, fix: packageHint })),
      ] as const,
  ),
  [
    'graph',
    Bag.of('graph', {}, () =>
      raise('CH213', {
        name: '`graph`',
        fix: 'A model may not depend on which other models exist; list them in a var.',
      }),
    ),
  ],
]);
