/** Bundles a suite of this folder and runs it: `node tests/peers/audit/run.mjs mutants [flags]`. */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const [name, ...flags] = process.argv.slice(2);
const outfile = join(import.meta.dirname, '../../../node_modules/.cache/churn-audit', `${name}.mjs`);
await build({
  entryPoints: [join(import.meta.dirname, `${name}.ts`)],
  outfile,
  bundle: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  packages: 'external',
  conditions: ['churn-source'],
  logLevel: 'error',
});
process.argv = [process.argv[0], outfile, ...flags];
await import(pathToFileURL(outfile).href);
