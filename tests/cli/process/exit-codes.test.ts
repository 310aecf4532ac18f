import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { churn, temporaryFolder } from './run-churn.ts';

const folder = temporaryFolder();

/** A project of the given files, built by nothing yet. */
function project(name: string, files: Readonly<Record<string, string>>): string {
  const root = join(folder, name);
  rmSync(root, { recursive: true, force: true });
  for (const [path, text] of Object.entries({
    'churn_project.yml': `name: ${name}\nversion: "1"\n`,
    ...files,
  })) {
    mkdirSync(join(root, path, '..'), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return root;
}

const good = () => project('good', { 'models/a.sql': 'select 1 as n' });

interface Case {
  readonly what: string;
  readonly at: () => string;
  readonly argv: readonly string[];
  readonly code: number;
  /** Found in stderr. */
  readonly says: string;
}

const cases: readonly Case[] = [
  { what: 'a build that ends well', at: good, argv: ['build'], code: 0, says: 'PASS=1' },
  {
    what: 'a failing data test',
    at: () =>
      project('failing', { 'models/a.sql': 'select 1 as n', 'tests/t.sql': "select * from {{ ref('a') }}" }),
    argv: ['build'],
    code: 1,
    says: 'FAIL=',
  },
  {
    what: 'a model that fails on its data',
    at: () =>
      project('broken', {
        'models/a.sql':
          "{{ config(materialized='table') }} select cast(v as integer) as n from (values ('x')) as t(v)",
      }),
    argv: ['build'],
    code: 1,
    says: 'ERROR model a',
  },
  { what: 'an unknown command', at: good, argv: ['biuld'], code: 2, says: 'Did you mean `build`?' },
  {
    what: 'an unknown flag',
    at: good,
    argv: ['build', '--fulll-refresh'],
    code: 2,
    says: '`--full-refresh`',
  },
  { what: 'flags without a command', at: good, argv: ['--threads', '2'], code: 2, says: 'CH906' },
  { what: 'vars that are no mapping', at: good, argv: ['check', '--vars', '[1]'], code: 2, says: 'CH907' },
  { what: 'no project', at: () => folder, argv: ['check'], code: 2, says: 'CH910' },
  {
    what: 'an unknown key',
    at: () => project('keys', { 'churn_project.yml': 'name: keys\nmodles: {}\n' }),
    argv: ['check'],
    code: 2,
    says: 'Did you mean `models`?',
  },
  {
    what: 'SQL that does not bind',
    at: () => project('types', { 'models/a.sql': 'select amuont from (select 1 as amount)' }),
    argv: ['build'],
    code: 2,
    says: 'models/a.sql:1:8',
  },
  {
    what: 'a warning under --warn-error',
    at: () =>
      project('warned', { 'models/a.sql': 'select 1 as n', 'models/a.yml': 'models: [{name: nobody}]\n' }),
    argv: ['check', '--warn-error'],
    code: 2,
    says: 'nobody',
  },
  { what: 'nothing to simulate', at: good, argv: ['simulate'], code: 2, says: 'CH911' },
  { what: 'no prediction', at: good, argv: ['train'], code: 2, says: 'CH920' },
  { what: 'nothing to retry', at: good, argv: ['retry'], code: 2, says: 'CH914' },
  {
    what: 'a database that is none',
    at: () =>
      project('corrupt', { 'models/a.sql': 'select 1 as n', 'target/churn.duckdb': 'not a database' }),
    argv: ['build'],
    code: 3,
    says: 'CH702',
  },
  {
    what: 'a selection of an unknown name',
    at: good,
    argv: ['build', '-s', 'nobody'],
    code: 4,
    says: 'CH310',
  },
  { what: 'a selection of nothing', at: good, argv: ['build', '-s', 'tag:none'], code: 4, says: 'CH908' },
  { what: 'an impossible selection', at: good, argv: ['build', '-s', 'tga:none'], code: 2, says: 'CH312' },
  { what: 'an audit of nothing', at: good, argv: ['audit', '--on-data'], code: 4, says: 'point_in_time' },
];

describe('the exit code', () => {
  test.each(cases)('of $what is $code', ({ at, argv, code, says }) => {
    const ran = churn(at(), argv);
    expect(ran.stderr).toContain(says);
    expect(ran.stderr).not.toMatch(/^\s+at .*\.js/m);
    expect(ran.code).toBe(code);
  });

  test('stands in the JSON too: problems are lines of type diagnostic', () => {
    const { code, stdout, stderr } = churn(good(), ['build', '-s', 'tag:none', '--json']);
    expect(code).toBe(4);
    expect(stderr).toBe('');
    expect(
      stdout
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line).code),
    ).toContain('CH908');
  });
});
