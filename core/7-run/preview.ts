import type { Rows, Session } from './adapters/adapter.ts';
import { withoutSemicolon } from './plan/statement.ts';

/**
 * The first rows of a query, for `churn show`. Nothing is created.
 *
 * @param limit rows; negative: all of them
 * @throws EngineError when the query fails
 */
export function preview(session: Session, sql: string, limit: number): Promise<Rows> {
  const tail = limit < 0 ? '' : ` limit ${Math.trunc(limit)}`;
  return session.query(`select * from (\n${withoutSemicolon(sql)}\n) as preview${tail}`);
}
