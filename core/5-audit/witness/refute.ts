import type { AuditInput } from '../input.ts';
import { type Attempt, type ColumnAttempt, openOf } from '../model/attempt.ts';
import { RowLemmas } from '../model/lemmas.ts';
import type { Decided } from '../model/prove.ts';
import type { Analysis } from '../plan/analysis.ts';
import type { JsonValue, WitnessReport } from '../report.ts';
import { solve } from '../solver/solve.ts';
import type { TinyDatabase } from './database.ts';
import { databaseOf, type Preference, USUAL_MOMENTS, usualValue, withCompanions } from './from-model.ts';
import { generateDatabase, generateMoment } from './generate.ts';
import { type Hints, hintsOf } from './hints.ts';
import type { Masking } from './masks.ts';
import { Random } from './random.ts';
import { type Difference, Replay } from './replay.ts';
import { shrink } from './shrink.ts';
import type { StagedTable } from './staging.ts';
import { timeText } from './values.ts';

/** An executed counterexample. Only {@link refute} makes one, from two runs that differ. */
export interface Refutation {
  readonly witness: WitnessReport;
  /** The obligation it came from, where it is known. */
  readonly cause?: Decided;
}

/** Runs witnesses for the columns that could not be proved: the solver's own first, then random ones. */
export async function refute(
  input: AuditInput,
  analysis: Analysis,
  attempt: Attempt,
  closure: readonly string[],
  attempts: number,
): Promise<ReadonlyMap<string, Refutation>> {
  const found = new Map<string, Refutation>();
  const pending = attempt.columns.filter((column) => isOpen(attempt, column));
  if (pending.length === 0) return found;
  // What DuckDB will not build from the compiled SQL alone cannot be replayed, and is left unproven.
  const replay = await Replay.open(input, attempt.node, closure).catch(() => undefined);
  if (replay === undefined) return found;
  try {
    const features = pending.filter(({ label }) => label === undefined);
    await search(
      input,
      analysis,
      attempt,
      replay,
      closure,
      features,
      attempts,
      { kind: 'availability' },
      found,
    );
    for (const column of pending.filter(({ label }) => label !== undefined)) {
      const horizon = column.label?.horizon ?? '';
      if (column.label?.verdict.outside.length === 0 || horizon === '') continue;
      const masking: Masking = { kind: 'outside horizon', horizon };
      await search(input, analysis, attempt, replay, closure, [column], attempts, masking, found);
    }
  } finally {
    replay.close();
  }
  return found;
}

function isOpen(attempt: Attempt, column: ColumnAttempt): boolean {
  if (attempt.unreadable !== undefined) return true;
  return openOf(column).length > 0;
}

/** Seconds after which the search for a model's witnesses ends: what is open then stays UNPROVEN. */
const SECONDS = 12;

/** Prediction times and places within the bounds to try, the likeliest first. */
function triesFor(moments: readonly number[]): (readonly [number, Preference])[] {
  const chosen = [...moments.slice(0, 3), ...USUAL_MOMENTS];
  return chosen.flatMap((moment) =>
    (['usual', 'latest', 'earliest'] as const).map((preference) => [moment, preference] as const),
  );
}

async function search(
  input: AuditInput,
  analysis: Analysis,
  attempt: Attempt,
  replay: Replay,
  closure: readonly string[],
  columns: readonly ColumnAttempt[],
  attempts: number,
  masking: Masking,
  found: Map<string, Refutation>,
): Promise<void> {
  const pending = new Set(columns.map(({ name }) => name));
  const { tables } = replay.staging;
  const report = async (database: TinyDatabase, differences: readonly Difference[], cause?: Decided) => {
    for (const difference of differences) {
      if (!pending.has(difference.column)) continue;
      pending.delete(difference.column);
      const small = await shrink(replay, database, difference, masking);
      const column = columns.find(({ name }) => name === difference.column);
      const own = column === undefined ? [] : openOf(column);
      found.set(difference.column, {
        witness: witnessOf(tables, small.database, small.difference),
        cause: cause !== undefined && own.includes(cause) ? cause : own[0],
      });
    }
  };
  const tryDatabase = async (database: TinyDatabase, about: string, cause: Decided): Promise<void> => {
    await report(database, (await replay.run(database, [...pending], masking, about)) ?? [], cause);
  };
  const hints = hintsOf(input, attempt.node, closure, tables);
  const tries = triesFor(hints.calendar);
  const tried = new Set<number>();
  const deadline = performance.now() + SECONDS * 1000;
  for (const column of columns) {
    for (const decided of openOf(column)) {
      if (!pending.has(column.name)) break;
      const { formula, move } = decided.obligation;
      const goal = analysis.context.f.and(formula, move.origin.unknown);
      if (decided.proof.status !== 'open' || tried.has(goal.id) || tried.size > 40) continue;
      tried.add(goal.id);
      for (const [moment, preference] of tries) {
        if (!pending.has(column.name) || performance.now() > deadline) break;
        const pick = usualValue(analysis, moment, preference);
        const outcome = solve(analysis.context, [goal], { lemmas: new RowLemmas(analysis).of, pick });
        if (outcome.status !== 'satisfiable') break;
        const database = databaseOf(analysis, [goal], outcome.model);
        const about = timeText(outcome.model.integers.get(1) ?? moment);
        await tryDatabase(database, about, decided);
        if (pending.has(column.name)) await tryDatabase(withCompanions(database, analysis), about, decided);
      }
    }
  }
  if (pending.size === 0 || !mayBeRefuted(columns, attempt)) return;
  const random = new Random(20240601);
  for (let round = 0; round < attempts; round += BATCH) {
    if (pending.size === 0 || performance.now() > deadline) break;
    if (round % (3 * BATCH) === 2 * BATCH)
      await replay.setZone(random.pick(['America/Los_Angeles', 'Asia/Tokyo', 'UTC']));
    const wanted = Array.from({ length: BATCH }, () => momentFor(random, hints));
    const databases = await replay.staging.loadPruned(
      wanted.map((moment) => generateDatabase(random, tables, hints, moment)),
    );
    const differing: (readonly [TinyDatabase, readonly Difference[]])[] = [];
    for (const [number, database] of databases.entries()) {
      const about = timeText(wanted[number] as number);
      const run = await replay.runStaged(number, [...pending], [masking], { about });
      if (run !== undefined && run.differences.length > 0) differing.push([database, run.differences]);
    }
    // Only then: making a witness small uses the same tables.
    for (const [database, differences] of differing) await report(database, differences);
  }
}

/** Random databases that are loaded together. */
const BATCH = 20;

/** A prediction time to make rows around: one of the SQL's own, or any. */
export function momentFor(random: Random, hints: Hints): number {
  return hints.calendar.length > 0 && random.chance(70)
    ? random.pick(hints.calendar)
    : generateMoment(random);
}

/** Nothing is refuted that only rests on a source of undeclared availability. */
function mayBeRefuted(columns: readonly ColumnAttempt[], attempt: Attempt): boolean {
  if (attempt.unreadable !== undefined) return true;
  return columns.some((column) =>
    openOf(column).some(({ obligation: { move } }) => {
      const { origin } = move;
      return origin.kind !== 'row' || origin.row.source.availableAt !== undefined;
    }),
  );
}

function witnessOf(
  tables: readonly StagedTable[],
  database: TinyDatabase,
  difference: Difference,
): WitnessReport {
  const rows: Record<string, Record<string, JsonValue>[]> = {};
  for (const { node, columns } of tables) {
    const cells = database.get(node.uniqueId) ?? [];
    if (cells.length === 0) continue;
    const name = node.kind === 'source' ? `${node.sourceName}.${node.name}` : node.name;
    rows[name] = cells.map((row) =>
      Object.fromEntries(columns.map((column, index) => [column.name, row[index]?.shown ?? null])),
    );
  }
  return {
    prediction_time: difference.predictionTime,
    rows,
    with: (difference.with ?? null) as JsonValue,
    without: (difference.without ?? null) as JsonValue,
  };
}
