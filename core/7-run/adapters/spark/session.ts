import type { Rows, Session } from '../adapter.ts';
import { EngineError } from '../engine-error.ts';
import type { LivySession, Running } from './livy/livy-session.ts';
import { identifier, relationName } from './quote.ts';

/** A connection of a run: a view of the one Livy session, with its own running statement. */
export function sparkSession(livy: LivySession, id: number, schema: string): Session {
  let running: Running | undefined;
  let guarded = false;
  let held = 0;
  const query = async (sql: string): Promise<Rows> => {
    const mine = livy.run(sql);
    running = mine;
    try {
      return await mine.done;
    } finally {
      if (running === mine) running = undefined;
    }
  };
  const session: Session = {
    id,
    run: async (sql) => {
      await query(sql);
      return {};
    },
    query,
    // Spark has no transactions; what must not be seen early is built aside.
    begin: async () => undefined,
    commit: async () => undefined,
    rollback: async () => undefined,
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
      const name = `${identifier(schema)}.${identifier(`churn_held_${id}_${held++}`)}`;
      await query(`create or replace table ${name} using delta as\n${sql}`);
      const [[count] = []] = (await query(`select count(*) from ${name}`)).rows;
      return { columns: [], count: Number(count ?? 0), payload: name };
    },
    writeHeld: async (relation, { payload }) => {
      const name = String(payload);
      await query(`create or replace table ${relationName(relation)} using delta as select * from ${name}`);
      await query(`drop table if exists ${name}`);
    },
    interrupt: () => {
      if (!guarded) running?.cancel();
    },
    close: () => undefined,
  };
  return session;
}
