import { describe, expect, test } from 'vitest';
import { renderFiles } from './support.ts';

const project = { 'churn_project.yml': 'name: jaffle_shop\nversion: "1.0"\n' };
const models = {
  'models/customers.sql': 'select 1 as customer_id',
  'models/orders.sql': 'select 1 as order_id',
};

const withTests = (yaml: string, more = {}) =>
  renderFiles({ ...project, ...models, 'models/schema.yml': `version: 2\nmodels:\n${yaml}`, ...more });
const squeeze = (sql: string) => sql.replace(/\s+/g, ' ').trim();

describe('generic tests', () => {
  test("have dbt's names: these are the unique_ids in jaffle_shop's own manifest", async () => {
    const { tests, diagnostics } = await withTests(`
  - name: customers
    columns: [{name: customer_id, tests: [unique, not_null]}]
  - name: orders
    columns:
      - {name: order_id, tests: [unique, not_null]}
      - {name: customer_id, tests: [relationships: {to: ref('customers'), field: customer_id}]}
      - name: status
        tests:
          - accepted_values: {values: ['placed', 'shipped', 'completed', 'return_pending', 'returned']}
`);
    expect(diagnostics).toEqual([]);
    expect([...tests.keys()]).toEqual([
      'test.jaffle_shop.unique_customers_customer_id.c5af1ff4b1',
      'test.jaffle_shop.not_null_customers_customer_id.5c9bf9911d',
      'test.jaffle_shop.unique_orders_order_id.fed79b3a6e',
      'test.jaffle_shop.not_null_orders_order_id.cf6c17daed',
      'test.jaffle_shop.relationships_orders_customer_id__customer_id__ref_customers_.c6ec7f58f2',
      'test.jaffle_shop.accepted_values_orders_status__placed__shipped__completed__return_pending__returned.be6b5b5ec3',
    ]);
    expect([...tests.values()].at(-1)?.relation).toEqual({
      schema: 'main_dbt_test__audit',
      identifier: 'accepted_values_orders_1ce6ab157c285f7cd2ac656013faf758',
    });
    expect([...tests.values()][4]?.dependsOn).toEqual([
      'model.jaffle_shop.orders',
      'model.jaffle_shop.customers',
    ]);
  });

  test('take configuration, from YAML and from the project file', async () => {
    const { tests } = await withTests(
      `
  - name: orders
    columns:
      - name: order_id
        tests:
          - not_null: {config: {severity: warn, where: "order_id > {{ var('from', 3) }}", limit: 5, store_failures: true, warn_if: '> 2'}}
          - unique: {enabled: false}
`,
      {
        'churn_project.yml': `${project['churn_project.yml']}data_tests: {+error_if: '> 10', +tags: [nightly]}\n`,
      },
    );
    const [only] = [...tests.values()];
    expect(tests.size).toBe(1);
    expect(only?.config).toEqual({
      severity: 'warn',
      where: 'order_id > 3',
      limit: 5,
      storeFailures: true,
      failCalc: 'count(*)',
      errorIf: '> 10',
      warnIf: '> 2',
      tags: ['nightly'],
    });
    expect(squeeze(only?.sql ?? '')).toBe(
      'select * from (select * from "main"."orders" where order_id > 3) as dbt_subquery where order_id is null',
    );
  });

  test('may be macros of the project, and override the built-in ones', async () => {
    const { tests, diagnostics } = await withTests(
      `
  - name: orders
    tests: [rows: {at_least: 3, of: ref('customers')}]
    columns: [{name: order_id, tests: [not_null, positive: {name: all_positive, where: "1 = 1"}]}]
`,
      {
        'macros/t.sql': `{% test rows(model, at_least, of) %}select {{ at_least }} from {{ model }}, {{ of }}{% endtest %}
{% test not_null(model, column_name) %}mine {{ column_name }}{% endtest %}`,
        'tests/generic/p.sql':
          '{% test positive(model, column_name) %}select {{ column_name }} from {{ model }}{% endtest %}',
      },
    );
    expect(diagnostics).toEqual([]);
    expect([...tests.values()].map(({ name, sql }) => [name, squeeze(sql)])).toEqual([
      ['rows_orders_3__ref_customers_', 'select 3 from "main"."orders", "main"."customers"'],
      ['not_null_orders_order_id', 'mine order_id'],
      ['all_positive', 'select order_id from (select * from "main"."orders" where 1 = 1) dbt_subquery'],
    ]);
    const [rows] = [...tests.values()];
    expect(rows?.map.originOf(0)).toMatchObject({
      span: { file: 'macros/t.sql', start: { line: 1 } },
      frames: [{ macro: 'test_rows', callSite: { file: 'models/schema.yml' } }],
    });
  });

  test('bring an ephemeral model along', async () => {
    const { tests } = await withTests(`\n  - name: e\n    columns: [{name: id, tests: [not_null]}]\n`, {
      'models/e.sql': "{{ config(materialized='ephemeral') }}select 1 as id",
    });
    expect(squeeze([...tests.values()][0]?.sql ?? '')).toBe(
      'with __dbt__cte__e as ( select 1 as id ) select * from __dbt__cte__e where id is null',
    );
  });

  test.each([
    ['unique_combination', 'CH221', 'there is no data test `unique_combination`'],
    [
      'accepted_values: {values: "{{ 1 }}"}',
      'CH222',
      'data test `accepted_values`: `values` must be a list of values',
    ],
    [
      'relationships: {to: customers, field: id}',
      'CH222',
      'data test `relationships`: `to` must be a ref() or source()',
    ],
    [
      "relationships: {to: ref('custmers'), field: id}",
      'CH208',
      'no model, seed or snapshot is called `custmers`',
    ],
  ])('%s is refused', async (declared, code, message) => {
    const { diagnostics, tests } = await withTests(
      `\n  - name: orders\n    columns:\n      - name: order_id\n        tests:\n          - ${declared}\n`,
    );
    expect(diagnostics).toMatchObject([{ code, message, span: { file: 'models/schema.yml' } }]);
    expect(tests.size).toBe(0);
  });

  test('twice the same is reported', async () => {
    const { diagnostics } = await withTests(
      '\n  - name: orders\n    columns: [{name: order_id, tests: [unique, unique]}]\n',
    );
    expect(diagnostics.map(({ code }) => code)).toEqual(['CH224']);
  });
});

describe('singular tests and facts of sources', () => {
  test('a file is a test, with its own configuration', async () => {
    const { tests } = await withTests('\n  - name: orders\n', {
      'tests/t.sql':
        "{{ config(severity='warn') }}select * from {{ ref('orders') }} where {{ this_is_not is not defined }}",
    });
    expect(tests.get('test.jaffle_shop.t')).toMatchObject({
      config: { severity: 'warn' },
      dependsOn: ['model.jaffle_shop.orders'],
      sql: 'select * from "main"."orders" where True',
    });
  });

  test('axioms and primary keys are tests', async () => {
    const { tests, sources, diagnostics } = await renderFiles({
      ...project,
      'models/s.yml': `version: 2
sources:
  - name: raw
    tables:
      - name: tickets
        location: "data/{{ var('day', '2024') }}/*.csv"
        available_at: "{{ 'loaded' ~ '_at' }}"
        axioms: ["opened_at <= loaded_at", "{{ 'a' }} is not null"]
        primary_key: [id, day]
        columns: [{name: id, description: "{{ doc('id') }}", tests: [not_null]}]
`,
      'models/d.md': '{% docs id %}The id.{% enddocs %}',
    });
    expect(diagnostics).toEqual([]);
    expect([...tests.values()].map(({ name, sql, generic }) => [name, generic?.test, squeeze(sql)])).toEqual([
      ['source_not_null_raw_tickets_id', 'not_null', 'select * from "raw"."tickets" where id is null'],
      ['axiom_raw_tickets_1', 'axiom', 'select * from "raw"."tickets" where not (opened_at <= loaded_at)'],
      ['axiom_raw_tickets_2', 'axiom', 'select * from "raw"."tickets" where not (a is not null)'],
      [
        'primary_key_raw_tickets',
        'primary_key',
        'select "id", "day", count(*) as n_records from "raw"."tickets" group by "id", "day" having count(*) > 1',
      ],
      [
        'primary_key_not_null_raw_tickets',
        'primary_key_not_null',
        'select * from "raw"."tickets" where "id" is null or "day" is null',
      ],
    ]);
    const source = sources.get('source.jaffle_shop.raw.tickets');
    expect(source).toMatchObject({
      location: 'data/2024/*.csv',
      table: { availableAt: { value: 'loaded_at' } },
    });
    expect(source?.table.columns[0]?.description?.value).toBe('The id.');
  });
});
