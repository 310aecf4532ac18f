import { describe, expect, test } from 'vitest';
import { renderFiles, renderModel, sqlOf } from './support.ts';

const yaml = `version: 2
sources:
  - name: raw
    tables:
      - {name: tickets, location: 'data/*.csv'}
      - {name: old, schema: legacy, identifier: tickets_v1}
`;
const other = { 'models/orders.sql': 'select 1 as id', 'models/schema.yml': yaml };
const project = (lines: string) => ({ 'churn_project.yml': `name: shop\nversion: "1.0"\n${lines}` });

describe('the context of a model', () => {
  const cases: readonly (readonly [template: string, sql: string])[] = [
    ["select * from {{ ref('orders') }}", 'select * from "main"."orders"'],
    ["select * from {{ ref('shop', 'orders') }}", 'select * from "main"."orders"'],
    ["select * from {{ builtins.ref('orders') }}", 'select * from "main"."orders"'],
    ["select * from {{ source('raw', 'tickets') }}", 'select * from "raw"."tickets"'],
    ["select * from {{ source('raw', 'old') }}", 'select * from "legacy"."tickets_v1"'],
    ['select {{ this.schema }}, {{ this.identifier }}, {{ this }}', 'select main, m, "main"."m"'],
    [
      "select '{{ target.name }}', '{{ target.type }}', '{{ project_name }}'",
      "select 'dev', 'duckdb', 'shop'",
    ],
    ['select {{ execute }}, {{ is_incremental() }}, {{ flags.FULL_REFRESH }}', 'select True, False, False'],
    [
      'select {{ model.name }}, {{ model.unique_id }}, {{ model.config.materialized }}',
      'select m, model.shop.m, view',
    ],
    [
      "{{ config(materialized='table') }}select '{{ config.get('materialized') }}', {{ config.get('x', 5) }}",
      "select 'table', 5",
    ],
    ["{{ config(meta={'owner': 'ann'}) }}select '{{ config.meta_get('owner') }}'", "select 'ann'"],
    ["select {{ adapter.quote('a b') }} {{ api.Column('x', 'int').quoted }}", 'select "a b" "x"'],
    [
      'select {{ modules.datetime.date(2024, 2, 28) + modules.datetime.timedelta(days=2) }}',
      'select 2024-03-01',
    ],
    [
      "select {{ modules.datetime.datetime.strptime('2024-01-31', '%Y-%m-%d').strftime('%d %B %y') }}",
      'select 31 January 24',
    ],
    ["select {{ run_started_at.strftime('%Y-%m-%d') }}", 'select 2024-05-06'],
    [
      "select {{ modules.re.sub('[^a-z]+', '_', 'a-b c') }} {{ modules.re.match('(?P<x>a+)', 'aab').group('x') }}",
      'select a_b_c aa',
    ],
    ["{% for a, b in modules.itertools.product([1, 2], ['x']) %}{{ a }}{{ b }} {% endfor %}", '1x 2x'],
    [
      "select {{ context['target'].name }} {{ dbt_version.split('.')[0] }} {{ local_md5('a')[:4] }}",
      'select dev 1 0cc1',
    ],
    ["{{ log('quiet') }}{{ log('loud', info=true) }}{{ print('printed') }}select 1", 'select 1'],
  ];
  test.each(cases)('%s', async (template, sql) => {
    const options = { startedAt: new Date('2024-05-06T07:08:09Z'), onLog: () => undefined };
    expect(await renderModel(template, other, options)).toBe(sql);
  });

  test('what print and log(info) say is passed on', async () => {
    const said: string[] = [];
    await renderModel(
      "{{ log('quiet') }}{{ log('loud', info=true) }}{{ print(1) }}select 1",
      {},
      { onLog: (m) => said.push(m) },
    );
    expect(said).toEqual(['loud', '1']);
  });

  test('variables and environment, with defaults', async () => {
    const vars = project('vars: {a: 1, list: [x, y], shop: {a: 2}}\n');
    const sql =
      "select {{ var('a') }}, {{ var('list') | join('+') }}, {{ var('b', 3) }}, {{ env_var('A') }}, {{ env_var('B', 'b') }}";
    expect(await renderModel(sql, vars, { environment: { A: 'a' } })).toBe('select 2, x+y, 3, a, b');
  });

  const refusals: readonly (readonly [template: string, problem: string])[] = [
    ["{{ ref('ordres') }}", 'CH208 no model, seed or snapshot is called `ordres`'],
    ["{{ source('raw', 'tikets') }}", 'CH209 no source table is declared as `raw.tikets`'],
    ["{{ var('nope') }}", 'CH210 the variable `nope` has no value'],
    ["{{ env_var('NOPE') }}", 'CH211 the environment variable NOPE is not set'],
    [
      "{{ run_query('select 1') }}",
      'CH212 `run_query` is not available: compiling a project touches no data',
    ],
    [
      "{% call statement('x') %}select 1{% endcall %}",
      'CH212 `statement` is not available: compiling a project touches no data',
    ],
    [
      '{{ adapter.get_columns_in_relation(this) }}',
      'CH212 `adapter.get_columns_in_relation` is not available: compiling a project touches no data',
    ],
    ["{{ dbt_utils.star(ref('orders')) }}", 'CH213 `dbt_utils.star` is not supported'],
    ['{{ graph.nodes }}', 'CH213 `graph` is not supported'],
    ['{{ modules.pytz }}', 'CH213 `modules.pytz` is not supported'],
    ["{{ ref('orders', version=2) }}", 'CH213 a versioned ref is not supported'],
    ["{{ ref('other_package', 'orders') }}", 'CH213 a ref to the package `other_package` is not supported'],
    ["{{ exceptions.raise_compiler_error('no ' ~ 1) }}", 'CH216 no 1'],
    ["{{ config(materialised='table') }}select 1", 'CH214 a model has no config `materialised`'],
    ["{{ config(strategy='check') }}select 1", 'CH214 a model has no config `strategy`'],
    [
      "{{ config(materialized='tabel') }}select 1",
      'CH215 config `materialized`: must be one of view, table, incremental, ephemeral, not `tabel`',
    ],
    ["{{ config(grants={'select': ['a']}) }}select 1", 'CH213 config `grants` is not supported'],
    ['-- nothing\n{# at all #}', 'CH228 `m` renders to no SQL'],
  ];
  test.each(refusals)('%s', async (template, problem) => {
    const { diagnostics } = await renderFiles({ 'models/m.sql': template, ...other }, { environment: {} });
    expect(diagnostics.map(({ code, message }) => `${code} ${message}`)).toEqual([problem]);
  });

  test('a warning leaves the model as it is', async () => {
    const rendered = await renderFiles({ 'models/m.sql': "{{ exceptions.warn('soon gone') }}select 1" });
    expect(rendered.diagnostics).toMatchObject([
      { code: 'CH217', severity: 'warning', message: 'soon gone' },
    ]);
    expect(sqlOf(rendered, 'm')).toBe('select 1');
  });
});

describe('macros', () => {
  const macros = {
    'macros/m.sql': `{% macro cents(c, digits=2) -%} round({{ c }} / 100, {{ digits }}) {%- endmacro %}
{% macro give() %}{{ return([1, 2]) }}{% endmacro %}
{% macro default__pick() %}default{% endmacro %}
{% macro duckdb__pick() %}duckdb{% endmacro %}
{% macro pick() %}{{ return(adapter.dispatch('pick', 'shop')()) }}{% endmacro %}
{% macro who() %}{{ this.identifier }}{% endmacro %}
{% macro ref(name) %}{{ return(builtins.ref(name ~ 's')) }}{% endmacro %}`,
  };
  test.each([
    ["select {{ cents('a') }}, {{ cents('b', digits=0) }}", 'select round(a / 100, 2), round(b / 100, 0)'],
    ['select {{ give() | sum }}', 'select 3'],
    ['select {{ pick() }}', 'select duckdb'],
    ['select {{ who() }}', 'select m'],
    ["select * from {{ ref('order') }}", 'select * from "main"."orders"'],
  ])('%s', async (template, sql) => {
    expect(await renderModel(template, { ...macros, ...other })).toBe(sql);
  });

  test('a project names schemas, databases and aliases itself', async () => {
    const files = {
      'macros/n.sql': `{% macro generate_schema_name(custom_schema_name, node) %}{{ custom_schema_name or target.schema }}{% endmacro %}
{% macro generate_alias_name(custom_alias_name=none, node=none) %}{{ custom_alias_name or node.name }}_x{% endmacro %}
{% macro generate_database_name(custom_database_name=none, node=none) %}lake{% endmacro %}`,
      'models/a.sql': "{{ config(schema='silver') }}select 1",
      'models/m.sql': "select * from {{ ref('a') }}",
    };
    const rendered = await renderFiles(files);
    expect(rendered.nodes.get('model.shop.a')?.relation).toEqual({
      database: 'lake',
      schema: 'silver',
      identifier: 'a_x',
    });
    expect(sqlOf(rendered, 'm')).toBe('select * from "lake"."silver"."a_x"');
  });

  test("without them, a custom schema is appended to the target's", async () => {
    const rendered = await renderFiles({
      'models/a.sql': "{{ config(schema='silver', alias='b') }}select 1",
    });
    expect(rendered.nodes.get('model.shop.a')?.relation).toEqual({ schema: 'main_silver', identifier: 'b' });
  });
});
