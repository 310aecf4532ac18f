import { canonical } from '../../../../core/5-audit/witness/compare-rows.ts';
import type { TinyDatabase } from '../../../../core/5-audit/witness/database.ts';
import { Random } from '../../../../core/5-audit/witness/random.ts';
import type { Difference, Replay } from '../../../../core/5-audit/witness/replay.ts';

const ORDERS = 64;

/**
 * Whether a difference between D and D|p is one of chance: a model that orders by a key with ties may answer this or that,
 * with the future and without. The same rows are loaded in many orders. Where each entity gets the same answers with the
 * future and without, only not in the same order, nothing of the future is in them. What was staged is replaced.
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
  for (const number of copies.keys()) {
    note(whole, await replay.rows(number), replay, column, predictionTime);
    note(
      masked,
      await replay.rows(number, { moment: predictionTime, masking }),
      replay,
      column,
      predictionTime,
    );
  }
  return [...new Set([...whole.keys(), ...masked.keys()])].every((entity) => {
    const without = answersOf(masked, entity);
    const answers = answersOf(whole, entity);
    return answers.size === without.size && [...answers].every((answer) => without.has(answer));
  });
}

/** An answer for each order in which the entity has rows. */
type Answers = Map<string, string[]>;

/** Where an order gave no row, that is an answer too. */
function answersOf(answers: Answers, entity: string): ReadonlySet<string> {
  const seen = answers.get(entity) ?? [];
  return new Set(seen.length < ORDERS ? [...seen, 'no row'] : seen);
}

function note(
  answers: Answers,
  rows: readonly Readonly<Record<string, unknown>>[],
  { node }: Replay,
  column: string,
  predictionTime: string,
): void {
  const cell = (row: Readonly<Record<string, unknown>>, name: string): unknown =>
    Object.entries(row).find(([key]) => key.toLowerCase() === name.toLowerCase())?.[1];
  const { predictionTime: time, entity = [] } = node.pointInTime ?? {};
  const values = new Map<string, string[]>();
  for (const row of rows) {
    if (String(cell(row, time?.value ?? '')) !== predictionTime) continue;
    const key = JSON.stringify(entity.map(({ value }) => cell(row, value)));
    values.set(key, [...(values.get(key) ?? []), canonical(cell(row, column))]);
  }
  for (const [key, list] of values) answers.set(key, [...(answers.get(key) ?? []), list.sort().join()]);
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
