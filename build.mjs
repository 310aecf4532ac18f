/**
 * Bundles the framework to dist/: one entry per public face, shared code in chunks, packages left outside.
 * Bundling is for start-up: one file read instead of a few hundred module resolutions. A failed build leaves the
 * last good dist/ in place.
 */
import { readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';

const root = import.meta.dirname;
const dist = join(root, 'dist');
const aside = join(root, `dist.${process.pid}`);
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

try {
  await build({
    entryPoints: {
      'core/index': 'core/index.ts',
      'ml/index': 'ml/index.ts',
      'ops/index': 'ops/index.ts',
      'cli/main': 'cli/main.ts',
    },
    absWorkingDir: root,
    outdir: aside,
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    packages: 'external',
    conditions: ['churn-source'],
    jsx: 'automatic',
    sourcemap: true,
    define: { CHURN_VERSION: JSON.stringify(version) },
    logLevel: 'warning',
  });
  rmSync(dist, { recursive: true, force: true });
  renameSync(aside, dist);
} catch {
  // esbuild has told what is wrong, with file and line.
  rmSync(aside, { recursive: true, force: true });
  process.exitCode = 1;
}
