import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';

export const binary = join(import.meta.dirname, '../../../bin/churn.cjs');

export interface Ran {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** The environment of a quiet machine: no CI, no colours, no terminal of the test's own. */
export const environment: NodeJS.ProcessEnv = Object.fromEntries(
  Object.entries(process.env).filter(
    ([name]) => !/^(CI|NO_COLOR|FORCE_COLOR|CHURN_DEBUG|VITEST.*|NODE_ENV)$/.test(name),
  ),
);

/** Runs the built binary to its end. */
export function churn(cwd: string, argv: readonly string[], env: NodeJS.ProcessEnv = {}): Ran {
  const { status, stdout, stderr } = spawnSync(process.execPath, [binary, ...argv], {
    cwd,
    env: { ...environment, ...env },
    encoding: 'utf8',
    timeout: 60_000,
  });
  return { code: status, stdout, stderr };
}

/** Starts the built binary; `ended` resolves with what it said. */
export function startChurn(cwd: string, argv: readonly string[]) {
  const child = spawn(process.execPath, [binary, ...argv], { cwd, env: environment });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk) => {
    stdout += chunk;
  });
  child.stderr.on('data', (chunk) => {
    stderr += chunk;
  });
  const ended = new Promise<Ran & { readonly signal: string | null }>((resolve) => {
    child.on('close', (code, signal) => resolve({ code, signal, stdout, stderr }));
  });
  const says = async (text: string): Promise<void> => {
    while (!stderr.includes(text)) await new Promise((resume) => setTimeout(resume, 20));
  };
  return { child, ended, says };
}

/** A folder that is gone after the tests of the file. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'churn-cli-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
