import { setTimeout as sleep } from 'node:timers/promises';
import type { BoundColumn } from '../../../../4-bind/index.ts';
import type { Rows, Scalar } from '../../adapter.ts';
import { EngineError } from '../../engine-error.ts';
import { classifySparkError } from '../classify.ts';
import { duckdbType } from '../types.ts';
import { Busy, type LivyHttp } from './http.ts';

/** A statement on its way: `cancel` may be called at any time, and again. */
export interface Running {
  readonly done: Promise<Rows>;
  readonly cancel: () => void;
}

export interface OpenSessionOptions {
  readonly conf: Readonly<Record<string, string>>;
  /** A session of an earlier run; taken when it is still idle. */
  readonly reuse?: number;
  /** Milliseconds to wait for a session to start. */
  readonly patience: number;
}

const gone = new Set(['dead', 'error', 'killed', 'shutting_down', 'success']);

/**
 * One Livy session: Spark runs its statements one after the other, so every connection of a run shares it. A statement
 * whose answer got lost is looked for under the number it must have got, and sent again only when it is not there.
 */
export class LivySession {
  readonly id: number;
  readonly #http: LivyHttp;
  #next: number;
  #posting: Promise<unknown> = Promise.resolve();

  private constructor(http: LivyHttp, id: number, next: number) {
    this.#http = http;
    this.id = id;
    this.#next = next;
  }

  /** Takes up the session of an earlier run, or starts one and waits until it is idle. */
  static async open(http: LivyHttp, { conf, reuse, patience }: OpenSessionOptions): Promise<LivySession> {
    if (reuse !== undefined) {
      const { status, body } = await http.send('GET', `/sessions/${reuse}`);
      if (status !== 404 && body.state === 'idle') {
        const { body: list } = await http.send('GET', `/sessions/${reuse}/statements`);
        const statements = Array.isArray(list.statements) ? list.statements : [];
        const known = typeof list.total_statements === 'number' ? list.total_statements : statements.length;
        return new LivySession(http, reuse, known);
      }
    }
    // A session started by a request whose answer got lost idles away on the server: the price of not being stuck.
    const { body: made } = await http.send('POST', '/sessions', {
      kind: 'sql',
      name: `churn-${process.pid}-${Date.now()}`,
      conf,
    });
    const id = Number(made.id);
    const until = Date.now() + patience;
    for (let state = made.state; state !== 'idle'; ) {
      if (gone.has(String(state)) || Date.now() > until) {
        const message = `Livy session ${id} did not start: its state is \`${String(state)}\``;
        throw new EngineError({ kind: 'session-lost', message, fatal: true });
      }
      await sleep(200);
      state = (await http.send('GET', `/sessions/${id}`)).body.state;
    }
    return new LivySession(http, id, 0);
  }

  /** Sends one SQL statement and polls until it has ended. */
  run(sql: string): Running {
    const control = { cancelled: false, number: undefined as number | undefined, told: false };
    const tell = () => {
      if (control.number === undefined || control.told) return;
      control.told = true;
      const path = `/sessions/${this.id}/statements/${control.number}/cancel`;
      this.#http.send('POST', path).catch(() => undefined);
    };
    const done = (async () => {
      control.number = await this.#post(sql);
      if (control.cancelled) tell();
      return this.#poll(control.number);
    })();
    return {
      done,
      cancel: () => {
        control.cancelled = true;
        tell();
      },
    };
  }

  /** Ends the session on the server. */
  async end(): Promise<void> {
    await this.#http.send('DELETE', `/sessions/${this.id}`);
  }

  /** One POST at a time, so that the number a statement must get is known before it is sent. */
  #post(code: string): Promise<number> {
    const mine = this.#posting.then(() => {
      let sent = false;
      return this.#http.retry(async () => {
        if (sent && (await this.#arrived(this.#next))) return this.#next++;
        try {
          sent = true;
          const { status, body } = await this.#http.once('POST', `/sessions/${this.id}/statements`, {
            code,
            kind: 'sql',
          });
          if (status === 404) throw this.#lost('it is not there any more');
          this.#next = Number(body.id) + 1;
          return Number(body.id);
        } catch (thrown) {
          if (thrown instanceof Busy) sent = false;
          throw thrown;
        }
      });
    });
    this.#posting = mine.catch(() => undefined);
    return mine;
  }

  async #arrived(number: number): Promise<boolean> {
    const { status } = await this.#http.once('GET', `/sessions/${this.id}/statements/${number}`);
    if (status === 404) await this.#alive();
    return status !== 404;
  }

  async #poll(number: number): Promise<Rows> {
    for (let pause = 15; ; pause = Math.min(pause * 1.5, 1000)) {
      const path = `/sessions/${this.id}/statements/${number}`;
      const { status, body } = await this.#http.send('GET', path);
      if (status === 404) {
        await this.#http.retry(() => this.#alive());
        throw this.#lost(`it has forgotten statement ${number}`);
      }
      const { state, output } = body;
      if (state === 'available' || state === 'error') return readOutput(output);
      if (state === 'cancelled' || state === 'cancelling') {
        throw new EngineError({ kind: 'interrupted', message: 'cancelled', fatal: false });
      }
      await sleep(pause);
    }
  }

  async #alive(): Promise<void> {
    const { status, body } = await this.#http.once('GET', `/sessions/${this.id}`);
    if (status === 404) throw this.#lost('it is not there any more');
    if (gone.has(String(body.state))) throw this.#lost(`its state is \`${String(body.state)}\``);
  }

  #lost(why: string): EngineError {
    const message = `Livy session ${this.id} is lost: ${why}`;
    return new EngineError({ kind: 'session-lost', message, fatal: true });
  }
}

interface Output {
  readonly status?: string;
  readonly ename?: string;
  readonly evalue?: string;
  readonly data?: Readonly<Record<string, unknown>>;
}

interface Table {
  readonly schema?: { readonly fields?: readonly { readonly name: string; readonly type: unknown }[] };
  readonly data?: readonly (readonly unknown[])[];
}

function readOutput(given: unknown): Rows {
  const output = (given ?? {}) as Output;
  if (output.status !== 'ok')
    throw classifySparkError(output.ename ?? '', output.evalue ?? 'no reason given');
  const table = (output.data?.['application/json'] ?? {}) as Table;
  const columns: BoundColumn[] = (table.schema?.fields ?? []).map(({ name, type }) => ({
    name,
    type: duckdbType(typeof type === 'string' ? type : JSON.stringify(type)),
  }));
  return { columns, rows: (table.data ?? []).map((row) => row.map(toScalar)) };
}

function toScalar(value: unknown): Scalar {
  if (value === null || value === undefined) return null;
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? value
    : JSON.stringify(value);
}
