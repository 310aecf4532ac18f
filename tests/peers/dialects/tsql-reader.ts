import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** sqlglot as a process of its own: T-SQL in, DuckDB SQL out. */
export class TsqlReader {
  readonly #worker: ChildProcessWithoutNullStreams;
  readonly #answers: AsyncIterator<string>;
  #turn: Promise<unknown> = Promise.resolve();

  private constructor(worker: ChildProcessWithoutNullStreams) {
    this.#worker = worker;
    this.#answers = createInterface({ input: worker.stdout })[Symbol.asyncIterator]();
  }

  static async start(): Promise<TsqlReader> {
    const python = process.env.CHURN_PEER_PYTHON ?? 'python3';
    const reader = new TsqlReader(spawn(python, [join(import.meta.dirname, 'tsql_worker.py')]));
    await reader.#answers.next();
    return reader;
  }

  /** @throws when sqlglot cannot read it */
  read(sql: string): Promise<string> {
    return this.#ask({ sql }, sql);
  }

  /** What sqlglot and sqlfluff have against a batch; empty when both read it. */
  async parse(sql: string): Promise<string> {
    return this.#exchange({ parse: sql }).then(({ error = '' }) => error);
  }

  /** Tells it the columns of the tables: what an operator of T-SQL means depends on types. */
  async tables(tables: object): Promise<void> {
    await this.#ask({ tables }, 'tables');
  }

  async #ask(request: object, sql: string): Promise<string> {
    const answer = await this.#exchange(request);
    if (answer.sql === undefined) throw new Error(`${answer.error}\n${sql}`);
    return answer.sql;
  }

  #exchange(request: object): Promise<{ readonly sql?: string; readonly error?: string }> {
    const mine = this.#turn.then(async () => {
      this.#worker.stdin.write(`${JSON.stringify(request)}\n`);
      const { value = '{"error": "the reader ended"}' } = await this.#answers.next();
      return JSON.parse(value) as { readonly sql?: string; readonly error?: string };
    });
    this.#turn = mine.catch(() => undefined);
    return mine;
  }

  stop(): void {
    this.#worker.kill();
  }
}
