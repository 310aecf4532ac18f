// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are programs, written as text
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { loadProject } from '../../../../core/1-load/index.ts';
import { expandTyped } from '../../../../core/2-render/index.ts';
import { typeDeclarations, typeOf } from '../../../../core/4-bind/index.ts';
import { type Compiled, compileProject } from '../../../../core/pipeline.ts';

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

const base: Readonly<Record<string, string>> = {
  'churn_project.yml': 'name: shop\nvars: {days: 7}\n',
  'models/sources.yml': `sources:
  - name: raw
    tables:
      - name: orders
        available_at: loaded_at
        columns:
          - {name: customer_id, data_type: bigint, tests: [not_null]}
          - {name: ordered_at, data_type: timestamp}
          - {name: amount, data_type: "decimal(10,2)"}
          - {name: channel, data_type: varchar}
          - {name: loaded_at, data_type: timestamp}
`,
  'models/orders.sql': "select * from {{ source('raw', 'orders') }}\n",
  'models/spine.sql':
    "select distinct customer_id, timestamp '2024-01-01' as prediction_time from {{ ref('orders') }} where loaded_at <= timestamp '2024-01-01'\n",
};

const view = (features: string, options = '') => `import { featureView, model } from '#core';
export default featureView({
  name: 'order_features', from: model('orders'), spine: model('spine'), entity: 'customer_id',
  time: 'ordered_at', availableAt: 'loaded_at', ${options}
  features: ({ count, sum, slope, divide, derive, feature, sql }) => ({
    ${features}
  }),
});
`;

function write(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'churn-typed-'));
  folders.push(folder);
  for (const [path, text] of Object.entries({ ...base, ...files })) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

async function compile(files: Readonly<Record<string, string>>): Promise<Compiled> {
  const compiled = await compileProject({ projectDir: write(files), cache: false });
  if (compiled.project === undefined) throw new Error('the project file is broken');
  compiled.bound?.close();
  return compiled;
}

const codes = ({ diagnostics }: Compiled) => diagnostics.map(({ code }) => code);

describe('feature views', () => {
  test('are models: edges, configuration, prediction time, columns with windows, types', async () => {
    const compiled = await compile({
      'features/order_features.ts': view(
        "orders: count().over('7d', '30d').describe('Orders of the last {window}.'), spent: sum('amount').over('30d')",
        "config: { alias: 'of', tags: ['typed'], materialized: 'table' },",
      ),
      'models/order_features.yml':
        'models: [{name: order_features, columns: [{name: spent_30d, description: From YAML., tests: [not_null]}]}]\n',
      'models/reader.sql': "select orders_7d from {{ ref('order_features') }}\n",
    });
    expect(compiled.diagnostics).toEqual([]);
    const node = compiled.rendered.nodes.get('model.shop.order_features');
    expect(node?.dependsOn).toEqual(['model.shop.spine', 'model.shop.orders']);
    expect(node?.config).toMatchObject({ materialized: 'table', tags: ['typed'], alias: 'of' });
    expect(node?.relation.identifier).toBe('of');
    expect(node?.pointInTime?.entity.map(({ value }) => value)).toEqual(['customer_id']);
    const columns = Object.fromEntries((node?.columns ?? []).map((column) => [column.name, column]));
    expect(columns.orders_30d?.description?.value).toBe('Orders of the last 30d.');
    expect(columns.orders_30d?.window).toMatchObject({ value: '30 days', span: { start: { line: 6 } } });
    expect(columns.spent_30d?.description?.value).toBe('From YAML.');
    expect(compiled.rendered.tests.size).toBe(2);
    expect(compiled.bound?.columns.get('model.shop.order_features')).toEqual([
      { name: 'customer_id', type: 'BIGINT' },
      { name: 'prediction_time', type: 'TIMESTAMP' },
      { name: 'orders_7d', type: 'INTEGER' },
      { name: 'orders_30d', type: 'INTEGER' },
      { name: 'spent_30d', type: 'DOUBLE' },
    ]);
  });

  test('a mistake that only the binder sees leads to the declaration', async () => {
    const compiled = await compile({ 'features/order_features.ts': view("spent: sum('amont').over('7d')") });
    const [first] = compiled.diagnostics.filter(({ severity }) => severity === 'error');
    expect(first?.message).toContain('amont');
    expect(first?.span).toMatchObject({ file: 'features/order_features.ts', start: { line: 2 } });
  });

  const spine = (options: string) => `import { monthly, model, spine } from '#core';
export default spine({ name: 'people', from: model('orders'), entity: 'customer_id', knownFrom: 'loaded_at',
  start: 'ordered_at', calendar: monthly({ first: '2024-01-01', count: 2 }), ${options} });
`;
  const mistakes: readonly (readonly [string, string, string, string])[] = [
    ['CH252', 'features/other.ts', view("n: count().over('7d')"), 'order_features'],
    ['CH253', 'features/order_features.ts', view("n: count().over('7d'), n_7d: count().ever()"), 'n_7d'],
    ['CH253', 'features/order_features.ts', view('customer_id: count().ever()'), 'customer_id'],
    ['CH254', 'features/order_features.ts', view("n: count().over('1 week')"), '1 week'],
    ['CH254', 'features/order_features.ts', view("n: slope(count().per('7d'), '30d')"), '30d'],
    ['CH255', 'features/order_features.ts', view("n: count().over('7d'), r: divide('n_7d', 'm_7d')"), 'm_7d'],
    [
      'CH255',
      'features/order_features.ts',
      view("a: divide('b', 'b'), b: derive(sql`${feature('a')}`)"),
      'itself',
    ],
    ['CH257', 'features/order_features.ts', view(''), 'no features'],
    [
      'CH257',
      'features/order_features.ts',
      view("n: slope(count().per('7d'), '14d').offset('7d')"),
      'offset',
    ],
    ['CH252', 'features/persons.ts', spine(''), 'people'],
    ['CH253', 'models/people.ts', spine("keep: ['tenure_days']"), 'tenure_days'],
    ['CH254', 'models/people.ts', spine("horizon: '12h'"), 'whole days'],
    ['CH254', 'models/people.ts', spine("observed: 'long'"), 'observed'],
    ['CH257', 'models/people.ts', spine("cohorts: { a: { until: '9d' }, b: { until: '8d' }, c: {} }"), '`b`'],
    ['CH257', 'models/people.ts', spine('cohorts: { a: {}, b: {} }'), '`a`'],
    ['CH257', 'models/people.ts', spine("cohorts: { a: { until: '9d' } }"), 'is the last one'],
    ['CH257', 'models/people.ts', spine("cohorts: { a: { until: '9d', observed: '9d' }, b: {} }"), 'nobody'],
    [
      'CH257',
      'models/people.ts',
      spine("horizon: '9d', label: { column: 'x', completeUntil: '2024-05-01' }"),
      '`end`',
    ],
    [
      'CH257',
      'models/people.ts',
      spine("end: 'loaded_at', label: { column: 'x', completeUntil: '2024-05-01' }"),
      'horizon',
    ],
    [
      'CH257',
      'models/people.ts',
      spine("end: 'loaded_at', horizon: '9d', label: { column: 'x', completeUntil: '2024-02-30' }"),
      'no instant',
    ],
    [
      'CH257',
      'models/people.ts',
      spine("calendar: monthly({ first: '2024-01-01', until: '2023-01-01' })"),
      'calendar',
    ],
    ['CH250', 'features/order_features.ts', 'export default 1 +;', 'cannot be evaluated'],
    ['CH250', 'features/order_features.ts', "import './nowhere.ts';", 'cannot be evaluated'],
    ['CH251', 'features/order_features.ts', 'export default 1;', 'default export'],
  ];
  test.each(mistakes)('%s: %s', async (code, path, text, told) => {
    const compiled = await compile({ [path]: text });
    const found = compiled.diagnostics.find((one) => one.code === code);
    expect(found?.message).toContain(told);
    expect(found?.span?.file).toBe(path);
    expect(JSON.stringify(compiled.diagnostics)).not.toContain(tmpdir());
  });
});

describe('the declared history of a source', () => {
  const history = (yaml: string) =>
    (base['models/sources.yml'] as string).replace(
      '      - name: orders\n',
      `      - name: orders\n        history: ${yaml}\n`,
    );

  test.each([
    ["n: count().over('7d', '91d')", 'n_91d', '91 days'],
    ["n: change(count(), '60d')", 'n', '120 days'],
    ["n: count().within('30d').offset('61d')", 'n', '91 days'],
    ["n: count().within('4mo')", 'order_features', '124 days'],
  ])('%s looks back too far', async (features, feature, window) => {
    const compiled = await compile({
      'models/sources.yml': history('90 days'),
      'features/order_features.ts': view(features).replace('{ count,', '{ change, count,'),
    });
    const [first, ...others] = compiled.diagnostics;
    expect(others).toEqual([]);
    expect(first?.code).toBe('CH444');
    expect(first?.message).toBe(
      `\`${feature}\` looks back ${window}, and the history of \`raw.orders\` is 90 days`,
    );
    expect(first?.span?.file).toBe('features/order_features.ts');
  });

  test("holds for what reads it, unless that has its own, and becomes the types' business", async () => {
    const files = {
      'models/sources.yml': history('90 days'),
      'features/order_features.ts': view("n: count().over('90d')"),
    };
    const compiled = await compile(files);
    expect(compiled.diagnostics).toEqual([]);
    const { project, rendered, graph, bound } = compiled;
    if (bound === undefined) throw new Error('not bound');
    const types = typeDeclarations(project, rendered, graph, bound);
    expect(types).toContain('    orders: { h: 2160; d: 90; w: 12; mo: 2 };');
    expect(types).toContain("    'raw.orders': { h: 2160; d: 90; w: 12; mo: 2 };");
    const own = await compile({
      ...files,
      'models/orders.yml': 'models: [{name: orders, history: 80 days}]\n',
    });
    expect(codes(own)).toEqual(['CH444']);
  });

  test('is a length of time', async () => {
    expect(codes(await compile({ 'models/sources.yml': history('long') }))).toContain('CH112');
  });
});

describe('typed models and gold tables', () => {
  test('a Kysely query becomes a template with refs, sources, CTEs and literals', async () => {
    const compiled = await compile({
      'models/typed.ts': `import { projectVar, typedModel } from '#core';
export default typedModel({
  description: 'Big orders.',
  query: ({ db, sql }) => db
    .with('big', (cte) => cte.selectFrom('orders').selectAll().where('amount', '>', projectVar('days')))
    .selectFrom('big').innerJoin('raw.orders as o', 'o.customer_id', 'big.customer_id')
    .select(['big.customer_id', sql\`'{{ it''s }}'\`.as('text')]).where('o.channel', 'in', ["it's", 'web']),
});
`,
    });
    expect(compiled.diagnostics).toEqual([]);
    const node = compiled.rendered.nodes.get('model.shop.typed');
    expect(node?.dependsOn).toEqual(['model.shop.orders', 'source.shop.raw.orders']);
    expect(node?.sql.replace(/\s+/g, ' ')).toBe(
      'with big as ( select * from "main"."orders" as orders where amount > 7) select big.customer_id, ' +
        '\'{{ it\'\'s }}\' as text from big inner join "raw"."orders" as o on o.customer_id = big.customer_id ' +
        "where o.channel in ('it''s', 'web')",
    );
  });

  test('goldTable joins views to the spine and knows its label', async () => {
    const compiled = await compile({
      'features/order_features.ts': view("orders: count().over('7d', '30d')"),
      'models/gold.ts': `import { goldTable, model } from '#core';
import orders from '../features/order_features.ts';
export default goldTable({
  spine: model('labelled'), entity: 'customer_id', keep: ['cohort'],
  label: { column: 'churned', horizon: '30 days' }, views: [orders], omit: ['orders_7d'],
});
`,
      'models/labelled.sql': "select *, 'all' as cohort, true as churned from {{ ref('spine') }}\n",
    });
    expect(compiled.diagnostics).toEqual([]);
    const node = compiled.rendered.nodes.get('model.shop.gold');
    expect(compiled.bound?.columns.get('model.shop.gold')?.map(({ name }) => name)).toEqual([
      'customer_id',
      'prediction_time',
      'cohort',
      'orders_30d',
      'churned',
    ]);
    expect(node?.columns.find(({ name }) => name === 'churned')).toMatchObject({
      role: { value: 'label' },
      horizon: { value: '30 days' },
    });
  });
});

describe('the contract of a gold table', () => {
  const goldOf = (contract: string) => ({
    'features/order_features.ts': view("orders: count().over('7d')"),
    'models/gold.ts': `import { goldTable, model } from '#core';
import orders from '../features/order_features.ts';
export default goldTable({ spine: model('spine'), entity: 'customer_id', keep: [], views: [orders],
  contract: ${contract},
});
`,
  });

  test('holds the types of its columns', async () => {
    const compiled = await compile(
      goldOf("{ customer_id: 'int8', prediction_time: 'timestamp', orders_7d: 'integer' }"),
    );
    expect(compiled.diagnostics).toEqual([]);
    const node = compiled.rendered.nodes.get('model.shop.gold');
    expect(node?.config.contractEnforced).toBe(true);
    expect(node?.columns.map(({ name, dataType }) => [name, dataType?.value])).toEqual([
      ['customer_id', 'int8'],
      ['prediction_time', 'timestamp'],
      ['orders_7d', 'integer'],
    ]);
  });

  test('is broken by another type, by a column that it lacks and by one that the table lacks', async () => {
    const { diagnostics } = await compile(
      goldOf("{ customer_id: 'varchar', prediction_time: 'timestamp', orders_30d: 'integer' }"),
    );
    const shown = diagnostics.map(({ code, message, span }) => [code, span?.file, message]);
    expect(shown).toEqual([
      ['CH430', 'models/gold.ts', expect.stringContaining('`orders_30d`')],
      ['CH432', 'models/gold.ts', expect.stringContaining('`customer_id`')],
      ['CH433', 'models/gold.ts', expect.stringContaining('`orders_7d`')],
    ]);
  });
});

describe('labels of a model of their own', () => {
  test('are joined on the key and keep their role', async () => {
    const compiled = await compile({
      'features/order_features.ts': view("orders: count().over('7d')"),
      'models/labels.sql': "select *, true as churned from {{ ref('spine') }}\n",
      'models/gold.ts': `import { goldTable, model } from '#core';
import orders from '../features/order_features.ts';
export default goldTable({ spine: model('spine'), entity: 'customer_id', keep: [], views: [orders],
  label: { column: 'churned', horizon: '30 days', from: model('labels') } });
`,
    });
    expect(compiled.diagnostics).toEqual([]);
    const node = compiled.rendered.nodes.get('model.shop.gold');
    expect(node?.dependsOn).toContain('model.shop.labels');
    expect(node?.sql.replace(/\s+/g, ' ')).toContain(
      '"labels" as l on l.customer_id = s.customer_id and l.prediction_time = s.prediction_time',
    );
    expect(node?.columns.find(({ name }) => name === 'churned')?.role?.value).toBe('label');
  });
});

describe('typed macros', () => {
  test('are called from templates, with their edges to files', async () => {
    const compiled = await compile({
      'macros/money.ts':
        "import { half } from './_half.ts';\nexport const cents = (column: string, digits = 2) => `${half(column)}::decimal(18, ${digits})`;\n",
      'macros/_half.ts': 'export const half = (column: string) => `${column} / 2`;\n',
      'models/a.sql': "select {{ cents('amount') }} as c from {{ ref('orders') }}\n",
    });
    expect(compiled.diagnostics).toEqual([]);
    const node = compiled.rendered.nodes.get('model.shop.a');
    expect(node?.sql).toContain('select amount / 2::decimal(18, 2) as c');
    expect(node?.macros).toEqual(['macro.shop.cents']);
  });

  test('are called from features, with columns and SQL as text, like Jinja macros', async () => {
    const compiled = await compile({
      'macros/money.ts': 'export const times = (column: string, n: number) => `(${column} * ${n})`;\n',
      'macros/money.sql':
        '{% macro or_zero(column, other=0) %}coalesce({{ column }}, {{ other }}){% endmacro %}\n',
      'features/order_features.ts': view(
        "a: sum(sql<number>`${macro('times', col('amount'), 2)}`).over('7d'), b: sum(macro('or_zero', sql`${col('amount')} + case when ${col('channel')} = ${\"it's\"} then 1 end`)).over('7d')",
      )
        .replace('import {', 'import { macro,')
        .replace('{ count,', '{ col, count,'),
    });
    expect(compiled.diagnostics).toEqual([]);
    const node = compiled.rendered.nodes.get('model.shop.order_features');
    expect(node?.macros).toEqual(['macro.shop.or_zero', 'macro.shop.times']);
    expect(node?.sql).toContain('(d.amount * 2)');
    expect(node?.sql).toContain("coalesce(d.amount + case when d.channel = 'it''s' then 1 end, 0)");
  });

  test.each([
    ["{{ cents(column='amount') }}", 'named arguments'],
    ['{{ broken() }}', 'out of order'],
    ['{{ nothing() }}', 'gave no SQL'],
    ['{{ cents() }}', 'needs 1 argument, got 0'],
  ])('%s is refused where it is called', async (call, told) => {
    const compiled = await compile({
      'macros/money.ts':
        "export const cents = (c: string) => c;\nexport function broken() { throw new Error('out of order'); }\nexport const nothing = () => undefined;\n",
      'models/a.sql': `select ${call} as c\n`,
    });
    expect(codes(compiled)).toContain('CH256');
    const found = compiled.diagnostics.find(({ code }) => code === 'CH256');
    expect(found?.message).toContain(told);
    expect(found?.span?.file).toBe('models/a.sql');
  });
});

describe('the cache', () => {
  test('holds until a typed file, a neighbour or a var changes', async () => {
    const folder = write({ 'features/order_features.ts': view("orders: count().over('7d')") });
    const load = async (vars = {}) => {
      const { project } = await loadProject({ projectDir: folder, vars, cache: false });
      if (project === undefined) throw new Error('the project file is broken');
      return project;
    };
    const first = await expandTyped(await load());
    expect(first.cache).toBeDefined();
    const again = await expandTyped(await load(), first.cache);
    expect(again.cache).toBeUndefined();
    expect(again.project.nodes).toEqual(first.project.nodes);
    expect((await expandTyped(await load({ days: 8 }), first.cache)).cache).toBeDefined();
    writeFileSync(join(folder, 'features/_shared.ts'), 'export const a = 1;\n');
    expect((await expandTyped(await load(), first.cache)).cache).toBeDefined();
    expect((await expandTyped(await load(), 'damaged')).cache).toBeDefined();
  });
});

describe('typegen of macros', () => {
  test('writes what each takes', async () => {
    const { project, rendered, graph, bound } = await compile({
      'macros/money.ts': 'export const times = (column: string, n: number) => `${column} * ${n}`;\n',
      'macros/money.sql':
        '{% macro or_zero(column, other=0) %}x{% endmacro %}\n{% test positive(model, column_name) %}select 1{% endtest %}\n',
    });
    if (bound === undefined) throw new Error('not bound');
    expect(typeDeclarations(project, rendered, graph, bound)).toContain(
      [
        '  interface Macros {',
        '    or_zero: [column: Argument, other?: Argument];',
        "    times: TypedArguments<typeof import('./macros/money.ts').times>;",
        '  }',
      ].join('\n'),
    );
  });
});

describe('typegen', () => {
  test('writes what the binder knows', async () => {
    const { project, rendered, graph, bound } = await compile({});
    if (bound === undefined) throw new Error('not bound');
    expect(typeDeclarations(project, rendered, graph, bound)).toContain(
      [
        '    raw: {',
        '      orders: {',
        '        customer_id: number;',
        '        ordered_at: Date | null;',
        '        amount: number | null;',
        '        channel: string | null;',
      ].join('\n'),
    );
  });

  test.each([
    ['DECIMAL(18,2)', 'number'],
    ['UHUGEINT', 'number'],
    ['TIMESTAMP WITH TIME ZONE', 'Date'],
    ["ENUM('a', 'b')", 'string'],
    ['DATE[][]', 'readonly (readonly Date[])[]'],
    ['STRUCT(a INTEGER)', 'unknown'],
    ['STRUCT(a INTEGER)[]', 'readonly unknown[]'],
    ['BLOB', 'Uint8Array'],
  ])('%s is %s', (duckdb, typescript) => {
    expect(typeOf(duckdb)).toBe(typescript);
  });
});
