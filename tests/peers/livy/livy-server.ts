import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

export const token = 'a-token-that-must-not-be-printed';

export interface Fault {
  readonly status?: number;
  readonly times?: number;
  readonly method?: string;
  readonly path?: string;
  readonly retry_after?: number;
  readonly die_after?: number;
  readonly lose_session_after?: number;
  readonly lose_answers?: number;
}

/** The Livy server of this folder as a process of its own, with Spark and its catalog under `home`. */
export class LivyServer {
  readonly #home: string;
  #process: ChildProcess | undefined;
  url = '';

  constructor(home: string) {
    this.#home = home;
  }

  async start(): Promise<void> {
    const python = process.env.CHURN_PEER_PYTHON ?? 'python3';
    const ivy = process.env.CHURN_PEER_IVY ?? join(this.#home, 'ivy');
    const args = [join(import.meta.dirname, 'server.py'), '--home', this.#home, '--ivy', ivy];
    const child = spawn(python, args, {
      detached: true,
      env: { ...process.env, LIVY_TOKEN: token },
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    this.#process = child;
    for await (const line of createInterface({ input: child.stdout })) {
      const port = /^\{"port": (\d+)/.exec(line)?.[1];
      if (port === undefined) continue;
      this.url = `http://127.0.0.1:${port}`;
      return;
    }
    throw new Error('the Livy server did not start');
  }

  async fault(fault: Fault): Promise<void> {
    await fetch(`${this.url}/faults`, { method: 'POST', body: JSON.stringify(fault) });
  }

  /** Resolves when the process has ended by itself. */
  async ended(): Promise<void> {
    const child = this.#process;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    await new Promise((resolve) => child.once('exit', resolve));
  }

  async stop(): Promise<void> {
    const pid = this.#process?.pid;
    if (pid === undefined) return;
    try {
      process.kill(-pid, 'SIGKILL');
    } catch {
      // It has ended already.
    }
    await this.ended();
  }
}

export interface Ran {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

const churnBin = join(import.meta.dirname, '../../../bin/churn.cjs');

type Environment = Readonly<Record<string, string>>;

/** Runs the real binary to its end, without blocking: the test runner must hear from its worker. */
export function churn(cwd: string, args: readonly string[], env: Environment): Promise<Ran> {
  return churnInterrupted(cwd, args, env, undefined);
}

/** Runs the real binary and interrupts it as Ctrl-C does once `when` appears in what it says. */
export async function churnInterrupted(
  cwd: string,
  args: readonly string[],
  env: Environment,
  when: RegExp | undefined,
): Promise<Ran> {
  const child = spawn(process.execPath, [churnBin, ...args], { cwd, env: { ...process.env, ...env } });
  let [stdout, stderr, sent] = ['', '', false];
  const look = () => {
    if (sent || when === undefined || !when.test(stderr)) return;
    sent = true;
    child.kill('SIGINT');
  };
  child.stdout.on('data', (data) => {
    stdout += data;
  });
  child.stderr.on('data', (data) => {
    stderr += data;
    look();
  });
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  return { code, stdout, stderr };
}
