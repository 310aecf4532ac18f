import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { churn, temporaryFolder } from './run-churn.ts';

const root = temporaryFolder();
const model = join(root, 'models/gold/customer_features.sql');

beforeAll(() => {
  expect(churn(root, ['init']).code).toBe(0);
});

/** The starter project, then the same with its bound on availability taken away. */
describe('a leak is refused before a table is built', () => {
  test('the starter project is proved, and its verdicts are kept by content', () => {
    const first = churn(root, ['audit']);
    expect(first.code).toBe(0);
    expect(first.stdout).toMatch(/3 of 3 proved/);
    const cache = join(root, 'target/.cache/audit.json');
    const kept = readFileSync(cache, 'utf8');
    expect(churn(root, ['audit']).stdout.replace(/in .*s/, '')).toBe(first.stdout.replace(/in .*s/, ''));
    expect(readFileSync(cache, 'utf8')).toBe(kept);
  });

  test('a cache that is damaged, or that says otherwise for other content, changes nothing', () => {
    writeFileSync(join(root, 'target/.cache/audit.json'), '{"format":1,"verdicts":[["x",');
    expect(churn(root, ['audit']).code).toBe(0);
  });

  test('without the bound, audit and build fail and nothing is built', () => {
    const text = readFileSync(model, 'utf8');
    const leaking = text.replace(/\n\s*and o\.loaded_at <= s\.prediction_time/, '');
    expect(leaking).not.toBe(text);
    writeFileSync(model, leaking);
    const audit = churn(root, ['audit', '--format', 'json']);
    expect(audit.code).toBe(1);
    const { results } = JSON.parse(audit.stdout);
    const refuted = results.filter(({ verdict }: { verdict: string }) => verdict === 'REFUTED');
    expect(refuted.map(({ column }: { column: string }) => column)).toEqual(['orders_30d', 'amount_30d']);
    for (const { witness } of refuted) expect(witness.with).not.toEqual(witness.without);
    const build = churn(root, ['build']);
    expect(build.code).toBe(1);
    expect(build.stderr).toContain('CH932');
    expect(build.stderr).not.toContain('OK    model');
  });

  test('the policy can warn instead, and one column can be explained', () => {
    writeFileSync(join(root, 'audits/policy.yml'), 'models:\n  customer_features: warn\n');
    expect(churn(root, ['audit']).code).toBe(0);
    expect(churn(root, ['build']).code).toBe(0);
    const explained = churn(root, ['audit', '--explain', 'customer_features.orders_30d']);
    expect(explained.stdout).toMatch(/Leakage risk\s+certain/);
    expect(explained.stdout).toContain('the model was run twice');
    expect(churn(root, ['audit', '--explain', 'customer_features.nope']).stderr).toContain('CH931');
  });
});
