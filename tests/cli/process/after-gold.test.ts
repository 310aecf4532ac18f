import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { churn, temporaryFolder } from './run-churn.ts';

const root = temporaryFolder();

/** A gold table of ten months where few logins and an ending contract mean leaving. */
const files: Readonly<Record<string, string>> = {
  'churn_project.yml': `name: tiny
version: "1"
models:
  +materialized: table
targets:
  dev: {type: duckdb, path: target/tiny.duckdb, schema: main, threads: 2}
prediction:
  model: gold
  entity: customer_id
  prediction_time: prediction_time
  label: churned
  horizon: "30 days"
  cohort: cohort
  actions:
    - {feature: logins, when: {direction: low}, action: call, description: Ask what is wrong.}
training:
  folds: {scheme: expanding, count: 3, first_train_periods: 3}
  final: {train_periods: 7}
  params: {num_iterations: 20, num_leaves: 7, min_data_in_leaf: 20, learning_rate: 0.2}
  early_stopping: {metric: average_precision, rounds: 5}
  threshold: {value_saved: 100, intervention_cost: 5, save_rate: 0.5}
`,
  'models/gold.sql': `with drawn as (
    select
        1000 + c as customer_id,
        timestamp '2024-01-01' + to_months(m::integer) as prediction_time,
        (hash(c * 100 + m) % 1000) / 1000.0 as u,
        (hash(c * 100 + m + 7777777) % 20)::integer as logins,
        if(hash(c) % 3 = 0, 'new', 'old') as cohort
    from range(150) as cs(c), range(10) as ms(m)
)
select * exclude (u), hash(logins) % 5 as noise, if(prediction_time = '2024-10-01', null, u < 0.6 * (20 - logins) / 20) as churned
from drawn`,
  'models/gold.yml': `version: 2
models:
  - name: gold
    description: Customers by month.
    columns: [{name: customer_id, tests: [not_null]}]
`,
};

beforeAll(() => {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(join(root, path, '..'), { recursive: true });
    writeFileSync(join(root, path), text);
  }
});

/** One day after the other: each command uses what the one before left. */
describe('after gold', () => {
  test('train asks for the gold table first', () => {
    const { code, stderr } = churn(root, ['train']);
    expect(stderr).toContain('CH921');
    expect(stderr).toContain('churn build');
    expect(code).toBe(1);
  });

  test('evaluate asks for a trained model', () => {
    expect(churn(root, ['build']).code).toBe(0);
    const { code, stderr } = churn(root, ['evaluate']);
    expect(stderr).toContain('CH922');
    expect(code).toBe(1);
  });

  test('train keeps a run, the same one every time', () => {
    const first = churn(root, ['train']);
    expect(first.stderr).toMatch(/4 of 4 DONE {2}final AP/);
    expect(first.stdout).toContain('Final evaluation on 2024-08 to 2024-09');
    expect(first.code).toBe(0);
    const [id] = readdirSync(join(root, 'target/runs'));
    const folder = join(root, 'target/runs', id as string);
    expect(readdirSync(folder).sort()).toEqual([
      'calibration.json',
      'evaluation.json',
      'model.txt',
      'plots',
      'run.json',
      'splits.json',
    ]);
    const splits = JSON.parse(readFileSync(join(folder, 'splits.json'), 'utf8'));
    expect(splits.known_at).toBeNull();
    expect(splits.folds.map(({ name }: { name: string }) => name)).toEqual([
      'fold 1',
      'fold 2',
      'fold 3',
      'final',
    ]);
    for (const { test_from, latest_label_known_at } of splits.folds)
      expect(latest_label_known_at <= test_from).toBe(true);
    const model = readFileSync(join(folder, 'model.txt'), 'utf8');
    expect(churn(root, ['train', '--threads', '1', '-q']).code).toBe(0);
    expect(readdirSync(join(root, 'target/runs'))).toEqual([id]);
    expect(readFileSync(join(folder, 'model.txt'), 'utf8')).toBe(model);
  });

  test('evaluate shows folds, groups and the decision; --json the document', () => {
    const { stdout } = churn(root, ['evaluate']);
    expect(stdout).toMatch(/^final +2024-01 to 2024-07 +2024-08 to 2024-09 /m);
    expect(stdout).toMatch(/^cohort: new +/m);
    expect(stdout).toContain('net value');
    const document = JSON.parse(churn(root, ['evaluate', '--json']).stdout.split('\n')[0] as string);
    expect(document.final.overall.rocAuc.value).toBeGreaterThan(0.6);
    expect(document.folds).toHaveLength(3);
  });

  test('explain ranks features, and tells one customer what to do', () => {
    const { stdout } = churn(root, ['explain']);
    expect(stdout.split('\n')[3]).toMatch(/^logins +\d\.\d+ +█+/);
    const one = churn(root, ['explain', '--customer', '1005', '--at', '2024-03-01', '--json']);
    const explained = JSON.parse(one.stdout.split('\n')[0] as string);
    expect(explained).toMatchObject({ type: 'explanation', entity: '1005', prediction_time: '2024-03-01' });
    expect(explained.drivers.map(({ feature }: { feature: string }) => feature)).toContain('logins');
    const shown = churn(root, ['explain', '--customer', '1005']).stdout;
    expect(shown).toContain('at 2024-10-01');
    expect(shown).toMatch(/▶*┃◀*/);
  });

  test('explain draws how one feature moves the score; --json has the rows', () => {
    const { stdout } = churn(root, ['explain', '--feature', 'logins']);
    expect(stdout).toMatch(/^How logins moves the score, \d+ rows at 2024-10-01$/m);
    expect(stdout).toMatch(/[\u2801-\u28ff]/);
    const rows = churn(root, ['explain', '--feature', 'logins', '--json']).stdout.trim().split('\n');
    const [first] = rows.map((line) => JSON.parse(line));
    expect(first).toMatchObject({ type: 'dependence', feature: 'logins', shap: expect.any(Number) });
  });

  test.each([
    [['explain', '--customer', '1'], 'CH923'],
    [['explain', '--feature', 'login'], 'CH928'],
    [['explain', '--customer', '1005', '--at', '1999-01-01'], 'CH923'],
    [['score', '--at', '1999-01-01'], 'CH924'],
    [['score', '--at', 'yesterday'], 'CH904'],
  ])('%j is refused in words', (argv, code) => {
    const { stderr, code: exit } = churn(root, argv);
    expect(stderr).toContain(code);
    expect(stderr).not.toMatch(/^\s+at .*\.js/m);
    expect(exit).toBe(code === 'CH904' ? 2 : 1);
  });

  test('score writes tables and Parquet, an action per customer at risk', () => {
    const { code, stdout } = churn(root, ['score']);
    expect(stdout.split('\n').slice(0, 4)).toEqual([
      'main.churn_scores',
      'main.churn_drivers',
      'target/scores/churn_scores.parquet',
      'target/scores/churn_drivers.parquet',
    ]);
    expect(code).toBe(0);
    const query = `select count(*) as n, count(distinct customer_id) as ids, min(probability) >= 0 and max(probability) <= 1 as fine,
      count(*) filter (where suggested_action = 'call') > 0 as calls, any_value(typeof(customer_id)) as type from 'target/scores/churn_scores.parquet'`;
    const row = JSON.parse(churn(root, ['show', '--inline', query, '--json']).stdout);
    expect(row.values).toEqual({ n: 150, ids: 150, fine: true, calls: true, type: 'BIGINT' });
    const drivers = JSON.parse(
      churn(root, [
        'show',
        '--inline',
        'select max(driver_rank) as k, count(*) as n from main.churn_drivers',
        '--json',
      ]).stdout,
    );
    expect(drivers.values).toEqual({ k: 3, n: 450 });
  });

  test('report is one file that fetches nothing', () => {
    const { code, stdout } = churn(root, ['report', '--customers', '2']);
    expect(stdout).toBe('target/report.html\n');
    expect(code).toBe(0);
    const page = readFileSync(join(root, 'target/report.html'), 'utf8');
    for (const id of ['validation', 'drivers', 'customers', 'trust', 'lineage', 'run'])
      expect(page).toContain(`id="${id}"`);
    expect(page.match(/<svg/g)?.length).toBeGreaterThanOrEqual(9);
    expect(page).not.toMatch(/<script|<link|<img|@import|url\(/);
    expect(page.replaceAll('http://www.w3.org/2000/svg', '')).not.toMatch(/https?:\/\//);
    expect(page).toContain('Customer 1');
    expect(page).toContain('Ask what is wrong.');
  });

  test('a wrong parameter is named', () => {
    writeFileSync(
      join(root, 'churn_project.yml'),
      (files['churn_project.yml'] as string).replace('num_leaves', 'num_leafs'),
    );
    const { code, stderr } = churn(root, ['train']);
    expect(stderr).toContain('num_leafs');
    expect(code).toBe(2);
  });
});
