import { describe, expect, test } from 'vitest';
import { RenderCache, renderNode, renderProject } from '../../../core/2-render/index.ts';
import { type Files, loadFiles, renderFiles, sqlOf } from './support.ts';

const ephemeral = (sql: string) => `{{ config(materialized='ephemeral') }}${sql}`;

describe('ephemeral models', () => {
  const base = {
    'models/e.sql': ephemeral('select 1 as id -- one'),
    'models/f.sql': ephemeral("select * from {{ ref('e') }}"),
  };

  test.each([
    [
      "select * from {{ ref('e') }}",
      'with __dbt__cte__e as ( select 1 as id -- one ) select * from __dbt__cte__e',
    ],
    [
      "-- c\nwith a as (select 1) select * from a, {{ ref('e') }}",
      '-- c with __dbt__cte__e as ( select 1 as id -- one ), a as (select 1) select * from a, __dbt__cte__e',
    ],
    [
      "with recursive r as (select 1) select * from r, {{ ref('e') }}",
      'with recursive __dbt__cte__e as ( select 1 as id -- one ), r as (select 1) select * from r, __dbt__cte__e',
    ],
    [
      "select * from {{ ref('f') }}",
      'with __dbt__cte__e as ( select 1 as id -- one ), __dbt__cte__f as ( select * from __dbt__cte__e ) select * from __dbt__cte__f',
    ],
    [
      "(select * from {{ ref('e') }})",
      'with __dbt__cte__e as ( select 1 as id -- one ) (select * from __dbt__cte__e)',
    ],
    [
      "select withe from {{ ref('e') }}",
      'with __dbt__cte__e as ( select 1 as id -- one ) select withe from __dbt__cte__e',
    ],
  ])('%s', async (template, sql) => {
    const rendered = await renderFiles({ ...base, 'models/m.sql': template });
    expect(sqlOf(rendered, 'm')).toBe(sql);
    expect(rendered.nodes.get('model.shop.m')?.dependsOn).toHaveLength(1);
  });

  test('a cycle is reported once, with its path', async () => {
    const rendered = await renderFiles({
      'models/a.sql': ephemeral("select * from {{ ref('b') }}"),
      'models/b.sql': ephemeral("select * from {{ ref('a') }}"),
    });
    expect(rendered.diagnostics.map(({ code }) => code)).toEqual(['CH220']);
  });
});

describe('incremental models', () => {
  const files = {
    'models/m.sql': `{{ config(materialized='incremental', unique_key='id') }}
select 1 as id {% if is_incremental() %}where id > (select max(id) from {{ this }}){% endif %}`,
  };

  test('have both texts', async () => {
    const node = (await renderFiles(files)).nodes.get('model.shop.m');
    expect(node?.sql.trim()).toBe('select 1 as id');
    expect(node?.incremental?.sql.trim()).toBe('select 1 as id where id > (select max(id) from "main"."m")');
    expect(node?.config).toMatchObject({ materialized: 'incremental', uniqueKey: ['id'] });
  });

  test('one node can be rendered alone', async () => {
    const { node, diagnostics } = renderNode(await loadFiles(files), 'model.shop.m', { fullRefresh: true });
    expect(diagnostics).toEqual([]);
    expect(node?.sql.trim()).toBe('select 1 as id');
  });
});

describe('configuration', () => {
  test('tags unite, meta merges, hooks append, the stronger wins', async () => {
    const files = {
      'churn_project.yml': `name: shop
version: "1.0"
vars: {mat: table}
models:
  shop:
    +tags: [a]
    +meta: {owner: ann, level: 1}
    +materialized: view
    +post-hook: "analyze {{ this }}"
    sub: {+materialized: "{{ var('mat') }}"}
`,
      'models/sub/m.sql': "{{ config(tags='b', meta={'level': 2}, post_hook='select 2') }}select 1",
      'models/schema.yml': 'version: 2\nmodels:\n  - {name: m, config: {tags: [c, a]}}\n',
    };
    const config = (await renderFiles(files)).nodes.get('model.shop.m')?.config;
    expect(config).toMatchObject({
      materialized: 'table',
      tags: ['a', 'c', 'b'],
      meta: { owner: 'ann', level: 2 },
      postHook: ['analyze "main"."m"', 'select 2'],
    });
  });

  test.each([
    ["{% set t = ['x'] %}{{ config(tags=t) }}select 1", { tags: ['x'] }],
    [
      "{% if target.name == 'dev' %}{{ config(materialized='table') }}{% endif %}select 1",
      { materialized: 'table' },
    ],
    ["{{ config({'alias': 'other'}) }}select 1", { alias: 'other' }],
    ['{{ setup() }}select 1', { materialized: 'table' }],
  ])('config() wherever it is called: %s', async (sql, expected) => {
    const macro = "{% macro setup() %}{{ config(materialized='table') }}{% endmacro %}";
    const rendered = await renderFiles({
      'models/m.sql': sql,
      ...(sql.includes('setup') && { 'macros/s.sql': macro }),
    });
    expect(rendered.nodes.get('model.shop.m')?.config).toMatchObject(expected);
  });

  test('a disabled node is left out, and nothing may read it', async () => {
    const rendered = await renderFiles({
      'models/a.sql': '{{ config(enabled=false) }}select 1',
      'models/m.sql': "select * from {{ ref('a') }}",
    });
    expect([...rendered.nodes.keys()]).toEqual([]);
    expect(rendered.diagnostics).toMatchObject([{ code: 'CH227' }]);
  });
});

describe('snapshots', () => {
  test('as a block and in YAML', async () => {
    const rendered = await renderFiles({
      'models/orders.sql': 'select 1 as id, now() as at',
      'snapshots/s.sql':
        "{% snapshot block %}{{ config(target_schema='snap', strategy='check', check_cols=['a'], unique_key='id') }}\nselect * from {{ ref('orders') }}\n{% endsnapshot %}",
      'snapshots/s.yml':
        "version: 2\nsnapshots:\n  - name: yaml\n    relation: ref('orders')\n    config: {strategy: timestamp, updated_at: at, unique_key: id}\n",
    });
    expect(rendered.diagnostics).toEqual([]);
    expect(sqlOf(rendered, 'block')).toBe('select * from "main"."orders"');
    expect(sqlOf(rendered, 'yaml')).toBe('select * from "main"."orders"');
    expect(rendered.nodes.get('snapshot.shop.block')).toMatchObject({
      relation: { schema: 'snap', identifier: 'block' },
      config: { snapshot: { strategy: 'check', checkColumns: ['a'] } },
    });
  });
});

describe('the hash of a model', () => {
  const hash = async (sql: string, project = '') =>
    (
      await renderFiles({
        'churn_project.yml': `name: shop\nversion: "1.0"\n${project}`,
        'models/a.sql': 'select 1',
        'models/m.sql': sql,
      })
    ).nodes.get('model.shop.m')?.hash;

  test('ignores layout, comments and the target, and nothing else', async () => {
    const base = await hash("select 'a  b' from {{ ref('a') }}");
    expect(await hash("-- why\nselect   'a  b'\n  from {{ ref('a') }} /* x */")).toBe(base);
    expect(
      await hash("select 'a  b' from {{ ref('a') }}", 'targets: {prod: {type: duckdb, schema: live}}\n'),
    ).toBe(base);
    expect(await hash("select 'a b' from {{ ref('a') }}")).not.toBe(base);
    expect(await hash("{{ config(materialized='table') }}select 'a  b' from {{ ref('a') }}")).not.toBe(base);
  });
});

describe('the cache', () => {
  const files = {
    'churn_project.yml': 'name: shop\nversion: "1.0"\n',
    'macros/m.sql': '{% macro one() %}1{% endmacro %}',
    'models/e.sql': ephemeral('select 1 as id'),
    'models/a.sql':
      "{{ config(materialized='table') }}select {{ one() }} as x, '{{ env_var('E', 'e') }}' from {{ ref('e') }}",
    'models/b.sql': "select * from {{ ref('a') }}",
    'models/c.sql': "select '{{ run_started_at }}' as t",
  };
  const plain = (rendered: Awaited<ReturnType<typeof renderFiles>>) =>
    JSON.parse(
      JSON.stringify([...rendered.nodes.values()], (key, value) => (key === 'map' ? undefined : value)),
    );

  const edits: readonly { what: string; change: Files; environment?: Readonly<Record<string, string>> }[] = [
    { what: 'nothing', change: {} },
    { what: 'a model', change: { 'models/b.sql': "select 2 from {{ ref('a') }}" } },
    { what: 'a macro', change: { 'macros/m.sql': '{% macro one() %}2{% endmacro %}' } },
    { what: 'an environment variable', change: {}, environment: { E: 'f' } },
    { what: 'an ephemeral model', change: { 'models/e.sql': ephemeral('select 2 as id') } },
    { what: 'where a model is built', change: { 'models/a.sql': "{{ config(alias='z') }}select 1" } },
    {
      what: 'how schemas are named',
      change: { 'macros/n.sql': '{% macro generate_schema_name(c, node) %}s{% endmacro %}' },
    },
    {
      what: 'a builtin that is overridden',
      change: { 'macros/n.sql': '{% macro ref(name) %}{{ return(builtins.ref(name)) }}{% endmacro %}' },
    },
    {
      what: 'the project file',
      change: { 'churn_project.yml': 'name: shop\nversion: "1.0"\nmodels: {shop: {+materialized: table}}\n' },
    },
  ];
  test.each(edits)(
    'gives what a fresh rendering gives after a change of $what',
    async ({ change, environment = {} }) => {
      const first = new RenderCache();
      const startedAt = new Date(0);
      renderProject(await loadFiles(files), { cache: first, environment: {}, startedAt });
      const changed = await loadFiles({ ...files, ...change });
      const cache = new RenderCache(first.serialize());
      const warm = renderProject(changed, { cache, environment, startedAt: new Date(1) });
      const cold = renderProject(changed, { environment, startedAt: new Date(1) });
      expect(plain(warm)).toEqual(plain(cold));
      for (const [id, node] of cold.nodes) {
        for (let offset = 0; offset < node.sql.length; offset++) {
          expect(warm.nodes.get(id)?.map.originOf(offset)).toEqual(node.map.originOf(offset));
        }
      }
    },
  );

  test('says again what was wrong', async () => {
    const project = await loadFiles({
      'models/m.sql': "{{ config(nope=1) }}{{ exceptions.warn('w') }}select 1",
    });
    const first = new RenderCache();
    const cold = renderProject(project, { cache: first });
    const warm = renderProject(project, { cache: new RenderCache(first.serialize()) });
    expect(cold.diagnostics).toHaveLength(2);
    expect(warm.diagnostics).toEqual(cold.diagnostics);
  });

  test('ignores what it cannot read', async () => {
    const project = await loadFiles(files);
    for (const text of ['', 'nonsense', '{}', '{"version":1}', 'null', '[]']) {
      expect(renderProject(project, { cache: new RenderCache(text) }).nodes.size).toBe(4);
    }
  });
});
