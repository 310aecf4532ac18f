import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The installed package's folder, from the bundle as from the sources: the nearest one with bin/churn.cjs. */
export function packageRoot(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'bin', 'churn.cjs'))) folder = dirname(folder);
  return folder;
}
