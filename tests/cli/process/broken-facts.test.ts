import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { churn, temporaryFolder } from './run-churn.ts';

const root = temporaryFolder();
const edit = (file: string, change: (text: string) => string): void => {
  const text = readFileSync(join(root, file), 'utf8');
  expect(change(text)).not.toBe(text);
  writeFileSync(join(root, file), change(text));
};

/** The starter project, its features bounded by the order's own time, two days back: orders are loaded by then. */
beforeAll(() => {
  expect(churn(root, ['init']).code).toBe(0);
  edit('models/sources.yml', (text) =>
    text.replace('axioms: [', `axioms: ["loaded_at <= ordered_at + interval '9 days'", `),
  );
  edit('models/gold/customer_features.sql', (text) =>
    text.replace(
      'and o.loaded_at <= s.prediction_time',
      'and o.ordered_at <= s.prediction_time - interval 9 days',
    ),
  );
});

describe('proofs that rest on a declared fact', () => {
  test('stand while its data test passes', () => {
    expect(churn(root, ['build']).code).toBe(0);
    expect(churn(root, ['audit']).stdout).toMatch(/3 of 3 proved/);
  });

  test('are withdrawn once it fails, in the text, the JSON and the card', () => {
    appendFileSync(join(root, 'raw/orders.csv'), '99,1,2024-01-01 00:00:00,10.00,2024-03-01 00:00:00\n');
    const run = churn(root, ['test', '-s', 'source:raw.orders']);
    expect(run.code).toBe(1);
    expect(run.stderr).toContain('proofs that rest on it are withdrawn');
    const audit = churn(root, ['audit', '--format', 'json']);
    expect(audit.code).toBe(1);
    const { results, summary } = JSON.parse(audit.stdout);
    expect(summary).toMatchObject({ proved: 1, unproven: 2 });
    const withdrawn = results.filter((one: { withdrawn?: string[] }) => one.withdrawn !== undefined);
    expect(withdrawn.map(({ column }: { column: string }) => column)).toEqual(['orders_30d', 'amount_30d']);
    expect(churn(root, ['audit']).stdout).toContain(
      'its proof is withdrawn: it rests on "raw.orders: loaded_at',
    );
    expect(churn(root, ['audit', '--explain', 'customer_features.orders_30d']).stdout).toContain('withdrawn');
  });

  test('and stand again when the data is mended', () => {
    edit('raw/orders.csv', (text) => text.replace(/^99,.*\n/m, ''));
    expect(churn(root, ['test', '-s', 'source:raw.orders']).code).toBe(0);
    expect(churn(root, ['audit']).stdout).toMatch(/3 of 3 proved/);
  });
});
