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

  /** Tells it the columns of the tables: what an operator of T-SQL means depends on types. */
  async tables(
    tables: ReadonlyMap<string, readonly { readonly name: string; readonly type: string }[]>,
  ): Promise<void> {
    const all = [...tables].map(([table, columns]) => [
      table,
      Object.fromEntries(columns.map(({ name, type }) => [name, type])),
    ]);
    await this.#ask({ tables: Object.fromEntries(all) }, 'tables');
  }

  #ask(request: object, sql: string): Promise<string> {
    const mine = this.#turn.then(async () => {
      this.#worker.stdin.write(`${JSON.stringify(request)}\n`);
      const { value = '{"error": "the reader ended"}' } = await this.#answers.next();
      const answer = JSON.parse(value) as { readonly sql?: string; readonly error?: string };
      if (answer.sql === undefined) throw new Error(`${answer.error}\n${sql}`);
      return answer.sql;
    });
    this.#turn = mine.catch(() => undefined);
    return mine;
  }

  stop(): void {
    this.#worker.kill();
  }
}
