/**
 * Bundles the framework to dist/: one entry per public face, shared code in chunks, packages left outside.
 * Bundling is for start-up: one file read instead of a few hundred module resolutions. A failed build leaves the
 * last good dist/ in place. `--types` adds declarations, which a package needs and the repository does not.
 */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { buildKernels } from './ml/kernels/build-kernels.mjs';

const root = import.meta.dirname;
const dist = join(root, 'dist');
const aside = join(root, `dist.${process.pid}`);
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

const duckDb = '@duckdb/node-api';
const bindings = '@duckdb/node-bindings';

/**
 * DuckDB's interface is some sixty CommonJS files, and finding and reading them takes longer than running them: they go
 * into one file, `dist/duckdb.cjs`. It is required and not imported, as Node would first scan it for names; by a path
 * from the chunk, as the build runs its own command line before the folder has its name.
 */
const requireDuckDb = (file) => ({
  name: 'require-duckdb',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^@duckdb\/node-api$/ }, () => ({ path: duckDb, namespace: 'required' }));
    onLoad({ filter: /.*/, namespace: 'required' }, () => {
      const exported = Object.keys(createRequire(import.meta.url)(duckDb)).filter((key) => key !== 'default');
      return {
        contents: [
          "import { createRequire } from 'node:module';",
          `export const { ${exported.join(', ')} } = createRequire(import.meta.url)('${file}');`,
        ].join('\n'),
        resolveDir: root,
      };
    });
  },
});

/** The native part stays a package of its own, and is looked up from the one that depends on it. */
const bindingsOfDuckDb = {
  name: 'bindings-of-duckdb',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^@duckdb\/node-bindings$/ }, () => ({ path: bindings, namespace: 'native' }));
    onLoad({ filter: /.*/, namespace: 'native' }, () => ({
      contents: [
        "const { createRequire } = require('node:module');",
        `module.exports = createRequire(require.resolve('${duckDb}'))('${bindings}');`,
      ].join('\n'),
      resolveDir: root,
    }));
  },
};

const node20 = { absWorkingDir: root, bundle: true, platform: 'node', target: 'node20', logLevel: 'warning' };

const options = {
  ...node20,
  splitting: true,
  format: 'esm',
  packages: 'external',
  conditions: ['churn-source'],
  jsx: 'automatic',
  sourcemap: true,
  define: { CHURN_VERSION: JSON.stringify(version), CHURN_BUILD: JSON.stringify(buildName()) },
};

/** Half as much to read at every start; lines stay short, since Node shows the one that an error was thrown in. */
const small = { minifyWhitespace: true, minifySyntax: true, lineLimit: 160 };

try {
  await build({
    ...options,
    plugins: [requireDuckDb('./duckdb.cjs')],
    entryPoints: {
      'core/index': 'core/index.ts',
      'ml/index': 'ml/index.ts',
      'ml/worker': 'ml/kernels/worker.ts',
      'ml/bin-worker': 'ml/kernels/bin-worker.ts',
      'ops/index': 'ops/index.ts',
    },
    outdir: aside,
  });
  await build({
    ...node20,
    ...small,
    format: 'cjs',
    external: [duckDb],
    plugins: [bindingsOfDuckDb],
    banner: { js: `/*\n${readFileSync(join(root, 'node_modules', duckDb, 'LICENSE'), 'utf8')}*/` },
    entryPoints: [join(root, 'node_modules', duckDb, 'lib/index.js')],
    outfile: join(aside, 'duckdb.cjs'),
  });
  await buildKernels(root, join(aside, 'ml/kernels.wasm'));
  // Apart from the faces: as long as nothing asks for a face as a whole, a command loads only the files it uses.
  await build({
    ...options,
    ...small,
    plugins: [requireDuckDb('../duckdb.cjs')],
    entryPoints: { main: 'cli/main.ts', 'help-texts': 'cli/help-texts.ts' },
    outdir: join(aside, 'cli'),
  });
  // bin/churn.cjs answers --help from text: nothing is loaded to say what there is.
  const { helpTexts } = await import(pathToFileURL(join(aside, 'cli/help-texts.js')).href);
  writeFileSync(join(aside, 'cli/help.json'), JSON.stringify(await helpTexts()));
  if (process.argv.includes('--types')) {
    const tsc = join(root, 'node_modules/typescript/bin/tsc');
    const outDir = join(aside, 'types');
    execFileSync(process.execPath, [tsc, '-p', 'tsconfig.types.json', '--outDir', outDir], {
      cwd: root,
      stdio: 'inherit',
    });
  }
  rmSync(dist, { recursive: true, force: true });
  renameSync(aside, dist);
} catch (error) {
  // esbuild has told its own errors, with file and line.
  if (error.errors === undefined) console.error(error);
  rmSync(aside, { recursive: true, force: true });
  process.exitCode = 1;
}

/** Names what the bundle is made from: all sources and the exact versions of the packages. */
function buildName() {
  const hash = createHash('sha256');
  const sources = ['core', 'ml', 'ops', 'cli'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true }).map((file) => join(folder, file)),
  );
  for (const file of [
    'package.json',
    'build.mjs',
    ...sources.filter((name) => /\.(ts|tsx)$/.test(name)).sort(),
  ])
    hash.update(`${file}\n`).update(readFileSync(join(root, file)));
  return hash.digest('hex').slice(0, 32);
}
