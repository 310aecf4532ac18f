/** Runs programs written in TypeScript as they stand in the sources: bundled first, since Node 20 reads no types. */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';

/** esbuild's options for a program out of the sources. */
export const fromSources = {
  bundle: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  packages: 'external',
  conditions: ['churn-source'],
  jsx: 'automatic',
  logLevel: 'error',
};

/** Runs `NAME.ts` of a folder, the name being the first argument and the rest the program's own. */
export async function runFrom(folder) {
  const [name, ...flags] = process.argv.slice(2);
  const outfile = join(import.meta.dirname, '../node_modules/.cache/churn-bundled', `${name}.mjs`);
  await build({ ...fromSources, entryPoints: [join(folder, `${name}.ts`)], outfile });
  process.argv = [process.argv[0], outfile, ...flags];
  await import(pathToFileURL(outfile).href);
}
