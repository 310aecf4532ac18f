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

const view = (
  name: string,
  edges: string,
  from = 'loaded_at',
  what = features,
) => `import { featureView, model } from '#core';
export default featureView({
  name: '${name}', from: model('days'), spine: model('spine'), entity: 'person', time: 'day', edges: '${edges}',
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

  test('the same view on a clock that knows rows too early is refuted', () => {
    expect(sqlOf('leaking')).toContain('ring_2');
    for (const name of ['rows_7d', 'rows_30d', 'total_30d', 'high_30d']) {
      const result = report.results.find(({ model, column }) => model === 'leaking' && column === name);
      expect(result?.verdict, name).toBe('REFUTED');
    }
  });
});
