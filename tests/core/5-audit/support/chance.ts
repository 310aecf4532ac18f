import type { DataRow } from '../../../../core/5-audit/on-data/audit-on-data.ts';
import { canonical, groupRows } from '../../../../core/5-audit/witness/compare-rows.ts';
import type { TinyDatabase } from '../../../../core/5-audit/witness/database.ts';
import { Random } from '../../../../core/5-audit/witness/random.ts';
import { type Difference, entityOf, type Replay, rowsAt } from '../../../../core/5-audit/witness/replay.ts';

const ORDERS = 128;
/** An answer so common on one side that it would be seen on the other: by chance it is missing there once in 100,000. */
const COMMON = 12;

/**
 * Whether a difference between D and D|p is one of chance: a model that orders by a key with ties may answer this or that,
 * with the future and without. The same rows are loaded in many orders. Where an entity often gets an answer with the future
 * that it never gets without, or the other way around, the difference is a leak. What was staged is replaced.
 */
export async function isChance(
  replay: Replay,
  database: TinyDatabase,
  { column, predictionTime, masking }: Difference,
): Promise<boolean> {
  const random = new Random(1);
  const copies = Array.from({ length: ORDERS }, () => shuffled(database, random));
  await replay.staging.load(copies);
  const whole: Answers = new Map();
  const masked: Answers = new Map();
  const note = (answers: Answers, rows: readonly DataRow[]): void => {
    for (const [entity, own] of groupRows(rowsAt(rows, predictionTime, replay.node), entityOf(replay.node))) {
      const answer = own.map((row) => canonical(row[column])).sort();
      answers.set(entity, [...(answers.get(entity) ?? []), answer.join()]);
    }
  };
  for (const number of copies.keys()) {
    note(whole, await replay.rows(number));
    note(masked, await replay.rows(number, { moment: predictionTime, masking }));
  }
  return [...new Set([...whole.keys(), ...masked.keys()])].every((entity) => {
    const [one, other] = [counts(whole, entity), counts(masked, entity)];
    return isCovered(one, other) && isCovered(other, one);
  });
}

/** An answer for each order in which the entity has rows. */
type Answers = Map<string, string[]>;

/** How often each answer was given; where an order gave no row, that is an answer too. */
function counts(answers: Answers, entity: string): ReadonlyMap<string, number> {
  const seen = answers.get(entity) ?? [];
  const found = new Map([['no row', ORDERS - seen.length]]);
  for (const answer of seen) found.set(answer, (found.get(answer) ?? 0) + 1);
  return found;
}

/** Whether the other side gives every common answer at times. */
function isCovered(counts: ReadonlyMap<string, number>, other: ReadonlyMap<string, number>): boolean {
  return [...counts].every(([answer, count]) => count < COMMON || (other.get(answer) ?? 0) > 0);
}

function shuffled(database: TinyDatabase, random: Random): TinyDatabase {
  return new Map(
    [...database].map(([table, rows]) => {
      const mixed = [...rows];
      for (let at = mixed.length - 1; at > 0; at--) {
        const other = random.below(at + 1);
        [mixed[at], mixed[other]] = [mixed[other] as (typeof mixed)[0], mixed[at] as (typeof mixed)[0]];
      }
      return [table, mixed];
    }),
  );
}
