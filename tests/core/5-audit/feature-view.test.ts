import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { RenderedNode } from '../../../core/2-render/index.ts';
import { type AuditReport, auditProject } from '../../../core/5-audit/index.ts';
import { compileProject } from '../../../core/pipeline.ts';

/** The aggregates that are computed ring by ring, those that need all rows, and events by number. */
const features = `({ asOf, avg, col, count, countDistinct, decay, first, last, max, min, quantile, share, sinceFirst, sinceNth, sql, stddev, sum }) => ({
    rows: count().over('7d', '30d', '3mo'),
    total: sum('minutes').over('7d', '30d', '3mo'),
    mean: avg('minutes').over('7d', '30d', '3mo'),
    spread: stddev('minutes').over('7d', '30d', '3mo'),
    low: min('minutes').over('7d', '30d'),
    high: max('minutes').over('7d', '30d'),
    earliest: first('minutes').over('7d', '30d'),
    latest: last('minutes').over('7d', '30d'),
    state: asOf('minutes').over('7d', '30d'),
    long: share(count().where('minutes', '>', 60)).over('7d', '30d'),
    worn: decay('minutes', '7d').over('30d'),
    scored: sum('score').knownAt('scored_at').over('7d', '30d'),
    kinds: countDistinct('minutes').over('30d'),
    middle: quantile('minutes', 0.5).over('7d'),
    since: sinceFirst().over('30d'),
    third: sinceNth(3).over('30d'),
  })`;

const few = `({ avg, count, max, sum }) => ({
    rows: count().over('7d', '30d'),
    total: sum('minutes').over('7d', '30d'),
    mean: avg('minutes').over('7d', '30d'),
    high: max('minutes').over('7d', '30d'),
  })`;

/** Half a year before every month: rows are summed up before they meet the calendar of the spine. */
const long = `({ avg, change, count, last, max, min, share, sinceLast, sql, col, stddev, sum }) => ({
    rows: count().over('7d', '30d', '90d', '180d'),
    total: sum('minutes').over('7d', '30d', '90d', '180d'),
    exact: sum('minutes').as('bigint').over('180d'),
    mean: avg('minutes').over('7d', '30d', '90d', '180d'),
    spread: stddev('minutes').over('7d', '30d', '90d', '180d'),
    low: min('minutes').over('30d', '5mo'),
    high: max('minutes').over('30d', '180d'),
    long: share(count().where('minutes', '>', 60)).over('30d', '180d'),
    even: count().filter(sql\`\${col('minutes')} % 2 = 0\`).over('180d'),
    growth: change(sum('minutes'), '90d'),
    ago: sinceLast().within('180d'),
    latest: last('minutes').over('30d'),
  })`;

const half = `({ avg, count, max, sum }) => ({
    rows: count().over('30d', '180d'),
    total: sum('minutes').over('30d', '180d'),
    mean: avg('minutes').over('30d', '180d'),
    high: max('minutes').over('30d', '180d'),
  })`;

const view = (
  name: string,
  edges: string,
  from = 'loaded_at',
  what = features,
  spine = 'spine',
) => `import { featureView, model } from '#core';
export default featureView({
  name: '${name}', from: model('days'), spine: model('${spine}'), entity: 'person', time: 'day', edges: '${edges}',
  availableAt: '${from}', features: ${what},
});
`;

const files: Readonly<Record<string, string>> = {
  'churn_project.yml': 'name: shop\n',
  'models/sources.yml': `sources:
  - name: raw
    tables:
      - name: days
        available_at: loaded_at
        columns:
          - {name: person, data_type: bigint, tests: [not_null]}
          - {name: day, data_type: timestamp, tests: [not_null]}
          - {name: loaded_at, data_type: timestamp, tests: [not_null]}
          - {name: minutes, data_type: integer}
          - {name: score, data_type: double, available_at: scored_at}
          - {name: scored_at, data_type: timestamp, available_at: scored_at}
      - name: people
        available_at: joined_at
        columns:
          - {name: person, data_type: bigint, tests: [not_null]}
          - {name: joined_at, data_type: timestamp, tests: [not_null]}
`,
  'models/days.sql': "select * from {{ source('raw', 'days') }}\n",
  'models/spine.sql': `select p.person, c.prediction_time
from {{ source('raw', 'people') }} as p
join (select timestamp '2024-02-01' + to_months(n::integer) as prediction_time from range(9) as r(n)) as c
  on p.joined_at <= c.prediction_time
`,
  'models/monthly_spine.ts': `import { model, monthly, spine } from '#core';
export default spine({
  name: 'monthly_spine', from: model('people'), entity: 'person', knownFrom: 'joined_at', start: 'joined_at',
  calendar: monthly({ first: '2024-02-01', count: 9 }),
});
`,
  'models/people.sql': "select * from {{ source('raw', 'people') }}\n",
  'features/summed.ts': view('summed', '[)', 'loaded_at', long, 'monthly_spine'),
  'features/summed_too_early.ts': view('summed_too_early', '[)', 'day', half, 'monthly_spine'),
  'features/half_open.ts': view('half_open', '[)'),
  'features/closed.ts': view('closed', '[]'),
  'features/open_start.ts': view('open_start', '(]'),
  // Events are taken for known the moment they happen.
  'features/leaking.ts': view('leaking', '[)', 'day', few),
};

let folder: string;
let report: AuditReport;
let sqlOf: (name: string) => string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'churn-view-'));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  const compiled = await compileProject({ projectDir: folder, cache: false });
  expect(compiled.diagnostics).toEqual([]);
  if (compiled.project === undefined || compiled.bound === undefined) throw new Error('it does not compile');
  const { rendered, graph, bound, project } = compiled;
  report = await auditProject({ rendered, graph, bound, policy: project.policy });
  sqlOf = (name) => (rendered.nodes.get(`model.shop.${name}`) as RenderedNode | undefined)?.sql ?? '';
  bound.close();
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('feature views whose windows are cut into rings', () => {
  test.each(['half_open', 'closed', 'open_start'])('%s: every column is proved', (name) => {
    expect(sqlOf(name)).toContain('ring_3');
    const results = report.results.filter(({ model }) => model === name);
    expect(results.length).toBeGreaterThan(30);
    expect(
      results
        .filter(({ verdict }) => verdict !== 'PROVED')
        .map(({ column, reason }) => `${column}: ${reason}`),
    ).toEqual([]);
  });

  test('each window is proved to be as long as it says', () => {
    const windowOf = (column: string) =>
      report.results.find((result) => result.model === 'half_open' && result.column === column)?.window;
    for (const name of ['rows', 'total', 'mean', 'spread', 'state', 'scored']) {
      expect(windowOf(`${name}_7d`), name).toMatchObject({ from: '-7 days' });
      expect(windowOf(`${name}_30d`), name).toMatchObject({ from: '-30 days' });
    }
  });

  test('rows summed up before: every column is proved, and its window', () => {
    expect(sqlOf('summed')).toContain('from cells');
    const results = report.results.filter(({ model }) => model === 'summed');
    expect(results.length).toBeGreaterThan(20);
    for (const { column, verdict, reason, window } of results) {
      expect({ column, verdict, reason }).toEqual({ column, verdict: 'PROVED', reason });
      const days = /_(\d+)d$/.exec(column)?.[1];
      if (days !== undefined)
        expect({ column, ...window }).toMatchObject({ column, from: `-${days} days`, to: '-1 microsecond' });
    }
  });

  test.each([
    ['leaking', 'ring_2', 7],
    ['summed_too_early', 'from cells', 180],
  ])('%s: the same view on a clock that knows rows too early is refuted', (name, form, days) => {
    expect(sqlOf(name)).toContain(form);
    for (const column of [`rows_${days}d`, 'rows_30d', 'total_30d', 'high_30d']) {
      const result = report.results.find((one) => one.model === name && one.column === column);
      expect(result?.verdict, column).toBe('REFUTED');
    }
  });
});
