import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '../..');

test('the example of docs/ml.md runs in plain Node', () => {
  const page = readFileSync(join(root, 'docs/ml.md'), 'utf8');
  const code = /```js\n([\s\S]*?)```/.exec(page)![1]!;
  // Inside the package, so that its own name resolves to it.
  mkdirSync(join(root, 'target'), { recursive: true });
  const folder = mkdtempSync(join(root, 'target/docs-example-'));
  try {
    writeFileSync(join(folder, 'example.mjs'), code);
    const output = execFileSync(process.execPath, [join(folder, 'example.mjs')], {
      cwd: folder,
      encoding: 'utf8',
    });
    expect(output).toContain("feature: 'logins_30d'");
    expect(readFileSync(join(folder, 'model.txt'), 'utf8')).toMatch(/^tree\nversion=v4\n/);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test('the example of examples/numeric-module runs, and its plots are written', () => {
  const out = mkdtempSync(join(root, 'target/numeric-module-'));
  try {
    const script = join(root, 'examples/numeric-module/train-and-explain.mjs');
    const output = execFileSync(process.execPath, [script, out], { encoding: 'utf8' });
    expect(output).toMatch(/AUC 0\.8\d\d/);
    expect(readdirSync(out).sort()).toEqual(['customer.svg', 'model.txt', 'summary.svg']);
  } finally {
    rmSync(out, { recursive: true, force: true });
  }
});

test('the built face and its chunks import nothing but Node', () => {
  const seen = new Set<string>();
  const packages = new Set<string>();
  const visit = (file: string): void => {
    if (seen.has(file)) return;
    seen.add(file);
    for (const [, specifier] of readFileSync(file, 'utf8').matchAll(
      /(?:from|import)\s*\(?"([@.\w][\w@./:-]*)"/g,
    )) {
      if (specifier!.startsWith('.')) visit(join(dirname(file), specifier!));
      else if (!specifier!.startsWith('node:')) packages.add(specifier!);
    }
  };
  visit(join(root, 'dist/ml/index.js'));
  visit(join(root, 'dist/ml/worker.js'));
  expect(seen.size).toBeGreaterThan(2);
  expect([...packages]).toEqual([]);
});
