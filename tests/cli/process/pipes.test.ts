import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { binary, temporaryFolder } from './run-churn.ts';

/** Enough lines to fill a pipe many times over: 64 KiB is what Linux holds. */
const models = 3000;

test('a slow reader of a pipe gets every line', () => {
  const root = temporaryFolder();
  mkdirSync(join(root, 'models'), { recursive: true });
  writeFileSync(join(root, 'churn_project.yml'), 'name: wide\nversion: "1"\n');
  for (let index = 0; index < models; index++) {
    const name = `a_model_with_a_long_name_${String(index).padStart(5, '0')}`;
    writeFileSync(join(root, 'models', `${name}.sql`), 'select 1 as id');
  }
  const { stdout } = spawnSync('sh', ['-c', '"$0" "$1" ls | (sleep 0.5; wc -l)', process.execPath, binary], {
    cwd: root,
    encoding: 'utf8',
  });
  expect(Number(stdout)).toBe(models);
});
