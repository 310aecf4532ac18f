/**
 * Bundles the framework to dist/: one entry per public face, shared code in chunks, packages left outside.
 * Bundling is for start-up: one file read instead of a few hundred module resolutions.
 */
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { build } from 'esbuild';

const { version } = JSON.parse(readFileSync(new URL('package.json', import.meta.url), 'utf8'));

const entryPoints = {
  'core/index': 'core/index.ts',
  'ml/index': 'ml/index.ts',
  'ops/index': 'ops/index.ts',
  'cli/main': 'cli/main.ts',
};

const present = Object.fromEntries(Object.entries(entryPoints).filter(([, file]) => existsSync(file)));
rmSync(new URL('dist', import.meta.url), { recursive: true, force: true });
if (Object.keys(present).length > 0) await build({
  entryPoints: present,
  absWorkingDir: new URL('.', import.meta.url).pathname,
  outdir: 'dist',
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
