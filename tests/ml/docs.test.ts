import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { aliases } from '../../ml/training/aliases.ts';
import { defaultParams } from '../../ml/training/defaults.ts';
import { unsupported, withoutEffect } from '../../ml/training/not-here.ts';

const page = readFileSync(join(import.meta.dirname, '../../docs/ml/parameters.md'), 'utf8');

describe('docs/ml/parameters.md', () => {
  test.each(Object.entries(defaultParams))('names %s with its default', (name, value) => {
    const row = page.split('\n').find((line) => line.startsWith(`| \`${name}\` |`));
    const shown = Array.isArray(value) ? value.join(', ') || 'none' : String(value);
    expect(row).toContain(`| ${shown} |`);
    for (const alias of aliases[name as 'seed'] ?? []) expect(row).toContain(`\`${alias}\``);
  });

  test.each(Object.entries({ ...unsupported, ...withoutEffect }))(
    'says why %s is not here',
    (name, entry) => {
      expect(page).toContain(`| \`${name}\` | ${entry.because} |`);
      for (const alias of entry.aliases ?? []) expect(page).toContain(`\`${alias}\``);
    },
  );
});
