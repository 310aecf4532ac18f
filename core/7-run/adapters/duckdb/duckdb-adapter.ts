import type { Adapter } from '../adapter.ts';
import type { DuckDbSession } from './session.ts';

/** The DuckDB adapter: sessions of one open database, within this process. */
export interface DuckDbAdapter extends Adapter {
  readonly type: 'duckdb';
  readonly connect: () => Promise<DuckDbSession>;
  /** The session made on opening; for single-threaded work (columns, previews). Read it anew after `reclaim`. */
  readonly main: DuckDbSession;
}
