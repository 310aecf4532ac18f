import { statSync, truncateSync } from 'node:fs';
import type { Session } from '../adapter.ts';

/** DuckDB's three file headers of 4 KiB, before the blocks. */
const headerBytes = 12_288;

/** True when the database has a write-ahead log that was not folded into the file yet. */
export function hasLog(path: string): boolean {
  return (statSync(`${path}.wal`, { throwIfNoEntry: false })?.size ?? 0) > 0;
}

/**
 * Cuts off what a rolled back or killed statement wrote beyond the last block of the database. DuckDB never gives
 * that space back by itself, so a build that filled the disk would leave it full.
 *
 * Safe only right after opening, when there was no log to replay: then the blocks that DuckDB counts are all there is.
 */
export async function reclaimSpace(session: Session, path: string): Promise<void> {
  const { rows } = await session.query(
    'select block_size, total_blocks from pragma_database_size() where database_name = current_database()',
  );
  const [blockSize, blocks] = (rows[0] ?? []).map(Number);
  if (blockSize === undefined || blocks === undefined || !(blockSize > 0)) return;
  const needed = headerBytes + blocks * blockSize;
  if (statSync(path).size > needed) truncateSync(path, needed);
}
