import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { churn, temporaryFolder } from './run-churn.ts';

const folder = temporaryFolder();
const shop = join(folder, 'shop');

/** One project through the commands, in the order of a first day. */
describe('from an empty folder', () => {
  test('init writes a project and names the next commands', () => {
    const { code, stdout, stderr } = churn(folder, ['init', 'shop']);
    expect(stderr).toContain('Next: cd shop\n      churn build');
    expect(stdout.split('\n')).toContain('churn_project.yml');
    expect(code).toBe(0);
    expect(readFileSync(join(shop, '.gitignore'), 'utf8')).toContain('target/');
  });

  test('init overwrites nothing', () => {
    const { code, stderr } = churn(folder, ['init', 'shop']);
    expect(code).toBe(2);
    expect(stderr).toContain('CH909');
  });

  test('check finds no error', () => {
    const { code, stdout, stderr } = churn(shop, ['check']);
    expect(stderr).toBe('Next: churn build\n');
    expect(stdout).toMatch(/^No errors: 2 nodes, \d+ tests, 1 source in /);
    expect(code).toBe(0);
  });

  test('check finds a rule that cannot be read, together with other errors', () => {
    const rule = join(shop, 'audits/broken.ts');
    const model = join(shop, 'models/gold/broken.sql');
    writeFileSync(rule, "export default auditRule({ id: 'x' });\n");
    writeFileSync(model, 'select nothing from {{ ref("nowhere") }}\n');
    const { code, stderr } = churn(shop, ['check']);
    expect(code).toBe(2);
    expect(stderr).toContain('audits/broken.ts:1:1 error CH250');
    expect(stderr).toContain('models/gold/broken.sql');
    rmSync(rule);
    rmSync(model);
  });

  test('ls prints selectors, names, JSON', () => {
    expect(churn(shop, ['ls', '--resource-type', 'model']).stdout).toBe(
      'shop.staging.stg_orders\nshop.gold.customer_features\n',
    );
    expect(
      churn(shop, ['ls', '-s', 'source:*', '--resource-type', 'source', '--output', 'name']).stdout,
    ).toBe('orders\n');
    const [first] = churn(shop, [
      'ls',
      '-s',
      'stg_orders',
      '--resource-type',
      'model',
      '--json',
    ]).stdout.split('\n');
    expect(JSON.parse(first as string)).toMatchObject({
      schema_version: 1,
      type: 'node',
      unique_id: 'model.shop.stg_orders',
    });
  });

  test('build builds and tests; a dry run touches nothing', () => {
    const dry = churn(shop, ['build', '--dry-run']);
    expect(dry.code).toBe(0);
    expect(dry.stdout).toContain('begin transaction');
    expect(existsSync(join(shop, 'target/run_results.json'))).toBe(false);
    const { code, stdout, stderr } = churn(shop, ['build']);
    expect(stderr).toMatch(/OK {4}model customer_features \.+ \[5 rows, /);
    expect(stderr).toMatch(/Done in .*: PASS=\d+ WARN=0 FAIL=0 SKIP=0 TOTAL=\d+\nSlowest: /);
    expect(stdout).toBe('');
    expect(code).toBe(0);
  });

  test('show prints rows; --json as records', () => {
    const { stdout } = churn(shop, ['show', '-s', 'customer_features', '--limit', '1']);
    expect(stdout.split('\n')[0]).toMatch(/^customer_id +prediction_time +orders_30d +amount_30d$/);
    const json = churn(shop, ['show', '--inline', 'select 1::hugeint as n, null as x', '--json']).stdout;
    expect(JSON.parse(json)).toEqual({
      schema_version: 1,
      type: 'row',
      node: 'inline',
      values: { n: 1, x: null },
    });
  });

  test('audit proves every feature knowable, without data', () => {
    const { code, stdout } = churn(shop, ['audit', '--verbose']);
    expect(stdout).toMatch(/^customer_features {2}3 of 3 proved$/m);
    expect(stdout).toMatch(/^ {2}PROVED {5}orders_30d {2}raw\.orders/m);
    expect(code).toBe(0);
    const report = JSON.parse(readFileSync(join(shop, 'target/audit.json'), 'utf8'));
    expect(report).toMatchObject({
      schema_version: 1,
      summary: { models: 1, proved: 3, refuted: 0, unproven: 0 },
    });
  });

  test('a planted leak is refuted, with its place, and exits 1', () => {
    const file = join(shop, 'models/gold/customer_features.sql');
    const clean = readFileSync(file, 'utf8');
    writeFileSync(file, clean.replace('    and o.loaded_at <= s.prediction_time\n', ''));
    const { code, stdout } = churn(shop, ['audit']);
    writeFileSync(file, clean);
    expect(stdout).toMatch(/REFUTED {4}orders_30d/);
    expect(stdout).toContain('path: customer_features <- stg_orders <- raw.orders');
    expect(code).toBe(1);
  });

  test('audit --on-data finds the same in the data', () => {
    const { code, stdout } = churn(shop, ['audit', '--on-data']);
    expect(stdout).toMatch(/customer_features {2}3 of 3 unchanged/);
    expect(code).toBe(0);
    const report = JSON.parse(readFileSync(join(shop, 'target/audit-on-data.json'), 'utf8'));
    expect(report.summary).toMatchObject({ models: 1, refuted: 0, unproven: 0 });
  });

  test('compile, docs and debug do what they say', () => {
    expect(churn(shop, ['compile', '-s', 'stg_orders']).stdout).toContain('where amount > 0');
    expect(churn(shop, ['docs']).stdout).toBe('target/site/index.html\n');
    expect(readFileSync(join(shop, 'target/site/index.html'), 'utf8')).toContain('customer_features');
    expect(churn(shop, ['debug']).stdout).toMatch(/connection +works/);
  });

  test('a failing test stops the table, exits 1, and retry repeats what failed', () => {
    const check = join(shop, 'audits/amounts_are_positive.sql');
    const before = readFileSync(check, 'utf8');
    writeFileSync(check, before.replace('amount_30d < 0', 'amount_30d >= 0'));
    const failed = churn(shop, ['build']);
    expect(failed.code).toBe(1);
    expect(failed.stderr).toMatch(/FAIL {2}test amounts_are_positive/);
    expect(failed.stderr).toContain('Next: churn retry');
    writeFileSync(check, before);
    const again = churn(shop, ['retry']);
    expect(again.code).toBe(0);
    expect(again.stderr).not.toContain('stg_orders');
    expect(churn(shop, ['retry']).code).toBe(4);
  });

  test.each(['junit', 'json'])('test --format %s writes for another tool', (format) => {
    const { code, stdout } = churn(shop, ['test', '--format', format]);
    expect(code).toBe(0);
    if (format === 'junit') expect(stdout).toContain('<testsuite name="test"');
    if (format === 'json') expect(JSON.parse(stdout).summary.failed).toBe(0);
  });

  test('--json is pure: every line of stdout an object, nothing on stderr', () => {
    const { code, stdout, stderr } = churn(shop, ['build', '--json']);
    expect(stderr).toBe('');
    const lines = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines.map(({ type }) => type)).toEqual(
      expect.arrayContaining(['run-start', 'node-start', 'node-end', 'run-end', 'next']),
    );
    expect(new Set(lines.map(({ schema_version }) => schema_version))).toEqual(new Set([1]));
    expect(code).toBe(0);
  });

  test('state:modified sees an edit and says why', () => {
    expect(churn(shop, ['compile', '--target-path', 'before']).code).toBe(0);
    const file = join(shop, 'models/staging/stg_orders.sql');
    writeFileSync(file, `${readFileSync(file, 'utf8').trim()}\n    and order_id > 0\n`);
    const { stdout, code } = churn(shop, [
      'ls',
      '-s',
      'state:modified',
      '--state',
      'before',
      '--resource-type',
      'model',
      '--json',
    ]);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ name: 'stg_orders', changes: ['its SQL changed'] });
  });

  test('clean removes the target folder and nothing else', () => {
    expect(churn(shop, ['clean', '--dry-run']).stdout).toBe('target\n');
    expect(existsSync(join(shop, 'target'))).toBe(true);
    expect(churn(shop, ['clean']).code).toBe(0);
    expect(readdirSync(shop)).toEqual(expect.arrayContaining(['raw', 'models', 'before']));
    expect(existsSync(join(shop, 'target'))).toBe(false);
  });
});
