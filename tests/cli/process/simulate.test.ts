import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { churn, temporaryFolder } from './run-churn.ts';

const root = temporaryFolder();
const script = join(root, 'simulate/20_export.sql');
const good = "copy (select * from people) to '{{ var('output') }}/people.csv';";

beforeAll(() => {
  mkdirSync(join(root, 'simulate'));
  writeFileSync(join(root, 'churn_project.yml'), 'name: sim\nversion: "1"\n');
  writeFileSync(
    join(root, 'simulate/10_people.sql'),
    "create table people as select i, hash(i + {{ var('seed', 1) }}) % 100 as x from range({{ var('customers', 3) | int }}) as r(i);",
  );
  writeFileSync(script, good);
});

const people = () => readFileSync(join(root, 'data/people.csv'), 'utf8');

describe('a simulation', () => {
  test('runs the files in order, with flags as variables, the same for the same seed', () => {
    const { code, stdout } = churn(root, ['simulate', '--customers', '5', '--seed', '7']);
    expect(stdout).toBe('data/people.csv\n');
    expect(code).toBe(0);
    const first = people();
    expect(first.trim().split('\n')).toHaveLength(6);
    expect(churn(root, ['simulate', '--customers', '5', '--seed', '7']).code).toBe(0);
    expect(people()).toBe(first);
    expect(churn(root, ['simulate', '--customers', '5', '--seed', '8']).code).toBe(0);
    expect(people()).not.toBe(first);
  });

  test('that fails half way changes nothing and leaves nothing behind', () => {
    const before = people();
    writeFileSync(script, `${good}\nselect * from nobody;`);
    const { code, stderr } = churn(root, ['simulate', '--customers', '9']);
    writeFileSync(script, good);
    expect(stderr).toContain('CH912');
    expect(stderr).toContain('simulate/20_export.sql');
    expect(code).toBe(2);
    expect(people()).toBe(before);
    expect(readdirSync(root).filter((name) => name.startsWith('.data'))).toEqual([]);
  });

  test('keeps what others put beside its files', () => {
    writeFileSync(join(root, 'data/notes.txt'), 'mine');
    expect(churn(root, ['simulate', '--customers', '2']).code).toBe(0);
    expect(people().trim().split('\n')).toHaveLength(3);
    expect(readFileSync(join(root, 'data/notes.txt'), 'utf8')).toBe('mine');
  });

  test('is only printed by a dry run', () => {
    const { stdout, code } = churn(root, ['simulate', '--dry-run', '--output', 'elsewhere']);
    expect(stdout).toContain('create table people');
    expect(existsSync(join(root, 'elsewhere'))).toBe(false);
    expect(code).toBe(0);
  });

  test('with broken Jinja is refused at its line', () => {
    writeFileSync(script, "select 1;\nselect {{ vra('x') }};");
    const { stderr, code } = churn(root, ['simulate']);
    writeFileSync(script, good);
    expect(stderr).toContain('simulate/20_export.sql:2:');
    expect(code).toBe(2);
  });
});
