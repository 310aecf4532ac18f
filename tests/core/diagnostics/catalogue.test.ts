import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { catalogue } from '../../../core/diagnostics/index.ts';

const pages = join(import.meta.dirname, '../../../docs/diagnostics');
const codes = Object.keys(catalogue).sort();

describe('the catalogue of diagnostics', () => {
  test.each(codes)('%s has a page that names it', (code) => {
    const page = join(pages, `${code}.md`);
    expect(existsSync(page), `docs/diagnostics/${code}.md is missing`).toBe(true);
    expect(readFileSync(page, 'utf8')).toMatch(new RegExp(`^# ${code}\\b`));
  });

  test('has no page without a code', () => {
    const orphans = readdirSync(pages).filter(
      (file) => /^CH\d+\.md$/.test(file) && !codes.includes(file.slice(0, -3)),
    );
    expect(orphans).toEqual([]);
  });

  test('every code is CH and three digits', () => {
    expect(codes.filter((code) => !/^CH\d{3}$/.test(code))).toEqual([]);
  });
});
