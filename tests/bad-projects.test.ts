import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import type { ConfigValue } from '../core/1-load/index.ts';
import { formatDiagnostic } from '../core/diagnostics/index.ts';
import { checkProject } from './golden/check-project.ts';

/**
 * The table of bad projects: each folder of tests/golden/bad-projects is one, with the exact diagnostics expected of
 * it in expected.txt. `npm run golden` rewrites those files; read the difference before you commit it.
 *
 * - `recipe.json` adds files that git would spoil (other encodings, links, huge files): path -> how to make it.
 * - `options.json` holds load options such as `target` and `vars`.
 */
const folder = join(import.meta.dirname, 'golden/bad-projects');
const cases = readdirSync(folder).sort();
const refresh = process.env.UPDATE_GOLDEN === '1';
const scratch = mkdtempSync(join(tmpdir(), 'churn-bad-'));

type Recipe = Readonly<
  Record<
    string,
    | { readonly text: string; readonly times?: number }
    | { readonly base64: string }
    | { readonly link: string }
    | { readonly folder: true }
  >
>;

interface CaseOptions {
  readonly target?: string;
  readonly vars?: Readonly<Record<string, ConfigValue>>;
}

function readJson<T>(path: string): T | undefined {
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as T) : undefined;
}

/** A copy of the case that the checker may write to, with what the recipe adds. */
function prepare(name: string): string {
  const dir = join(scratch, name);
  cpSync(join(folder, name), dir, { recursive: true });
  const recipe = readJson<Recipe>(join(dir, 'recipe.json'));
  for (const [path, how] of Object.entries(recipe ?? {})) {
    const file = join(dir, path);
    mkdirSync(dirname(file), { recursive: true });
    if ('link' in how) symlinkSync(how.link, file);
    else if ('folder' in how) mkdirSync(file);
    else if ('base64' in how) writeFileSync(file, Buffer.from(how.base64, 'base64'));
    else writeFileSync(file, how.text.repeat(how.times ?? 1));
  }
  return dir;
}

afterAll(() => rmSync(scratch, { recursive: true, force: true }));

describe('bad projects', () => {
  test.each(cases)('%s', async (name) => {
    const dir = prepare(name);
    const options = readJson<CaseOptions>(join(dir, 'options.json')) ?? {};
    const { diagnostics, text } = await checkProject({ projectDir: dir, cache: false, ...options });
    const shown = diagnostics.map((diagnostic) => formatDiagnostic(diagnostic, { text })).join('\n\n');
    const actual = `${shown.replaceAll(dir, '<project>')}\n`;
    const expectedFile = join(folder, name, 'expected.txt');
    if (refresh) writeFileSync(expectedFile, actual);
    expect(diagnostics, 'a bad project without a diagnostic').not.toEqual([]);
    expect(actual).toBe(readFileSync(expectedFile, 'utf8'));
  });

  test('are at least sixty', () => {
    expect(cases.length).toBeGreaterThanOrEqual(60);
  });
});
