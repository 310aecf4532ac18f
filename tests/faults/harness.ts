import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { build } from 'esbuild';
import { onTestFinished } from 'vitest';

const repository = join(import.meta.dirname, '../..');
const bundle = join(repository, 'node_modules/.cache/churn-faults');
const runner = join(bundle, 'run.mjs');

/** Bundles the command line from the sources as they are, so that real processes can be started and killed. */
export async function bundleCli(): Promise<void> {
  await build({
    entryPoints: { main: join(repository, 'cli/main.ts') },
    absWorkingDir: repository,
    outdir: bundle,
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    packages: 'external',
    conditions: ['churn-source'],
    jsx: 'automatic',
    define: { CHURN_VERSION: '"0.0.0"' },
    logLevel: 'error',
  });
  writeFileSync(
    runner,
    `import { main } from './main.js';
const { stdin, stdout, stderr, env, argv } = process;
process.exit(await main({ argv: argv.slice(2), cwd: process.cwd(), env, stdin, stdout, stderr }));\n`,
  );
}

/** A project folder; who makes it removes it. */
export function project(files: Readonly<Record<string, string>>, parent = tmpdir()): string {
  const root = mkdtempSync(join(parent, 'churn-fault-'));
  const all = {
    'churn_project.yml': `name: faults\nversion: '1.0'\nvars: {v: 1, slow: 0}\ntargets:\n  dev: {type: duckdb, path: data.duckdb, schema: main, threads: 2}\n`,
    ...files,
  };
  for (const [path, text] of Object.entries(all)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return root;
}

/** A copy of a built project, with its database. */
export function copyOf(built: string): string {
  const root = mkdtempSync(join(tmpdir(), 'churn-fault-'));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  cpSync(built, root, { recursive: true });
  return root;
}

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export function churn(root: string, ...args: string[]): Ended {
  const { status, stdout, stderr } = spawnSync(process.execPath, [runner, ...args], {
    cwd: root,
    encoding: 'utf8',
    env: { ...process.env, NO_COLOR: '1', CI: '1' },
  });
  return { code: status, stdout, stderr };
}

/** Starts a build and resolves when it says that `node` has begun; the process is ended with the test at the latest. */
export async function churnUntil(root: string, node: string, ...args: string[]) {
  const child = spawn(process.execPath, [runner, ...args, '--json'], { cwd: root });
  onTestFinished(() => void child.kill('SIGKILL'));
  let stdout = '';
  child.stdout.setEncoding('utf8');
  await new Promise<void>((resolve, reject) => {
    child.stdout.on('data', (text: string) => {
      stdout += text;
      if (stdout.includes(`"type":"node-start","unique_id":"model.faults.${node}"`)) resolve();
    });
    child.on('exit', () => reject(new Error(`ended before ${node} began: ${stdout}`)));
  });
  return { child, ended: ended(child) };
}

function ended(child: ChildProcess): Promise<number | null> {
  return new Promise((resolve) => child.on('exit', (code) => resolve(code)));
}

/** Rows of a query, by a connection of this process that is closed again. */
export async function query(root: string, sql: string): Promise<unknown[][]> {
  const instance = await DuckDBInstance.create(join(root, 'data.duckdb'));
  const connection = await instance.connect();
  try {
    return (await connection.runAndReadAll(sql)).getRowsJson() as unknown[][];
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

export const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));
