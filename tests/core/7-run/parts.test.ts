import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  type DuckDbAdapter,
  duckdbPlanner,
  executeRun,
  openDuckDb,
  type PlanOptions,
  planRun,
  type RunOutcome,
} from '../../../core/7-run/index.ts';
import { compileProject } from '../../../core/pipeline.ts';

const files: Readonly<Record<string, string>> = {
  'models/sources.yml': `sources:
  - name: raw
    tables:
      - name: people
        available_at: loaded_at
        columns:
          - {name: person, data_type: integer}
          - {name: city, data_type: varchar}
          - {name: joined_at, data_type: timestamp}
          - {name: left_at, data_type: timestamp, available_at: left_at}
          - {name: loaded_at, data_type: timestamp}
      - name: visits
        available_at: loaded_at
        columns:
          - {name: person, data_type: bigint}
          - {name: visited_at, data_type: timestamp}
          - {name: amount, data_type: double}
          - {name: price, data_type: "decimal(9,2)"}
          - {name: rated_at, data_type: timestamp, available_at: rated_at}
          - {name: loaded_at, data_type: timestamp}
`,
  'models/people.sql': "select * from {{ source('raw', 'people') }}\n",
  'models/visits.sql': "select * from {{ source('raw', 'visits') }}\n",
  'models/spine.ts': `import { model, monthly, projectVar, spine } from '#core';
export default spine({ name: 'spine', from: model('people'), entity: 'person', knownFrom: 'loaded_at',
  start: 'joined_at', end: 'left_at', keep: ['city'],
  calendar: monthly({ first: '2024-02-01', count: projectVar<number>('months') }),
  cohorts: { new: { until: '45d', observed: '7d', horizon: '14d' }, old: { horizon: '30d' } },
  label: { column: 'gone', completeUntil: projectVar<string>('complete_until') } });
`,
  'features/visit_features.ts': `import { featureView, model } from '#core';
export default featureView({ name: 'visit_features', from: model('visits'), spine: model('spine'), entity: 'person',
  time: 'visited_at', availableAt: 'loaded_at',
  features: ({ count, sum, avg, stddev, last, streak, decay, slope, change, share, countDistinct }) => ({
    visits: count().over('7d', '30d'), spent: sum('price').over('30d'), amount: sum('amount').over('30d'),
    spread: stddev('amount').over('30d'), mean: avg('amount').over('30d'), last: last('amount').over('60d'),
    days: streak('1d', '10d'), decayed: decay(1, '8d').within('30d'), trend: slope(count().per('7d'), '28d'),
    velocity: change(count(), '7d'), rated: share(count().knownAt('rated_at')).over('30d'),
    prices: countDistinct('price').over('30d'),
  }) });
`,
  'features/habit_features.ts': `import { featureView, model } from '#core';
export default featureView({ name: 'habit_features', from: model('visits'), spine: model('spine'), entity: 'person',
  time: 'visited_at', availableAt: 'loaded_at', cohort: { column: 'cohort', in: ['old'] },
  features: ({ count, sinceLast }) => ({ ever: count().ever(), silent_days: sinceLast().ever() }) });
`,
  'models/gold.ts': `import { goldTable, model } from '#core';
import visits from '../features/visit_features.ts';
import habits from '../features/habit_features.ts';
export default goldTable({ spine: model('spine'), entity: 'person', keep: ['cohort', 'tenure_days', 'city'],
  views: [visits, habits], label: { column: 'gone', horizon: '30 days' } });
`,
};

/** Half a year of 200 people and 6,000 visits, one in ten of them delivered up to three weeks late. */
const data = [
  'create schema raw',
  `create table raw.people as select n::integer as person, 'c' || n % 7 as city,
     timestamp '2023-12-01' + to_hours((hash(n) % 3000)::integer) as joined_at,
     case when n % 5 = 0 then timestamp '2024-04-10' + to_hours((hash(n + 1) % 2000)::integer) end as left_at,
     joined_at + interval 1 day as loaded_at from range(200) as r(n)`,
  `create table raw.visits as select (hash(n) % 200)::bigint as person,
     timestamp '2023-12-15' + to_minutes((hash(n + 7) % 260000)::integer) as visited_at,
     (hash(n + 3) % 1000) / 8 as amount, ((hash(n + 5) % 5000) / 100)::decimal(9,2) as price,
     case when n % 3 = 0 then visited_at + to_hours((hash(n + 2) % 900)::integer) end as rated_at,
     visited_at + to_hours((case when n % 10 = 0 then hash(n) % 500 else 2 end)::integer) as loaded_at
   from range(6000) as r(n)`,
];

let root: string;
let adapter: DuckDbAdapter;
beforeEach(async () => {
  root = mkdtempSync(join(tmpdir(), 'churn-parts-'));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  const opened = await openDuckDb({ type: 'duckdb', options: {} }, { root });
  if (!opened.ok) throw opened.error;
  adapter = opened.adapter;
  for (const sql of data) await adapter.main.run(sql);
});
afterEach(async () => {
  await adapter.close();
  rmSync(root, { recursive: true, force: true });
});

interface Build extends Partial<PlanOptions> {
  readonly schema: string;
  readonly materialized?: 'table' | 'incremental';
  readonly batches?: number;
  readonly months?: number;
  readonly completeUntil?: string;
}

async function plan({ schema, materialized = 'table', batches = 1, ...more }: Build) {
  const { months = 5, completeUntil = '2024-06-20', ...options } = more;
  const own = `+materialized: ${materialized}, +batches: ${batches}`;
  writeFileSync(
    join(root, 'churn_project.yml'),
    [
      'name: shop',
      `vars: {months: ${months}, complete_until: "${completeUntil}"}`,
      `models: {shop: {${own}, people: {+materialized: view, +batches: 1}, visits: {+materialized: view, +batches: 1}, spine: {+materialized: table}}}`,
      `targets: {dev: {type: duckdb, schema: ${schema}}}`,
      'target: dev',
    ].join('\n'),
  );
  const compiled = await compileProject({ projectDir: root });
  if (compiled.project === undefined) throw new Error(JSON.stringify(compiled.diagnostics));
  const { graph, bound, project } = compiled;
  const made = planRun({
    graph,
    selected: new Set(graph.order),
    command: 'build',
    planner: duckdbPlanner,
    state: await adapter.inspect(),
    columns: bound?.columns,
    root,
    target: project.target.name,
    ...options,
  });
  bound?.close();
  return made;
}

async function build(options: Build): Promise<RunOutcome> {
  const made = await plan(options);
  if (made.diagnostics.length > 0) throw new Error(JSON.stringify(made.diagnostics));
  const outcome = await executeRun(made.plan, adapter, { threads: 2, root });
  expect(outcome.results.map(({ name, status, message }) => `${name} ${status} ${message}`)).toEqual(
    outcome.results.map(({ name, message }) => `${name} success ${message}`),
  );
  return outcome;
}

const late = (outcome: RunOutcome) =>
  outcome.results
    .flatMap(({ diagnostics }) => diagnostics.map(({ code, message }) => `${code} ${message}`))
    .sort();

/** Rows that only one of two schemas has, doubles compared bit by bit, over all models. */
async function differences(a: string, b: string): Promise<number> {
  let count = 0;
  for (const table of ['spine', 'visit_features', 'habit_features', 'gold']) {
    for (const [from, other] of [
      [a, b],
      [b, a],
    ]) {
      const { rows } = await adapter.main.query(
        `select count(*) from (from ${from}.${table} except all from ${other}.${table})`,
      );
      count += Number(rows[0]?.[0]);
    }
  }
  return count;
}

const insert = (person: number, visited: string, loaded: string) =>
  adapter.main.run(
    `insert into raw.visits values (${person}, timestamp '${visited}', 1.5, 2.25, null, timestamp '${loaded}')`,
  );

describe('one table, built in one go, in batches of entities, and by prediction time', () => {
  test('is the same, row by row and bit by bit', async () => {
    await build({ schema: 'whole' });
    const rows = await adapter.main.query('select count(*), count(distinct prediction_time) from whole.gold');
    expect(Number(rows.rows[0]?.[0])).toBeGreaterThan(500);
    expect(rows.rows[0]?.[1]).toBe(5);
    await build({ schema: 'batched', batches: 3 });
    expect(await differences('whole', 'batched')).toBe(0);
    for (const months of [2, 5]) {
      const outcome = await build({ schema: 'grown', materialized: 'incremental', months, batches: months });
      expect(late(outcome)).toEqual([]);
    }
    expect(await differences('whole', 'grown')).toBe(0);
  });

  test('holds for a view whose windows are cut into pieces and put together again', async () => {
    writeFileSync(
      join(root, 'features/rhythm_features.ts'),
      `import { featureView, model } from '#core';
export default featureView({ name: 'rhythm_features', from: model('visits'), spine: model('spine'), entity: 'person',
  time: 'visited_at', availableAt: 'loaded_at',
  features: ({ count, sum, avg, min, max, stddev, first, last }) => ({
    rows: count().over('7d', '14d', '30d', '60d'), paid: sum('price').over('7d', '14d', '30d', '60d'),
    amount: sum('amount').over('7d', '14d', '30d', '60d'), mean: avg('amount').over('7d', '14d', '30d', '60d'),
    low: min('amount').over('7d', '14d', '30d', '60d'), high: max('amount').over('7d', '14d', '30d', '60d'),
    spread: stddev('amount').over('7d', '14d', '30d', '60d'),
    oldest: first('amount').over('7d', '14d', '30d', '60d'), newest: last('amount').over('7d', '14d', '30d', '60d'),
  }) });
`,
    );
    // A year before each of these months: rows are summed up before they meet them, unless there are only three.
    writeFileSync(
      join(root, 'features/long_features.ts'),
      `import { featureView, model } from '#core';
export default featureView({ name: 'long_features', from: model('visits'), spine: model('spine'), entity: 'person',
  time: 'visited_at', availableAt: 'loaded_at',
  features: ({ avg, count, max, min, stddev, sum }) => ({
    rows: count().over('30d', '180d', '365d'), amount: sum('amount').over('30d', '180d', '365d'),
    paid: sum('price').as('decimal(18,2)').over('30d', '180d', '365d'), mean: avg('amount').over('30d', '180d', '365d'),
    low: min('price').over('30d', '180d', '365d'), high: max('price').over('30d', '180d', '365d'),
    spread: stddev('amount').over('180d', '365d'),
  }) });
`,
    );
    await build({ schema: 'whole' });
    await build({ schema: 'batched', batches: 4 });
    const { plan: made } = await plan({ schema: 'whole' });
    const statements = made.steps.flatMap((step) => (step.kind === 'model' ? step.statements : []));
    expect(statements.filter(({ sql }) => sql.includes('cells as materialized'))).not.toEqual([]);
    for (const months of [3, 5]) {
      const outcome = await build({ schema: 'grown', materialized: 'incremental', months, batches: 2 });
      expect(late(outcome)).toEqual([]);
    }
    // The last digit of a deviation depends on the order of its rows; everything else is the same bit by bit.
    const rounded = (schema: string, view: string) =>
      `select columns(c -> c not like 'spread%'), round(columns('spread.*'), 9) from ${schema}.${view}`;
    for (const view of ['rhythm_features', 'long_features'])
      for (const schema of ['batched', 'grown']) {
        const differing = `(${rounded('whole', view)} except all ${rounded(schema, view)})`;
        const { rows } = await adapter.main.query(`select count(*) from ${differing}`);
        expect(Number(rows[0]?.[0]), `${view} ${schema}`).toBe(0);
      }
    const { rows } = await adapter.main.query(
      'select count(*) filter (rows_60d > rows_7d), count(distinct spread_30d) from whole.rhythm_features',
    );
    for (const filled of rows[0] ?? []) expect(Number(filled)).toBeGreaterThan(100);
  });

  test('a new prediction time computes its own partition and reads no more than it needs', async () => {
    await build({ schema: 'grown', materialized: 'incremental', months: 4 });
    const { plan: next } = await plan({ schema: 'grown', materialized: 'incremental', months: 5 });
    const step = next.steps.find(({ name }) => name === 'visit_features');
    if (step?.kind !== 'model') throw new Error('no such step');
    expect(step.action).toBe('prediction time');
    const spine = next.steps.find(({ name }) => name === 'spine');
    for (const { sql } of spine?.kind === 'model' ? spine.statements : []) await adapter.main.run(sql);
    const last = step.statements.findIndex(({ sql }) =>
      sql.startsWith('insert into "grown"."visit_features"'),
    );
    for (const { sql } of step.statements.slice(0, last)) await adapter.main.run(sql);
    const { sql } = step.statements[last] as { sql: string };
    const profile = await adapter.main.query(`explain (analyze, format json) ${sql}`);
    const operators = operatorsOf(JSON.parse(String(profile.rows[0]?.[1])));
    const due = await adapter.main.query(
      "select count(*) from grown.spine where prediction_time = timestamp '2024-06-01'",
    );
    const own = Number(due.rows[0]?.[0]);
    const groups = operators.filter(({ name }) => /GROUP_BY/.test(name) && !/DELIM/.test(name));
    expect(groups.length).toBeGreaterThan(0);
    for (const { rows } of groups) expect(rows).toBeLessThanOrEqual(own * 10);
    const reach = await adapter.main.query(
      "select count(*) from raw.visits where loaded_at <= timestamp '2024-06-01' and visited_at >= timestamp '2024-04-02'",
    );
    const scans = operators.filter(({ name, rows }) => /SCAN/.test(name) && rows > own);
    expect(scans.length).toBeGreaterThan(0);
    for (const { rows } of scans) expect(rows).toBeLessThanOrEqual(Number(reach.rows[0]?.[0]));
  });
});

interface Operator {
  readonly name: string;
  readonly rows: number;
}

function operatorsOf(node: Readonly<Record<string, unknown>>): Operator[] {
  const children = (node.children ?? []) as readonly Readonly<Record<string, unknown>>[];
  const own = { name: String(node.operator_type ?? ''), rows: Number(node.operator_cardinality ?? 0) };
  return [own, ...children.flatMap(operatorsOf)];
}

describe('late rows', () => {
  test('are told with times, rows and columns, change nothing, and are replaced when asked for', async () => {
    const grown = { schema: 'grown', materialized: 'incremental' } as const;
    await build({ ...grown, months: 4 });
    await adapter.main.run('create table before as from grown.gold');
    // Said to have been known since March 20, and not there when April 1 was built.
    const present = await adapter.main.query(
      "select person from grown.spine where cohort = 'old' group by person having count(*) >= 3 and min(prediction_time) <= timestamp '2024-03-01' and max(prediction_time) >= timestamp '2024-05-01' order by person limit 1",
    );
    await insert(Number(present.rows[0]?.[0]), '2024-03-20', '2024-03-20');
    // Known only after the last prediction time that is there: nothing of the past.
    await insert(4, '2024-03-20', '2024-05-20');
    const first = late(await build({ ...grown, months: 5 }));
    expect(first).toHaveLength(2);
    expect(first[0]).toMatch(
      /^CH734 late rows would change 2 past prediction times of \w+_features: 2024-04-01 \(1 row: /,
    );
    expect(first.join()).toContain('2024-05-01 (1 row: ever)');
    const kept = await adapter.main.query(
      "select count(*) from (from before except all select * from grown.gold where prediction_time < timestamp '2024-06-01')",
    );
    expect(kept.rows[0]?.[0]).toBe(0);
    expect(late(await build(grown))).toEqual(first);
    const restated = late(await build({ ...grown, restate: true }));
    expect(restated).toHaveLength(3);
    expect(restated.join()).toContain('have changed 2 past prediction times of gold');
    await build({ schema: 'whole' });
    expect(await differences('whole', 'grown')).toBe(0);
    expect(late(await build(grown))).toEqual([]);
  });

  test('rows of the spine that come or go are told too', async () => {
    const grown = { schema: 'grown', materialized: 'incremental' } as const;
    await build(grown);
    await adapter.main.run(
      "insert into raw.people values (900, 'x', timestamp '2024-01-01', null, timestamp '2024-01-02')",
    );
    await adapter.main.run('delete from raw.people where person = 1');
    const told = late(await build(grown));
    expect(told).toHaveLength(3);
    expect(told.join()).toContain('row gone, row new');
    await build({ ...grown, restate: true });
    await build({ schema: 'whole' });
    expect(await differences('whole', 'grown')).toBe(0);
  });

  test('a label that becomes known is filled in and no late row', async () => {
    const grown = { schema: 'grown', materialized: 'incremental' } as const;
    await build({ ...grown, completeUntil: '2024-05-02' });
    const unknown = 'select count(*) from grown.gold where gone is null';
    const count = async () => Number((await adapter.main.query(unknown)).rows[0]?.[0]);
    expect(await count()).toBeGreaterThan(50);
    expect(late(await build({ ...grown, completeUntil: '2024-12-01' }))).toEqual([]);
    expect(await count()).toBe(0);
    await build({ schema: 'whole', completeUntil: '2024-12-01' });
    expect(await differences('whole', 'grown')).toBe(0);
  });

  test('chosen prediction times are built anew', async () => {
    const grown = { schema: 'grown', materialized: 'incremental' } as const;
    await build(grown);
    await adapter.main.run('update grown.visit_features set visits_7d = 99');
    const eventTime = { start: new Date('2024-04-01T00:00Z'), end: new Date('2024-05-01T00:00Z') };
    await build({ ...grown, eventTime });
    const { rows } = await adapter.main.query(
      'select prediction_time::date::varchar, min(visits_7d) = 99 from grown.visit_features group by 1 order by 1',
    );
    expect(rows.map(([, is]) => is)).toEqual([true, true, false, true, true]);
  });
});

describe('what cannot be built in parts is refused by name', () => {
  test.each([
    ['batches', '{materialized: table, batches: 4}'],
    [
      'incremental_strategy: prediction_time',
      '{materialized: incremental, incremental_strategy: prediction_time}',
    ],
  ])('SQL with %s', async (setting, config) => {
    writeFileSync(
      join(root, 'models/plain.yml'),
      `models: [{name: plain, config: ${config}, point_in_time: {entity: person, prediction_time: prediction_time}}]\n`,
    );
    writeFileSync(join(root, 'models/plain.sql'), "select person, prediction_time from {{ ref('spine') }}\n");
    const { diagnostics } = await plan({ schema: 'x' });
    expect(diagnostics.map(({ code, message }) => `${code} ${message}`)).toEqual([
      `CH733 plain cannot be built with \`${setting}\``,
    ]);
  });

  test('a spine that should grow, an ephemeral input', async () => {
    const yaml = (text: string) => writeFileSync(join(root, 'models/more.yml'), `models: [${text}]\n`);
    const refused = async () =>
      (await plan({ schema: 'x', materialized: 'incremental' })).diagnostics.map(({ cause }) => cause);
    yaml('{name: spine, config: {materialized: incremental}}');
    expect((await refused()).join()).toMatch(/^It is a spine/);
    yaml('{name: visits, config: {materialized: ephemeral}}');
    expect((await refused()).join()).toMatch(/^One of its inputs is ephemeral.*ephemeral/);
  });
});
