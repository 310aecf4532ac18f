import type { RenderedNode } from '../../2-render/index.ts';
import type { AuditInput } from '../input.ts';
import { type Attempt, type ColumnAttempt, openOf } from '../model/audit-model.ts';
import type { TableNode } from '../model/catalog.ts';
import { closureIds } from '../model/closure-ids.ts';
import { RowLemmas } from '../model/lemmas.ts';
import type { Decided } from '../model/prove.ts';
import type { Analysis, PlannedModel } from '../plan/analysis.ts';
import type { JsonValue, WitnessReport } from '../report.ts';
import { solve } from '../solver/solve.ts';
import type { TinyDatabase } from './database.ts';
import { databaseOf, type Preference, USUAL_MOMENTS, usualValue, withCompanions } from './from-model.ts';
import { type GeneratedTable, generateDatabase, generateMoment } from './generate.ts';
import { hintsOf, momentsFromSql } from './hints.ts';
import { Random } from './random.ts';
import { type Difference, type Masking, Replay } from './replay.ts';
import { shrink } from './shrink.ts';

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
  models: readonly PlannedModel[],
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
      features,
      models,
      attempts,
      { kind: 'availability' },
      found,
    );
    for (const column of pending.filter(({ label }) => label !== undefined)) {
      const horizon = column.label?.horizon ?? '';
      if (column.label?.verdict.outside.length === 0 || horizon === '') continue;
      const masking: Masking = { kind: 'outside horizon', horizon };
      await search(input, analysis, attempt, replay, [column], models, attempts, masking, found);
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
  columns: readonly ColumnAttempt[],
  models: readonly PlannedModel[],
  attempts: number,
  masking: Masking,
  found: Map<string, Refutation>,
): Promise<void> {
  const pending = new Set(columns.map(({ name }) => name));
  const tables = replay.tables.map((node) => ({
    node,
    columns: input.bound.columns.get(node.uniqueId) ?? [],
  }));
  const tryDatabase = async (database: TinyDatabase, cause?: Decided): Promise<void> => {
    const differences = await replay.run(database, [...pending], masking);
    for (const difference of differences ?? []) {
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
  const closure = closureIds(input, attempt.node.uniqueId).map((id) => input.graph.nodes.get(id));
  const moments = momentsFromSql(closure.map((node) => (node?.kind === 'model' ? node.sql : '')));
  const tries = triesFor(moments);
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
        await tryDatabase(database, decided);
        if (pending.has(column.name)) await tryDatabase(withCompanions(database, analysis), decided);
      }
    }
  }
  if (pending.size === 0 || !mayBeRefuted(columns, attempt)) return;
  const plans = models.map(({ plan }) => plan);
  const hints = hintsOf(plans, entitiesOf(tables), momentsOf(attempt.node));
  const random = new Random(20240601);
  for (let round = 0; round < attempts && pending.size > 0 && performance.now() < deadline; round++) {
    if (round % 10 === 7) await replay.setZone(random.pick(['America/Los_Angeles', 'Asia/Tokyo', 'UTC']));
    const moment = moments.length > 0 && random.chance(70) ? random.pick(moments) : generateMoment(random);
    await tryDatabase(await replay.prune(generateDatabase(random, tables, hints, moment)));
  }
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

/** Integer columns that several sources share are what they are joined on. */
export function entitiesOf(tables: readonly GeneratedTable[]): ReadonlySet<string> {
  const seen = new Map<string, number>();
  for (const { columns } of tables) {
    for (const { name, type } of columns) {
      if (/INT/i.test(type)) seen.set(name, (seen.get(name) ?? 0) + 1);
    }
  }
  return new Set(
    [...seen]
      .flatMap(([name, count]) => (count > 1 || name.endsWith('_id') === false ? [name] : []))
      .filter((name) => (seen.get(name) ?? 0) > 1),
  );
}

export function momentsOf(node: RenderedNode): ReadonlySet<string> {
  const time = node.pointInTime?.predictionTime.value;
  return new Set(time === undefined ? [] : [time]);
}

function witnessOf(
  tables: readonly { node: TableNode; columns: readonly { name: string }[] }[],
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
