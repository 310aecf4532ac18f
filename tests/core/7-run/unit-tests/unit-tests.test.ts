// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are programs, written as text
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { runUnitTests, type UnitTestResult } from '../../../../core/7-run/index.ts';
import { csvCells } from '../../../../core/7-run/unit-tests/csv.ts';
import { compileProject } from '../../../../core/pipeline.ts';

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

const files: Readonly<Record<string, string>> = {
  'churn_project.yml': 'name: shop\nvars: {rate: 100}\nmodel-paths: [models]\n',
  'models/sources.yml':
    'sources: [{name: raw, tables: [{name: orders, location: absent/*.parquet, columns: [{name: id, data_type: bigint}, {name: cents, data_type: integer}, {name: ts, data_type: timestamp}]}]}]\n',
  'models/clean.sql':
    "{{ config(materialized='ephemeral') }} select * from {{ source('raw', 'orders') }} where cents is not null\n",
  'models/orders.sql': "select id, cents / {{ var('rate') }} as dollars, ts from {{ ref('clean') }}\n",
  'models/log.sql':
    "{{ config(materialized='incremental') }} select id, ts from {{ ref('orders') }} {% if is_incremental() %} where ts > (select max(ts) from {{ this }}) {% endif %}\n",
  'features/seen.ts': `import { featureView, model } from '#core';
export default featureView({ name: 'seen', from: model('orders'), spine: model('spine'), entity: 'id', time: 'ts',
  availableAt: 'ts', features: ({ count }) => ({ n: count().over('7d') }) });
`,
  'models/spine.sql':
    "select distinct id, timestamp '2024-03-01' as prediction_time from {{ ref('orders') }}\n",
};

async function run(
  tests: string,
  selected?: readonly string[],
  more: Readonly<Record<string, string>> = {},
): Promise<UnitTestResult[]> {
  const folder = mkdtempSync(join(tmpdir(), 'churn-unit-'));
  folders.push(folder);
  for (const [path, text] of Object.entries({
    ...files,
    ...more,
    'models/unit.yml': `unit_tests:\n${tests}`,
  })) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  const { project, graph, bound, diagnostics } = await compileProject({
    projectDir: folder,
    cache: false,
  }).then((compiled) => {
    if (compiled.project === undefined) throw new Error('the project file is broken');
    return compiled;
  });
  expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  const chosen = new Set(selected?.map((name) => `model.shop.${name}`) ?? graph.nodes.keys());
  const results = await runUnitTests({
    project,
    graph,
    columns: bound?.columns ?? new Map(),
    selected: chosen,
  });
  bound?.close();
  return results;
}

const source = "{input: \"source('raw', 'orders')\", rows: [{id: 1, cents: 250, ts: 2024-02-29}, {id: 2}]}";

test('given rows go through ephemeral models; columns not named are not compared; order does not matter', async () => {
  const [result] = await run(`
  - {name: t, model: orders, given: [${source}], expect: {rows: [{dollars: 2.5, id: 1}]}}`);
  expect(result).toMatchObject({ name: 't', status: 'pass', diagnostics: [] });
});

test('differences are shown on both sides, at the test', async () => {
  const [result] = await run(`
  - name: t
    model: orders
    given: [${source}]
    expect: {rows: [{dollars: 2}]}`);
  expect(result?.status).toBe('fail');
  expect(result?.diagnostics[0]).toMatchObject({
    code: 'CH750',
    span: { file: 'models/unit.yml', start: { line: 3 } },
  });
  expect(result?.diagnostics[0]?.cause).toBe('- {"dollars":2}\n+ {"dollars":2.5}');
});

test('vars and is_incremental can be overridden, csv and sql be given, feature views be tested', async () => {
  const results = await run(`
  - name: rate
    model: orders
    given: [${source}]
    overrides: {vars: {rate: 10}}
    expect: {rows: [{dollars: 25}]}
  - name: late
    model: log
    overrides: {macros: {is_incremental: true}}
    given:
      - {input: ref('orders'), format: csv, rows: "id,ts\\n1,2024-01-01\\n2,2024-01-03"}
      - {input: this, format: sql, rows: "select 1 as id, timestamp '2024-01-02' as ts"}
    expect: {rows: [{id: 2}]}
  - name: window
    model: seen
    given:
      - {input: ref('spine'), rows: [{id: 1, prediction_time: 2024-03-07}, {id: 2, prediction_time: 2024-03-07}]}
      - {input: ref('orders'), rows: [{id: 1, ts: 2024-02-29}, {id: 1, ts: 2024-03-07}, {id: 1, ts: 2024-02-28}]}
    expect: {rows: [{id: 1, n_7d: 1}, {id: 2, n_7d: 0}]}`);
  expect(results.map(({ name, status, diagnostics }) => [name, status, diagnostics])).toEqual([
    ['rate', 'pass', []],
    ['late', 'pass', []],
    ['window', 'pass', []],
  ]);
});

test('fixtures are files, macros give what the test says, typed files read its vars, seeds have their own rows', async () => {
  const results = await run(
    `
  - name: from_files
    model: orders
    given: [{input: "source('raw', 'orders')", format: csv, fixture: some_orders}]
    expect: {format: sql, fixture: their_dollars}
  - name: macro_replaced
    model: labelled
    given:
      - {input: ref('names')}
    overrides: {macros: {label: "'it''s ' || name", columns: [id]}}
    expect: {rows: [{id: 1, text: "it's one; or so"}, {id: 2, text: "it's two"}]}
  - name: typed_macro_replaced
    model: labelled
    given: [{input: ref('names'), rows: [{id: 1, name: x}]}]
    overrides: {macros: {shout: "'typed'"}}
    expect: {rows: [{loud: typed}]}
  - name: typed_vars
    model: recent
    given:
      - {input: ref('spine'), rows: [{id: 1, prediction_time: 2024-03-07}]}
      - {input: ref('orders'), rows: [{id: 1, ts: 2024-03-01}]}
    overrides: {vars: {days: 3}}
    expect: {rows: [{id: 1, n: 0}]}
  - {name: off, model: orders, given: [], expect: {rows: [{id: 9}]}, config: {enabled: false}}`,
    undefined,
    {
      'churn_project.yml':
        'name: shop\nvars: {rate: 100, days: 9}\nmodel-paths: [models]\ntest-paths: [audits]\nseeds: {shop: {+delimiter: ";"}}\n',
      'audits/fixtures/some_orders.csv': 'id,cents,ts\n1,250,"2024-02-29 10:00:00"\n2,,\n"3",100,\n',
      'audits/fixtures/their_dollars.sql': 'select 1 as id, 2.5 as dollars union all select 3, 1',
      'seeds/names.csv': 'id;name\n1;"one; or so"\n2;two\n',
      'macros/label.sql':
        '{% macro label(column) %}upper({{ column }}){% endmacro %}\n{% macro columns() %}{{ return(["id", "name"]) }}{% endmacro %}\n',
      'macros/shout.ts': 'export const shout = (column: string) => `upper(${column})`;\n',
      'models/labelled.sql':
        "select {{ columns() | join(', ') }}, {{ label('name') }} as text, {{ shout('name') }} as loud from {{ ref('names') }}\n",
      'features/recent.ts': `import { featureView, model, projectVar } from '#core';
export default featureView({ name: 'recent', from: model('orders'), spine: model('spine'), entity: 'id', time: 'ts',
  availableAt: 'ts', features: ({ count }) => ({ n: count().within(\`\${projectVar<number>('days')}d\`) }) });
`,
    },
  );
  expect(results.map(({ name, status, diagnostics }) => [name, status, diagnostics])).toEqual([
    ['from_files', 'pass', []],
    ['macro_replaced', 'pass', []],
    ['typed_macro_replaced', 'pass', []],
    ['typed_vars', 'pass', []],
  ]);
});

test('CSV cells: quotes, breaks, blanks, NULLs', () => {
  expect(csvCells('a, b ,c\r\n"1,""x""\ny",, z \n\n"",2,3\n')).toEqual([
    ['a', 'b', 'c'],
    ['1,"x"\ny', null, 'z'],
    ['', '2', '3'],
  ]);
});

test.each([
  ['{name: t, model: order, given: [], expect: {rows: []}}', 'CH751', 'did you mean `orders`'],
  [
    "{name: t, model: orders, given: [{input: ref('log'), rows: []}], expect: {rows: []}}",
    'CH751',
    'does not read',
  ],
  ['{name: t, model: orders, given: [{input: orders, rows: []}], expect: {rows: []}}', 'CH751', 'no ref'],
  ['{name: t, model: orders, given: [], expect: {rows: [{dolars: 1}]}}', 'CH751', 'did you mean `dollars`'],
  ['{name: t, model: orders, given: [], expect: {fixture: f}}', 'CH751', 'fixture'],
  ['{name: t, model: orders, given: [], expect: {rows: [{ts: soon}]}}', 'CH752', 'could not run'],
])('%s: %s', async (declared, code, told) => {
  const [result] = await run(`  - ${declared}\n`);
  expect(result?.status).toBe('error');
  expect(result?.diagnostics[0]?.code).toBe(code);
  expect(result?.diagnostics[0]?.message).toContain(told);
});

test('only the tests of selected models run', async () => {
  expect(await run(`  - {name: t, model: orders, given: [], expect: {rows: []}}\n`, ['log'])).toEqual([]);
});
