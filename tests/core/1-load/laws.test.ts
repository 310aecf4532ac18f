import { readFileSync, truncateSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { loadProject, type Project } from '../../../core/1-load/index.ts';
import { type Files, load, nodeNamed, plain, temporaryProject, writeFiles } from './temporary-project.ts';

const files: Files = {
  'churn_project.yml': 'name: shop\nvars: {a: 1}\nmodels:\n  shop: {+materialized: table, b: {+tags: [x]}}\n',
  'models/a/one.sql': 'select 1 as id\n',
  'models/b/two.sql': "select * from {{ ref('one') }}\n",
  'models/b/three.sql': 'select 3 as é\n',
  'models/b/b.yml':
    'models:\n  - name: two\n    columns: [{name: id, tests: [unique]}]\n  - {name: three, descripton: x}\n',
  'models/a/a.yml':
    'models:\n  - name: one\n    description: >\n      over\n      lines\n    columns: &c [{name: id}]\n',
  'models/sources.yml': 'sources:\n  - {name: raw, tables: [{name: t, location: t.csv}]}\n',
  'seeds/s.csv': 'id\n1\n',
  'models/docs.md': '{% docs d %}text{% enddocs %}\n',
};

/** Objects and arrays that can still be written to, by path. */
function unfrozen(value: unknown, path: string, seen = new Set<unknown>()): string[] {
  if (typeof value !== 'object' || value === null || seen.has(value)) return [];
  seen.add(value);
  const own = Object.isFrozen(value) ? [] : [path];
  return [
    ...own,
    ...Object.entries(value).flatMap(([key, child]) => unfrozen(child, `${path}.${key}`, seen)),
  ];
}

async function loadFrom(projectDir: string, cache = true): Promise<{ project: Project; codes: string[] }> {
  const { project, diagnostics } = await loadProject({ projectDir, cache });
  if (project === undefined) throw new Error('no project');
  return { project, codes: diagnostics.map(({ code }) => code) };
}

describe('a loaded project', () => {
  test('does not depend on the order in which files were written', async () => {
    const { project: first, diagnostics } = await load(files);
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray(Object.keys(files), { minLength: 9 }), async (order) => {
        const shuffled = Object.fromEntries(order.map((path) => [path, files[path] as string]));
        const again = await load(shuffled);
        expect(plain(again.project)).toEqual(plain(first));
        expect(again.diagnostics).toEqual(diagnostics);
      }),
      { numRuns: 10 },
    );
  });

  test('is frozen throughout', async () => {
    const { project } = await load(files);
    expect(unfrozen(project, 'project')).toEqual([]);
    expect(project.nodes.every((node) => Object.isFrozen(node.properties ?? Object.freeze({})))).toBe(true);
  });

  test('has a content key per node that follows its file, its properties and the project file', async () => {
    const dir = temporaryProject(files);
    const keys = async () =>
      Object.fromEntries(
        (await loadFrom(dir, false)).project.nodes.map(({ name, contentKey }) => [name, contentKey]),
      );
    const before = await keys();
    writeFiles(dir, { 'models/a/one.sql': 'select 2 as id\n' });
    const edited = await keys();
    expect(Object.keys(before).filter((name) => before[name] !== edited[name])).toEqual(['one']);
    writeFiles(dir, { 'models/b/b.yml': 'models: []\n' });
    const described = await keys();
    expect(Object.keys(before).filter((name) => edited[name] !== described[name])).toEqual(['three', 'two']);
    writeFiles(dir, { 'churn_project.yml': 'name: shop\n' });
    const configured = await keys();
    expect(Object.keys(before).every((name) => described[name] !== configured[name])).toBe(true);
  });
});

describe('the cache', () => {
  const cacheOf = (dir: string): string => join(dir, 'target/.cache/load');

  /** Gives every file times that are long past, as in a project that nobody edits at the moment. */
  function settle(dir: string): void {
    for (const path of Object.keys(files)) utimesSync(join(dir, path), 1000, 1000);
  }

  test('changes nothing but time', async () => {
    const dir = temporaryProject(files);
    settle(dir);
    const cold = await loadFrom(dir);
    await new Promise((resolve) => setTimeout(resolve, 150));
    writeFiles(dir, { 'models/b/two.sql': 'select 2 as id\n' });
    await loadFrom(dir);
    const warm = await loadFrom(dir);
    const fresh = await loadFrom(dir, false);
    expect(plain(warm.project)).toEqual(plain(fresh.project));
    expect(warm.codes).toEqual(fresh.codes);
    expect(warm.codes).toEqual(cold.codes);
    expect(unfrozen(warm.project, 'project')).toEqual([]);
  });

  test('does not hide an edit of the same length within the same moment', async () => {
    const dir = temporaryProject(files);
    await loadFrom(dir);
    writeFileSync(join(dir, 'models/a/one.sql'), 'select 7 as id\n');
    utimesSync(join(dir, 'models/a/one.sql'), 1000, 1000);
    expect(nodeNamed((await loadFrom(dir)).project, 'one').file.text).toBe('select 7 as id\n');
  });

  test.each([
    ['truncated', (file: string) => truncateSync(file, 400)],
    ['without its end', (file: string) => truncateSync(file, readFileSync(file).length - 1)],
    ['overwritten', (file: string) => writeFileSync(file, Buffer.alloc(1000, 10))],
    [
      'of another version',
      (file: string) => writeFileSync(file, readFileSync(file, 'utf8').replace(/load-\d+/, 'x')),
    ],
  ])('is ignored when %s', async (_, damage) => {
    const dir = temporaryProject(files);
    const cold = await loadFrom(dir);
    damage(cacheOf(dir));
    const again = await loadFrom(dir);
    expect(plain(again.project)).toEqual(plain(cold.project));
    expect(again.codes).toEqual(cold.codes);
  });

  test('is not written when it is not wanted', async () => {
    const dir = temporaryProject(files);
    await loadFrom(dir, false);
    expect(() => readFileSync(cacheOf(dir))).toThrow();
  });
});
