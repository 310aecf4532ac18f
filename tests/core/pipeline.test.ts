import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { type CompileOptions, compileProject } from '../../core/pipeline.ts';

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

const files = {
  'churn_project.yml': 'name: shop\nversion: "1.0"\n',
  'macros/m.sql': '{% macro twice(c) %}2 * {{ c }}{% endmacro %}\n',
  'models/a.sql': 'select 1 as id, {{ twice(21) }} as answer\n',
  'models/b.sql': "select id, answer from {{ ref('a') }}\n",
  'models/c.sql': "select id from {{ ref('b') }}\n",
  'models/m.yml':
    'version: 2\nmodels:\n  - name: c\n    columns:\n      - {name: id, tests: [unique, not_null]}\n',
};

function project(texts: Readonly<Record<string, string>> = files): string {
  const dir = mkdtempSync(join(tmpdir(), 'churn-pipeline-'));
  folders.push(dir);
  for (const [path, text] of Object.entries(texts)) write(dir, path, text);
  return dir;
}

function write(dir: string, path: string, text: string): void {
  mkdirSync(dirname(join(dir, path)), { recursive: true });
  writeFileSync(join(dir, path), text);
}

async function compile(projectDir: string, options: Partial<CompileOptions> = {}) {
  const compiled = await compileProject({ projectDir, ...options });
  if (compiled.project === undefined) throw new Error(JSON.stringify(compiled.diagnostics));
  compiled.bound?.close();
  return compiled;
}

test('a second run binds nothing, and says the same', async () => {
  const dir = project();
  const cold = await compile(dir);
  const warm = await compile(dir);
  expect(cold.bound?.statistics).toEqual({ bound: 3, cached: 0 });
  expect(warm.bound?.statistics).toEqual({ bound: 0, cached: 3 });
  expect([...(warm.bound?.columns ?? [])]).toEqual([...(cold.bound?.columns ?? [])]);
  expect(warm.graph.order).toEqual(cold.graph.order);
  expect(warm.rendered.tests.size).toBe(2);
  expect(warm.diagnostics).toEqual([]);
});

test.each([
  ['a model whose columns stay', 'models/a.sql', 'select 2 as id, 3 as answer\n', 1],
  ['a model whose columns change', 'models/a.sql', "select 'x' as id, 3 as answer\n", 3],
  ['a macro', 'macros/m.sql', '{% macro twice(c) %}{{ c }} + {{ c }}{% endmacro %}\n', 1],
  ['a comment', 'models/a.sql', `-- why\n${files['models/a.sql']}`, 0],
])('an edit of %s binds what it concerns', async (_, path, text, bound) => {
  const dir = project();
  await compile(dir);
  write(dir, path, text);
  const warm = await compile(dir);
  const fresh = await compile(dir, { cache: false });
  expect(warm.bound?.statistics.bound).toBe(bound);
  expect([...(warm.bound?.columns ?? [])]).toEqual([...(fresh.bound?.columns ?? [])]);
});

test('an error is found again, at its new place, and gone when repaired', async () => {
  const dir = project();
  await compile(dir);
  const places: unknown[] = [];
  for (const text of [
    'select idd from {{ ref("a") }}',
    'select\n  idd from {{ ref("a") }}',
    'select id, answer from {{ ref("a") }}',
  ]) {
    write(dir, 'models/b.sql', text);
    for (let run = 0; run < 2; run++) {
      const { diagnostics } = await compile(dir);
      places.push(
        diagnostics
          .filter(({ severity }) => severity === 'error')
          .map(({ code, span }) => `${code} ${span?.start.line}:${span?.start.column}`)
          .join(),
      );
    }
  }
  expect(places).toEqual(['CH402 1:8', 'CH402 1:8', 'CH402 2:3', 'CH402 2:3', '', '']);
});

test('caches that are cut off are made again; without caching none is written', async () => {
  const dir = project();
  await compile(dir, { cache: false });
  expect(existsSync(join(dir, 'target'))).toBe(false);
  await compile(dir);
  const folder = join(dir, 'target/.cache');
  for (const file of readdirSync(folder)) {
    const bytes = readFileSync(join(folder, file));
    writeFileSync(join(folder, file), bytes.subarray(0, bytes.length / 2));
  }
  const again = await compile(dir);
  expect(again.bound?.statistics).toEqual({ bound: 3, cached: 0 });
  expect((await compile(dir)).bound?.statistics).toEqual({ bound: 0, cached: 3 });
  expect(readdirSync(folder).filter((file) => file.endsWith('.tmp'))).toEqual([]);
});

test('a target folder that cannot be written to is no error', async () => {
  const dir = project({ ...files, target: 'a file where the folder should be' });
  expect((await compile(dir)).bound?.statistics.bound).toBe(3);
});

test('stops before binding when asked to', async () => {
  const compiled = await compile(project(), { until: 'graph' });
  expect(compiled.bound).toBeUndefined();
  expect(compiled.graph.order).toHaveLength(5);
});
