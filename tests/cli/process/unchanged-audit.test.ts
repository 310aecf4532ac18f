import { mkdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { churn, temporaryFolder } from './run-churn.ts';

const root = temporaryFolder();
const record = join(root, 'target/.cache/audited.json');
const marker = 'said again from the last audit';
const put = (file: string, text: string): void => writeFileSync(join(root, file), text);
const edit = (file: string, change: (text: string) => string): void => {
  const text = readFileSync(join(root, file), 'utf8');
  expect(change(text)).not.toBe(text);
  put(file, change(text));
};
const audit = (flags: readonly string[] = [], env: NodeJS.ProcessEnv = {}): string =>
  churn(root, ['audit', '--format', 'json', ...flags], env).stdout;
/** Writes into the record what no audit would say: whoever shows it has not audited. */
const mark = (): void => {
  const kept = JSON.parse(readFileSync(record, 'utf8'));
  kept.told.audit.results[0].reason = marker;
  writeFileSync(record, JSON.stringify(kept));
};
const isRecalled = (output: string): boolean => output.includes(marker);

beforeAll(() => {
  expect(churn(root, ['init', '--name', 'shop']).code).toBe(0);
  edit('churn_project.yml', (text) => `${text}\nvars:\n  days: 30\n`);
  edit('models/gold/customer_features.sql', (text) =>
    text.replace(
      'interval 30 day',
      "interval ({{ days_back(var('days')) }} + {{ env_var('EXTRA_DAYS', '0') }}) day",
    ),
  );
  for (const folder of ['macros', 'seeds', 'lib']) mkdirSync(join(root, folder));
  put(
    'macros/days.ts',
    "import { zero } from './_zero.ts';\nexport const days_back = (days: number) => days + zero;\n",
  );
  put('macros/_zero.ts', 'export const zero = 0;\n');
  put('seeds/countries.csv', 'code,name\nNL,Netherlands\n');
  put('audits/_words.ts', "export const word = 'secret';\n");
  put(
    'audits/no_secrets.ts',
    `import { auditRule } from '#core';
import { word } from './_words.ts';
export default auditRule({
  id: 'no-secrets',
  claim: 'No column is named after a secret.',
  cannotSee: 'Other words.',
  severity: 'warn',
  messages: { named: ({ name }: { name: string }) => \`\${name} is named after a secret\` },
  visit: { column: ({ column: name }, report) => { if (name.includes(word)) report('named', { name }); } },
});
`,
  );
  const first = churn(root, ['audit', '--format', 'json']);
  expect([first.code, first.stderr]).toEqual([0, expect.not.stringContaining('error')]);
  expect(first.stdout).toContain('"proved": 3');
});

describe('an audit of an unchanged project', () => {
  test('is the last one, in every format, and says so in target/audit.json too', () => {
    mark();
    rmSync(join(root, 'target/audit.json'));
    expect(isRecalled(audit())).toBe(true);
    expect(readFileSync(join(root, 'target/audit.json'), 'utf8')).toContain(marker);
    expect(churn(root, ['audit']).stdout).toContain('3 of 3 proved');
    expect(churn(root, ['audit', '--format', 'junit']).stdout).toContain('<testsuite');
    expect(churn(root, ['audit', '--json']).stdout).toContain(marker);
  });

  test('a file that was only touched is the same file', () => {
    mark();
    utimesSync(join(root, 'models/sources.yml'), new Date(), new Date());
    expect(isRecalled(audit())).toBe(true);
  });

  const changes: Readonly<Record<string, () => string>> = {
    'another model': () => {
      edit('models/gold/customer_features.sql', (text) => `${text}\n-- the same\n`);
      return audit();
    },
    'another YAML of a source': () => {
      edit('models/sources.yml', (text) => text.replace('some arrive a day', 'some arrive two days'));
      return audit();
    },
    'other text in a file of the same size and time': () => {
      const file = join(root, 'models/staging/staging.yml');
      const then = new Date('2024-01-01');
      utimesSync(file, then, then);
      audit();
      mark();
      const text = readFileSync(file, 'utf8');
      writeFileSync(file, text.replace('version: 2', 'version: 1'));
      utimesSync(file, then, then);
      return audit();
    },
    'another typed macro': () => {
      edit('macros/days.ts', (text) => text.replace('days + zero', 'days * 1 + zero'));
      return audit();
    },
    'another file that a typed macro imports': () => {
      edit('macros/_zero.ts', (text) => text.replace('= 0', '= 1'));
      return audit();
    },
    'another rule': () => {
      edit('audits/no_secrets.ts', (text) => text.replace('Other words', 'All other words'));
      return audit();
    },
    'another file that a rule imports': () => {
      edit('audits/_words.ts', (text) => text.replace('secret', 'orders'));
      return audit();
    },
    'another policy': () => {
      edit('audits/policy.yml', (text) => `${text}\nmodels: { customer_features: warn }\n`);
      return audit();
    },
    'another seed': () => {
      edit('seeds/countries.csv', (text) => `${text}BE,Belgium\n`);
      return audit();
    },
    'one file more': () => {
      put('models/gold/more.sql', 'select 1 as one\n');
      return audit();
    },
    'one file less': () => {
      rmSync(join(root, 'models/gold/more.sql'));
      return audit();
    },
    'a file in the root that was looked for': () => {
      put('selectors.yml', 'selectors: []\n');
      return audit();
    },
    'another var on the command line': () => audit(['--vars', '{days: 60}']),
    'another var in the project file': () => {
      edit('churn_project.yml', (text) => text.replace('days: 30', 'days: 31'));
      return audit();
    },
    'another value of an environment variable that a model reads': () => audit([], { EXTRA_DAYS: '1' }),
    'another record of facts that the data broke': () => {
      put('target/facts.json', '{"schema_version":1,"targets":{}}');
      return audit();
    },
    'another build of churn': () => {
      const kept = JSON.parse(readFileSync(record, 'utf8'));
      writeFileSync(record, JSON.stringify({ ...kept, key: kept.key.replace(/"[0-9a-f]{32}"/, '"other"') }));
      return audit();
    },
    'half a record': () => {
      writeFileSync(record, readFileSync(record, 'utf8').slice(0, -40));
      return audit();
    },
  };

  for (const [what, change] of Object.entries(changes))
    test(`is made anew when there is ${what}`, () => {
      audit();
      mark();
      expect(isRecalled(audit())).toBe(true);
      const changed = change();
      expect(changed).toContain('"results"');
      expect(isRecalled(changed)).toBe(false);
    });

  test('an environment variable that nobody reads is no change', () => {
    audit();
    mark();
    expect(isRecalled(audit([], { UNREAD: '1' }))).toBe(true);
  });

  test('the verdict of a changed model is its own', () => {
    edit('models/gold/customer_features.sql', (text) =>
      text.replace(/\n\s*and o\.loaded_at <= s\.prediction_time/, ''),
    );
    const output = churn(root, ['audit', '--format', 'json']);
    expect(output.stdout).toContain('"REFUTED"');
    const again = churn(root, ['audit', '--format', 'json']);
    expect([again.code, again.stdout.replace(/"seconds".*/, '')]).toEqual([
      output.code,
      output.stdout.replace(/"seconds".*/, ''),
    ]);
  });

  const impure: Readonly<Record<string, string>> = {
    'reads the environment': 'export const zero = Number(process.env.ZERO ?? 0);\n',
    'reads the clock': 'export const zero = Date.now() * 0;\n',
    'imports what is not in the project':
      "import { zero } from /* far */ '../lib/zero.ts';\nexport { zero };\n",
    'reads files': "import { existsSync } from 'node:fs';\nexport const zero = existsSync('/') ? 0 : 1;\n",
  };
  for (const [what, text] of Object.entries(impure))
    test(`is made each time when TypeScript of the project ${what}`, () => {
      put('lib/zero.ts', 'export const zero = 0;\n');
      put('macros/_zero.ts', text);
      rmSync(record, { force: true });
      expect(audit()).toContain('"results"');
      expect(() => readFileSync(record)).toThrow('ENOENT');
    });

  test('is made each time when a template reads the clock', () => {
    put('macros/_zero.ts', 'export const zero = 0;\n');
    expect(audit()).toContain('"results"');
    expect(readFileSync(record, 'utf8')).toContain('"told"');
    edit('models/staging/stg_orders.sql', (sql) => `${sql}\n-- {{ run_started_at.year }}\n`);
    rmSync(record);
    expect(audit()).toContain('"results"');
    expect(() => readFileSync(record)).toThrow('ENOENT');
  });
});
