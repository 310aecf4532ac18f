import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type AuditReport, auditProject } from '../../../core/5-audit/index.ts';
import { compileProject } from '../../../core/pipeline.ts';

const population =
  "from: model('people'), entity: 'person', knownFrom: 'loaded_at', start: 'joined_at', keep: ['city'],";
const cohorts =
  "cohorts: { new: { until: '60d', observed: '14d', horizon: '30d' }, old: { observed: '90d', horizon: '60d' } },";
const month = "calendar: monthly({ first: '2024-01-01', count: 3 }),";
const complete = "completeUntil: '2024-06-01'";

/** The name of a spine's file and what is declared in it. */
const spines: Readonly<Record<string, string>> = {
  months: `${month} ${cohorts} end: 'left_at', label: { column: 'gone', ${complete}, daysUntil: 'days' },`,
  weeks: `calendar: weekly({ first: '2024-01-01', until: '2024-03-01' }), end: 'left_at',`,
  model_times: `calendar: timesOf(model('times'), 'at'), observed: '7d', horizon: '30d', end: 'left_at', label: { column: 'gone', ${complete} },`,
  events: `calendar: eachEvent(model('visits'), { entity: 'person', knownAt: 'loaded_at', delay: '1d' }), ${cohorts} end: 'left_at',`,
  silence: `${month} horizon: '30d', label: { column: 'quiet', ${complete}, events: { of: model('visits'), time: 'visited_at', is: 'absent' } },`,
  silence_by_cohort: `${month} ${cohorts} label: { column: 'quiet', ${complete}, events: { of: model('visits'), time: 'visited_at', is: 'absent' } },`,
  // The prediction is made when the event happened, and the event was not known by then.
  leaking: `calendar: eachEvent(model('visits'), { entity: 'person', knownAt: 'visited_at' }),`,
};

const files: Readonly<Record<string, string>> = {
  'churn_project.yml': 'name: shop\n',
  'models/sources.yml': `sources:
  - name: raw
    tables:
      - name: people
        available_at: loaded_at
        columns:
          - {name: person, data_type: bigint, tests: [not_null]}
          - {name: city, data_type: varchar}
          - {name: joined_at, data_type: timestamp}
          - {name: left_at, data_type: timestamp, available_at: left_at}
          - {name: loaded_at, data_type: timestamp, tests: [not_null]}
      - name: visits
        available_at: loaded_at
        axioms: ["visited_at <= loaded_at"]
        columns:
          - {name: person, data_type: bigint, tests: [not_null]}
          - {name: visited_at, data_type: timestamp, tests: [not_null]}
          - {name: loaded_at, data_type: timestamp, tests: [not_null]}
`,
  'models/people.sql': "select * from {{ source('raw', 'people') }}\n",
  'models/visits.sql': "select * from {{ source('raw', 'visits') }}\n",
  'models/times.sql': "select timestamp '2024-01-01' + to_days(n::integer) as at from range(9) as r(n)\n",
  ...Object.fromEntries(
    Object.entries(spines).map(([name, text]) => [
      `models/${name}.ts`,
      `import { eachEvent, model, monthly, spine, timesOf, weekly } from '#core';\nexport default spine({ name: '${name}', ${population} ${text} });\n`,
    ]),
  ),
};

let folder: string;
let report: AuditReport;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'churn-spine-'));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  const compiled = await compileProject({ projectDir: folder, cache: false });
  if (compiled.project === undefined || compiled.bound === undefined) throw new Error('it does not compile');
  expect(compiled.diagnostics).toEqual([]);
  const { rendered, graph, bound, project } = compiled;
  report = await auditProject({ rendered, graph, bound, policy: project.policy });
  bound.close();
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('spines', () => {
  test.each(Object.keys(spines).filter((name) => name !== 'leaking'))(
    '%s: every column is proved, and the rows',
    (name) => {
      const results = report.results.filter(({ model }) => model === name);
      expect(results.map(({ column }) => column)).toContain('(rows)');
      expect(
        results
          .filter(({ verdict }) => verdict !== 'PROVED')
          .map(({ column, reason }) => `${column}: ${reason}`),
      ).toEqual([]);
    },
  );

  test('predicting at an event that was not known yet is refuted', () => {
    const rows = report.results.find(({ model, column }) => model === 'leaking' && column === '(rows)');
    expect(rows?.verdict).toBe('REFUTED');
  });
});
