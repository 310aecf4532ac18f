import type { TinyDatabase } from './database.ts';
import type { Masking } from './masks.ts';
import type { Difference, Replay } from './replay.ts';

/** Leaves out rows one by one as long as the column still differs: a witness is to be read. */
export async function shrink(
  replay: Replay,
  database: TinyDatabase,
  difference: Difference,
  masking: Masking,
): Promise<{ readonly database: TinyDatabase; readonly difference: Difference }> {
  let best = { database, difference };
  let runs = 0;
  for (const [id, rows] of database) {
    for (let index = rows.length - 1; index >= 0 && runs < 12; index--) {
      runs += 1;
      const fewer = new Map(best.database);
      const kept = fewer.get(id) ?? [];
      fewer.set(
        id,
        kept.filter((_, place) => place !== index),
      );
      const found = await replay.run(fewer, [difference.column], masking, difference.predictionTime);
      const same = found?.find(({ column }) => column === difference.column);
      if (same !== undefined) best = { database: fewer, difference: same };
    }
  }
  return best;
}
