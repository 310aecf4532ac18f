import type { Rows, Session } from '../adapter.ts';
import { EngineError } from '../engine-error.ts';
import { identifier, relationName } from './quote.ts';
import type { RetryingConnection } from './tds/retrying.ts';

/** A connection of a run: one login, renewed when it breaks. */
export function fabricSession(connection: RetryingConnection, id: number, schema: string): Session {
  let guarded = false;
  let held = 0;
  const query = async (sql: string): Promise<Rows> => connection.run({ sql, repeatable: true });
  return {
    id,
    run: async (sql, repeatable = false) => {
      const { written } = await connection.run({ sql, repeatable });
      return written === undefined ? {} : { rows: written };
    },
    query,
    // A node is built aside and published by one batch, which holds its own transaction: locks on the
    // catalog are kept for that long only.
    begin: async () => undefined,
    commit: async () => undefined,
    rollback: () => connection.rollback(),
    cleanUp: async (statements) => {
      guarded = true;
      try {
        for (const sql of statements) await query(sql);
      } catch (thrown) {
        if (!(thrown instanceof EngineError)) throw thrown;
        // What stays behind is replaced by the next run.
      } finally {
        guarded = false;
      }
    },
    hold: async (sql) => {
      const name = `${identifier(schema)}.${identifier(`churn_held_${process.pid}_${id}_${held++}`)}`;
      await query(`drop table if exists ${name};\ncreate table ${name} as\n${sql}`);
      const [[count] = []] = (await query(`select count_big(*) from ${name}`)).rows;
      return { columns: [], count: Number(count ?? 0), payload: name };
    },
    writeHeld: async (relation, { payload }) => {
      const name = String(payload);
      await query(
        [
          'begin transaction;',
          `drop table if exists ${relationName(relation)};`,
          `create table ${relationName(relation)} as\nselect * from ${name};`,
          'commit transaction',
        ].join('\n'),
      );
      await query(`drop table if exists ${name}`);
    },
    interrupt: () => {
      if (!guarded) connection.interrupt();
    },
    close: () => connection.close(),
  };
}
