import type { Engine } from '../engine.ts';

/** What the model's clock shows when it is built over everything: later than any prediction time. */
const LATER = `timestamptz '2030-01-01 00:00:00+00'`;

const clocks: readonly (readonly [type: string, names: readonly string[]])[] = [
  ['timestamptz', ['now', 'get_current_timestamp', 'current_timestamp', 'transaction_timestamp']],
  ['timestamptz::date', ['current_date', 'today']],
  ['timestamptz::timestamp', ['current_localtimestamp', 'localtimestamp']],
];

/** Replaces the engine's clock by one that can be set. */
export async function installClock(engine: Engine): Promise<void> {
  await setClock(engine);
  for (const [type, names] of clocks) {
    for (const name of names) {
      await engine.run(`create macro "${name}"() as getvariable('churn_now')::${type}`);
    }
  }
}

/** @param moment SQL of an instant; later than everything without it */
export async function setClock(engine: Engine, moment?: string): Promise<void> {
  await engine.run(`set variable churn_now = ${moment === undefined ? LATER : `(${moment})::timestamptz`}`);
}

/** Whether SQL may read the clock: such a statement must be planned anew when the clock is set. */
export function readsClock(sql: string): boolean {
  return clocks.some(([, names]) => names.some((name) => sql.toLowerCase().includes(name)));
}
