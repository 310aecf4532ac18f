import { describe, expect, test } from 'vitest';
import type { ConfigLayer, Project } from '../../../core/1-load/index.ts';
import { load, nodeNamed } from './temporary-project.ts';

const sql = 'select 1 as id\n';

function values(layers: readonly ConfigLayer[]) {
  return layers.map(({ origin, values }) => [
    origin,
    Object.fromEntries(Object.entries(values).map(([key, { value }]) => [key, value])),
  ]);
}

/** Every span of a value points at the text that it was read from. */
function expectSpansToQuote(project: Project): number {
  let count = 0;
  const visit = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    if ('value' in value && 'span' in value && typeof value.value === 'string') {
      const { span } = value as unknown as Project['hooks']['onRunStart'][number];
      const text = project.text(span.file)?.slice(span.start.offset, span.end.offset);
      expect(text).toContain(value.value);
      count++;
    }
    for (const child of Object.values(value)) visit(child);
  };
  visit(project.nodes.map(({ layers, properties }) => ({ layers, properties })));
  visit(project.sources);
  return count;
}

describe('layers', () => {
  const project = `name: shop
models:
  +materialized: view
  shop:
    +tags: [all]
    marts:
      materialized: table
      orders:
        +alias: the_orders
      finance: {+schema: finance, +meta: {owner: me}}
`;

  test('run from the outermost folder to the file, then the properties', async () => {
    const { project: loaded, codes } = await load({
      'churn_project.yml': project,
      'models/marts/orders.sql': sql,
      'models/marts/finance/revenue.sql': sql,
      'models/staging/raw.sql': sql,
      'models/marts/marts.yml': 'models:\n  - name: orders\n    tags: x\n    config: {enabled: true}\n',
    });
    expect(codes).toEqual([]);
    expect(values(nodeNamed(loaded, 'orders').layers)).toEqual([
      ['project', { materialized: 'view' }],
      ['project', { tags: ['all'] }],
      ['project', { materialized: 'table' }],
      ['project', { alias: 'the_orders' }],
      ['properties', { tags: 'x', enabled: true }],
    ]);
    expect(values(nodeNamed(loaded, 'revenue').layers).at(-1)).toEqual([
      'project',
      { schema: 'finance', meta: { owner: 'me' } },
    ]);
    expect(values(nodeNamed(loaded, 'raw').layers)).toHaveLength(2);
  });

  test('of tests come from `tests:` and `data_tests:`', async () => {
    const { project: loaded } = await load({
      'churn_project.yml': 'name: shop\ndata_tests:\n  +severity: warn\n  shop: {slow: {+limit: 5}}\n',
      'tests/slow/check.sql': sql,
    });
    expect(values(loaded.testLayers)).toEqual([['project', { severity: 'warn' }]]);
    expect(values(loaded.singularTests[0]?.layers ?? [])).toEqual([
      ['project', { severity: 'warn' }],
      ['project', { limit: 5 }],
    ]);
  });
});

describe('properties', () => {
  test('data tests in every form dbt takes', async () => {
    const { project, codes } = await load({
      'models/orders.sql': sql,
      'models/orders.yml': `models:
  - name: orders
    data_tests:
      - unique: {column_name: "a || b"}
    columns:
      - name: status
        tests:
          - not_null
          - unique:
          - accepted_values:
              name: known_states
              values: [open, closed]
              config: {severity: warn, where: "id > 3"}
              limit: 10
          - accepted_values:
              arguments: {values: [1, 2], quote: false}
          - relationships: {to: ref('customers'), field: id}
          - test_name: not_null
            config: {store_failures: true}
          - my_own: {threshold: 3}
`,
    });
    expect(codes).toEqual([]);
    const { properties } = nodeNamed(project, 'orders');
    const short = (tests: NonNullable<typeof properties>['tests']) =>
      tests.map((item) => ({
        test: item.test,
        name: item.name,
        column: item.column,
        arguments: Object.fromEntries(Object.entries(item.arguments).map(([key, { value }]) => [key, value])),
        config: values([item.config])[0]?.[1],
      }));
    expect(short(properties?.tests ?? [])).toEqual([
      {
        test: 'unique',
        name: undefined,
        column: undefined,
        arguments: { column_name: 'a || b' },
        config: {},
      },
    ]);
    const base = { name: undefined, column: 'status', arguments: {}, config: {} };
    expect(short(properties?.columns[0]?.tests ?? [])).toEqual([
      { ...base, test: 'not_null' },
      { ...base, test: 'unique' },
      {
        ...base,
        test: 'accepted_values',
        name: 'known_states',
        arguments: { values: ['open', 'closed'] },
        config: { severity: 'warn', where: 'id > 3', limit: 10 },
      },
      { ...base, test: 'accepted_values', arguments: { values: [1, 2], quote: false } },
      { ...base, test: 'relationships', arguments: { to: "ref('customers')", field: 'id' } },
      { ...base, test: 'not_null', config: { store_failures: true } },
      { ...base, test: 'my_own', arguments: { threshold: 3 } },
    ]);
    expect(expectSpansToQuote(project)).toBeGreaterThan(4);
  });

  test('sources carry what the prover needs, and inherit from their source', async () => {
    const { project, codes } = await load({
      'models/sources.yml': `sources:
  - name: raw
    schema: landing
    tags: [raw]
    available_at: loaded_at
    config: {enabled: true, meta: {owner: ops}}
    tables:
      - name: tickets
        location: data/tickets/*.parquet
        read_options: {union_by_name: true}
        axioms: ["opened_at <= loaded_at"]
        primary_key: [ticket_id]
        columns:
          - {name: owner, data_type: varchar, available_at: never}
      - name: old
        available_at: closed_at
        config: {enabled: false}
`,
    });
    expect(codes).toEqual([]);
    const [tickets, old] = project.sources;
    expect(tickets).toMatchObject({
      uniqueId: 'source.shop.raw.tickets',
      location: { value: 'data/tickets/*.parquet' },
      schema: { value: 'landing' },
      availableAt: { value: 'loaded_at' },
      axioms: [{ value: 'opened_at <= loaded_at' }],
      primaryKey: [{ value: 'ticket_id' }],
      columns: [{ name: 'owner', availableAt: { value: 'never' }, dataType: { value: 'varchar' } }],
      readOptions: { union_by_name: true },
      tags: ['raw'],
      meta: { owner: 'ops' },
      enabled: true,
    });
    expect(old).toMatchObject({ availableAt: { value: 'closed_at' }, enabled: false });
    expect(expectSpansToQuote(project)).toBeGreaterThan(8);
  });

  test('a block in SQL and an entry with `relation:` both make a snapshot', async () => {
    const text = '{# {% snapshot no %} #}\n{% snapshot orders_history %}\nselect 1\n{% endsnapshot %}\n';
    const { project, codes } = await load({
      'models/orders.sql': sql,
      'snapshots/orders.sql': text,
      'snapshots/more.yml':
        "snapshots:\n  - name: later\n    relation: ref('orders')\n    config: {unique_key: id}\n",
    });
    expect(codes).toEqual([]);
    const block = nodeNamed(project, 'orders_history');
    expect(text.slice(block.body?.start.offset, block.body?.end.offset)).toBe('\nselect 1\n');
    const entry = nodeNamed(project, 'later');
    expect(entry.language).toBe('yaml');
    expect(entry.file.text.slice(entry.body?.start.offset, entry.body?.end.offset)).toBe("ref('orders')");
    expect(values(entry.layers)).toEqual([['properties', { unique_key: 'id' }]]);
  });

  test('docs blocks, exposures, unit tests, selectors and analyses are kept as data', async () => {
    const { project, codes } = await load({
      'models/orders.sql': sql,
      'models/docs.md': '{% docs orders %}\nOne row\nper order.\n{% enddocs %}\n',
      'models/more.yml': `exposures:
  - {name: board, type: dashboard, owner: {name: me}, depends_on: [ref('orders')]}
unit_tests:
  - {name: totals, model: orders, given: [], expect: {rows: [{id: 1}]}}
`,
      'selectors.yml':
        'selectors:\n  - name: nightly\n    default: true\n    definition: {method: tag, value: nightly}\n',
      'analyses/look.sql': sql,
    });
    expect(codes).toEqual([]);
    expect(project.docs.get('orders')?.text).toBe('One row\nper order.');
    expect(project.exposures[0]).toMatchObject({ name: 'board', dependsOn: [{ value: "ref('orders')" }] });
    expect(project.unitTests?.[0]).toMatchObject({ name: 'totals', model: { value: 'orders' } });
    expect(project.selectors).toMatchObject([{ name: 'nightly', isDefault: true }]);
    expect(project.analyses.map(({ uniqueId }) => uniqueId)).toEqual(['analysis.shop.look']);
  });

  test('Jinja is let through where another type is asked for', async () => {
    const { codes } = await load({
      'models/orders.sql': sql,
      'models/orders.yml': `models:
  - name: orders
    config: {enabled: "{{ var('x') }}", full_refresh: "{{ flags.FULL_REFRESH }}", materialized: "{{ var('m') }}"}
    columns:
      - name: id
        tests: [{accepted_values: {values: "{{ var('ids') }}", config: {severity: "{{ var('s') }}"}}}]
`,
    });
    expect(codes).toEqual([]);
  });
});

describe('the project file', () => {
  test('variables: own, scoped by the project, given on the command line', async () => {
    const project = 'name: shop\nvars:\n  a: 1\n  b: 2\n  c: {deep: true}\n  shop: {b: 3, d: 4}\n';
    const { project: loaded } = await load({ 'churn_project.yml': project }, { vars: { d: 5, e: 6 } });
    expect(loaded.vars).toEqual({ a: 1, b: 3, c: { deep: true }, d: 5, e: 6 });
  });

  test.each([
    [undefined, 'prod', 'fabric'],
    ['dev', 'dev', 'duckdb'],
    ['fabric', 'prod', 'fabric'],
    ['spark', 'spark', 'spark'],
  ])('--target %s means %s', async (target, name, type) => {
    const project = 'name: shop\ntarget: prod\ntargets:\n  dev: {path: a.duckdb}\n  prod: {type: fabric}\n';
    const { project: loaded, codes } = await load({ 'churn_project.yml': project }, { target, threads: 3 });
    expect(codes).toEqual([]);
    expect(loaded.target).toMatchObject({ name, type, threads: 3 });
  });

  test('without targets there is a DuckDB file in the target folder', async () => {
    const { project } = await load({}, { targetPath: 'out' });
    expect(project.target).toMatchObject({
      name: 'dev',
      type: 'duckdb',
      schema: 'main',
      options: { path: { value: 'out/churn.duckdb' } },
    });
  });

  test('the learning sections are read with their defaults', async () => {
    const { project, codes } = await load({
      'models/gold.sql': sql,
      'churn_project.yml': `name: shop
prediction:
  model: gold
  entity: customer_id
  label: churned
  exclude: note
  actions:
    - {feature: a, when: falling, action: call}
    - {feature: b, when: {below: 30}, action: review}
training:
  weights: {column: tier, values: {big: 10}}
  threshold: {value_saved: 100, intervention_cost: 5}
monitoring:
  business:
    - {metric: save_rate, threshold: {min: 0.3}, action: review}
`,
    });
    expect(codes).toEqual([]);
    expect(project.prediction).toMatchObject({
      model: { value: 'gold' },
      predictionTime: 'prediction_time',
      exclude: ['note'],
      actions: [{ when: { direction: 'falling' } }, { when: { below: 30 } }],
    });
    expect(project.training).toMatchObject({
      weights: { column: 'tier', values: { big: 10 }, default: 1 },
      folds: { scheme: 'expanding', count: 6, firstTrainPeriods: 3 },
      final: { trainPeriods: 9 },
      threshold: { valueSaved: 100, interventionCost: 5, saveRate: 1 },
    });
    expect(project.monitoring).toMatchObject([
      { pillar: 'business', metric: 'save_rate', threshold: { min: 0.3 } },
    ]);
  });

  test('the policy knows its levels and its waivers', async () => {
    const { project, codes } = await load({
      'models/a.sql': sql,
      'models/b.sql': sql,
      'audits/policy.yml': `unproven: warn
models: {a: error, b: {refuted: warn}}
waivers:
  - {model: a, column: (rows), who: me, why: late feed, until: 2027-01-31}
`,
    });
    expect(codes).toEqual([]);
    const { policy } = project;
    expect(policy?.default).toEqual({ refuted: 'error', unproven: 'warn' });
    expect(policy?.models.get('a')).toEqual({ refuted: 'error', unproven: 'error' });
    expect(policy?.models.get('b')).toEqual({ refuted: 'warn', unproven: 'warn' });
    expect(policy?.waivers).toMatchObject([{ column: { value: '(rows)' }, until: { value: '2027-01-31' } }]);
  });
});

describe('files', () => {
  test('are sorted by purpose', async () => {
    const { project, codes } = await load({
      'models/a.sql': sql,
      'models/b.ts': 'export {};\n',
      'models/types.d.ts': 'export {};\n',
      'seeds/s.csv': 'id\n1\n',
      'macros/m.sql': '{% macro m() %}{% endmacro %}',
      'tests/generic/positive.sql': '{% test positive(model) %}{% endtest %}',
      'tests/singular.sql': sql,
      'audits/check.sql': sql,
      'audits/rule.ts': 'export {};\n',
      'features/f.ts': 'export {};\n',
      'simulate/20_b.sql': sql,
      'simulate/10_a.sql': sql,
      'models/other/churn_project.yml': 'name: other\n',
      'models/other/models/hidden.sql': sql,
      'models/.hidden/x.sql': sql,
    });
    expect(codes).toEqual([]);
    expect(project.nodes.map(({ uniqueId, language }) => [uniqueId, language])).toEqual([
      ['model.shop.a', 'sql'],
      ['model.shop.b', 'ts'],
      ['model.shop.f', 'ts'],
      ['seed.shop.s', 'csv'],
    ]);
    expect(project.macros.map(({ file }) => file.path)).toEqual([
      'macros/m.sql',
      'tests/generic/positive.sql',
    ]);
    expect(project.singularTests.map(({ name }) => name)).toEqual(['singular', 'check']);
    expect(project.typedFiles.map(({ path }) => path)).toEqual(['features/f.ts', 'audits/rule.ts']);
    expect(project.simulation.map(({ path }) => path)).toEqual(['simulate/10_a.sql', 'simulate/20_b.sql']);
  });

  test('a byte-order mark and CRLF change nothing but offsets', async () => {
    const { project, codes } = await load({
      'models/a.sql': '\ufeffselect 1 as id\r\n',
      'models/a.yml': '\ufeffmodels:\r\n  - name: a\r\n    description: x\r\n',
    });
    expect(codes).toEqual([]);
    const { file, properties } = nodeNamed(project, 'a');
    expect(file.text.startsWith('select')).toBe(true);
    expect(properties?.description).toMatchObject({ value: 'x', span: { start: { line: 3, column: 18 } } });
  });
});

describe('the format as documented', () => {
  test('its examples load without a word', async () => {
    const { diagnostics } = await load({
      'models/customer_360.sql': sql,
      'models/sources.yml': `version: 2
sources:
  - name: raw
    tables:
      - name: tickets
        location: data/tickets/*.parquet     # csv, parquet or json files; or a table of the target
        available_at: loaded_at              # SQL over the row: the instant from which the row is known
        axioms: ["opened_at <= loaded_at"]   # facts the prover may use; each is also run as a data test
        primary_key: [ticket_id]
        columns:
          - {name: ticket_id,  data_type: bigint, tests: [not_null, unique]}
          - {name: closed_at,  data_type: timestamp, available_at: closed_at}   # this cell is known only from then
          - {name: sentiment,  data_type: double, available_at: "closed_at + interval 1 hour"}
          - {name: owner,      data_type: varchar, available_at: never}         # overwritten in place: its past is unknown
`,
      'models/models.yml': `models:
  - name: customer_360
    config: {materialized: table}
    point_in_time: {entity: customer_id, prediction_time: prediction_time}
    columns:
      - {name: churned, role: label, horizon: "30 days"}   # must depend on the future: see the audit
      - {name: logins_30d, window: "30 days"}               # optional claim, checked against the proven window
`,
    });
    expect(diagnostics).toEqual([]);
  });

  test('a dbt project loads after its project file is renamed', async () => {
    const { project, diagnostics } = await load({
      'churn_project.yml': `name: 'jaffle_shop'
config-version: 2
version: '0.1'
profile: 'jaffle_shop'
model-paths: ["models"]
seed-paths: ["seeds"]
test-paths: ["tests"]
analysis-paths: ["analysis"]
macro-paths: ["macros"]
target-path: "target"
clean-targets:
    - "target"
    - "dbt_modules"
    - "logs"
require-dbt-version: [">=1.0.0", "<2.0.0"]
models:
  jaffle_shop:
      materialized: table
      staging:
        materialized: view
`,
      'models/customers.sql': sql,
      'models/staging/stg_orders.sql': sql,
      'models/staging/schema.yml': `version: 2

models:
  - name: stg_orders
    columns:
      - name: order_id
        tests:
          - unique
          - not_null
      - name: status
        tests:
          - accepted_values:
              values: ['placed', 'shipped', 'completed', 'return_pending', 'returned']
`,
      'seeds/raw_orders.csv': 'id\n1\n',
    });
    expect(diagnostics.map(({ code, severity }) => `${code} ${severity}`)).toEqual([
      'CH114 info',
      'CH114 info',
      'CH115 warning',
      'CH114 info',
    ]);
    expect(project.paths.cleanTargets).toEqual(['target', 'dbt_modules', 'logs']);
    expect(values(nodeNamed(project, 'stg_orders').layers)).toEqual([
      ['project', { materialized: 'table' }],
      ['project', { materialized: 'view' }],
    ]);
  });
});
