import { setTimeout as sleep } from 'node:timers/promises';
import { EngineError } from '../../engine-error.ts';
import { type Endpoint, secretsOf } from '../endpoint.ts';
import { type BatchResult, type OnRow, TdsConnection } from './connection.ts';
import type { Driver } from './driver.ts';
import { type Failure, failureOf } from './errors.ts';

export interface RetryOptions {
  /** Tries of one statement or login before it is given up. */
  readonly attempts: number;
  /** Milliseconds before the second try; doubled for each further one, up to half a minute. */
  readonly firstDelay: number;
}

export const defaultRetries: RetryOptions = { attempts: 7, firstDelay: 250 };

export interface Batch {
  readonly sql: string;
  /** Carried out twice it does what it does once: sent again after a conflict and when its answer got lost. */
  readonly repeatable: boolean;
  readonly onRow?: OnRow;
}

/**
 * A login that is renewed when it breaks. What the server refused unread is sent again always; what it took back
 * (conflicts), and what it may have done without telling (a lost connection), only when the batch is repeatable.
 */
export class RetryingConnection {
  readonly #driver: Driver;
  readonly #endpoint: Endpoint;
  readonly #options: RetryOptions;
  readonly #secrets: readonly string[];
  #connection: TdsConnection | undefined;
  #stop = new AbortController();
  #busy = false;

  constructor(driver: Driver, endpoint: Endpoint, options: RetryOptions = defaultRetries) {
    this.#driver = driver;
    this.#endpoint = endpoint;
    this.#options = options;
    this.#secrets = secretsOf(endpoint);
  }

  /** @throws EngineError */
  async run({ sql, repeatable, onRow }: Batch): Promise<BatchResult> {
    this.#busy = true;
    try {
      return await this.#attempt(async (connection) => connection.run(sql, onRow), repeatable);
    } finally {
      this.#busy = false;
      this.#stop = new AbortController();
    }
  }

  /** Logs in when it is not, so that a wrong address or login is told before anything is sent. */
  async login(): Promise<void> {
    await this.#attempt(async () => undefined, true);
  }

  /** Ends an open transaction; a broken login has none. */
  async rollback(): Promise<void> {
    if (this.#connection?.isOpen !== true) return;
    try {
      await this.#connection.run('if @@trancount > 0 rollback transaction');
    } catch {
      this.#drop();
    }
  }

  /** Makes the running batch fail with kind `interrupted`, also while it waits for its next try. */
  interrupt(): void {
    if (!this.#busy) return;
    this.#stop.abort();
    if (this.#connection?.isOpen) this.#connection.cancel();
  }

  close(): void {
    this.#drop();
  }

  async #attempt<Result>(
    act: (connection: TdsConnection) => Promise<Result>,
    repeatable: boolean,
  ): Promise<Result> {
    const { attempts, firstDelay } = this.#options;
    for (let count = 1; ; count++) {
      if (this.#stop.signal.aborted) throw interrupted();
      let failure: Failure;
      let sent = false;
      try {
        const connection = await this.#connected();
        sent = true;
        return await act(connection);
      } catch (thrown) {
        if (thrown instanceof EngineError) throw thrown;
        failure = failureOf(thrown, this.#secrets);
      }
      if (failure.lost) this.#drop();
      else await this.rollback();
      if (this.#stop.signal.aborted) throw interrupted();
      const again = failure.transient && (!sent || failure.refused || repeatable);
      if (!again && failure.lost && sent) throw lost(failure);
      if (!again) throw failure.error;
      if (count >= attempts) throw usedUp(failure, attempts);
      const delay = Math.min(firstDelay * 2 ** (count - 1), 30_000);
      await sleep(delay, undefined, { signal: this.#stop.signal }).catch(() => undefined);
    }
  }

  async #connected(): Promise<TdsConnection> {
    if (this.#connection?.isOpen !== true)
      this.#connection = await TdsConnection.open(this.#driver, this.#endpoint);
    return this.#connection;
  }

  #drop(): void {
    this.#connection?.close();
    this.#connection = undefined;
  }
}

function interrupted(): EngineError {
  return new EngineError({ kind: 'interrupted', message: 'cancelled', fatal: false });
}

function lost({ error }: Failure): EngineError {
  return new EngineError({ kind: 'session-lost', message: error.info.message, fatal: true });
}

function usedUp({ error }: Failure, attempts: number): EngineError {
  return new EngineError({ ...error.info, message: `${error.info.message}; ${attempts} tries` });
}
