import type { RenderedNode } from '../../../../core/2-render/index.ts';
import type { AuditInput, AuditJson } from '../../../../core/5-audit/index.ts';
import { closureIds } from '../../../../core/5-audit/model/closure-ids.ts';
import { generateDatabase } from '../../../../core/5-audit/witness/generate.ts';
import { hintsOf } from '../../../../core/5-audit/witness/hints.ts';
import type { Masking } from '../../../../core/5-audit/witness/masks.ts';
import { Random } from '../../../../core/5-audit/witness/random.ts';
import { momentFor } from '../../../../core/5-audit/witness/refute.ts';
import { Replay } from '../../../../core/5-audit/witness/replay.ts';
import { timeText } from '../../../../core/5-audit/witness/values.ts';
import { isChance } from './chance.ts';

/** A column that differs between D and D|p on an executed database. */
export interface Caught {
  readonly model: string;
  readonly column: string;
  readonly round: number;
  readonly with: unknown;
  readonly without: unknown;
  readonly rows: unknown;
}

export interface Fuzzed {
  /** PROVED columns that differ: false proofs. */
  readonly found: readonly Caught[];
  /** Other columns that differ, by `model.column`: leaks that random databases show by themselves. */
  readonly leaks: ReadonlySet<string>;
  /** Databases on which the model gave rows, and prediction times compared on them. */
  readonly ran: number;
  readonly moments: number;
  readonly rowsSeen: number;
}

export interface FuzzOptions {
  /** Databases, on each of which the model gives rows, per model. */
  readonly rounds: number;
  readonly seed: number;
  /** unique_ids of the models to run; all with a `point_in_time` by default. */
  readonly models?: ReadonlySet<string>;
}

const BATCH = 12;
const ZONES = ['America/Los_Angeles', 'Asia/Tokyo', 'UTC', 'Europe/Berlin'];
/** Small databases that are run side by side, without an entity or a key in common, after every tenth ran alone. */
const TOGETHER = 15;

/**
 * Runs models on random databases, whole and masked: a tenth of them alone, the others side by side in one. Databases
 * that give no rows are drawn again, up to three times as many as asked for.
 */
export async function fuzzProofs(
  input: AuditInput,
  report: AuditJson,
  { rounds, seed, models }: FuzzOptions,
): Promise<Fuzzed> {
  const found: Caught[] = [];
  const leaks = new Set<string>();
  const total = { ran: 0, moments: 0, rowsSeen: 0 };
  for (const node of input.graph.nodes.values()) {
    if (node.kind !== 'model' || node.pointInTime === undefined) continue;
    if (models !== undefined && !models.has(node.uniqueId)) continue;
    await fuzzModel(input, report, node, rounds, seed, { found, leaks, total });
  }
  return { found, leaks, ...total };
}

interface Tally {
  readonly found: Caught[];
  readonly leaks: Set<string>;
  readonly total: { ran: number; moments: number; rowsSeen: number };
}

async function fuzzModel(
  input: AuditInput,
  report: AuditJson,
  node: RenderedNode,
  rounds: number,
  seed: number,
  { found, leaks, total }: Tally,
): Promise<void> {
  const own = report.results.filter(({ model }) => model === node.name);
  if (own.length === 0) return;
  const horizons = new Map(
    node.columns.flatMap(({ name, role, horizon }) =>
      role?.value === 'label' ? [[name.toLowerCase(), horizon?.value ?? ''] as const] : [],
    ),
  );
  // A label is compared where everything outside its horizon is taken away, a feature where the future is.
  const maskings: Masking[] = [
    { kind: 'availability' },
    ...[...new Set(horizons.values())]
      .filter((horizon) => horizon !== '')
      .map((horizon): Masking => ({ kind: 'outside horizon', horizon })),
  ];
  const concerns = (masking: Masking, column: string): boolean => {
    const horizon = horizons.get(column.toLowerCase());
    return masking.kind === 'availability' ? horizon === undefined : masking.horizon === horizon;
  };
  const closure = closureIds(input, node.uniqueId);
  const replay = await Replay.open(input, node, closure);
  try {
    const { tables } = replay.staging;
    const hints = hintsOf(input, node, closure, tables);
    const random = new Random(seed);
    // Where instants meet wall clocks, every database is run in a zone of its own.
    const zones = new Random(seed + 1);
    const zoned = tables.some(({ columns }) =>
      columns.some(({ type }) => type === 'TIMESTAMP WITH TIME ZONE'),
    );
    let ran = 0;
    for (let round = 0; round < 3 * rounds && ran < rounds; ) {
      const together = ran < rounds / 10 && round < rounds / 3 ? 1 : TOGETHER;
      if (random.chance(25)) await replay.setZone(random.pick(ZONES));
      const left = Math.ceil((rounds - ran) / together);
      const wanted = Array.from({ length: Math.min(BATCH, left) }, () => momentFor(random, hints));
      const databases = await replay.staging.loadPruned(
        wanted.map((moment) => generateDatabase(random, tables, hints, moment, together)),
      );
      const broken = await replay.staging.broken();
      for (const [number, database] of databases.entries()) {
        round += together;
        if (broken.has(number)) continue;
        if (zoned) await replay.setZone(zones.pick(ZONES));
        const columns = own.map(({ column }) => column);
        const about = timeText(wanted[number] as number);
        const run = await replay.runStaged(number, columns, maskings, { about, most: 1 });
        if (run === undefined) continue;
        if (run.rows > 0) ran += together;
        total.moments += run.moments;
        total.rowsSeen += run.rows;
        for (const difference of run.differences) {
          if (!concerns(difference.masking, difference.column)) continue;
          const verdict = own.find(({ column }) => column === difference.column)?.verdict;
          if (verdict !== 'PROVED') {
            leaks.add(`${node.name}.${difference.column}`);
            continue;
          }
          // DuckDB may choose among rows that tie; that is not the future's doing.
          const chance = await isChance(replay, database, difference);
          await replay.staging.load(databases);
          if (chance) continue;
          const rows = Object.fromEntries(
            [...database].map(([id, cells]) => [id, cells.map((row) => row.map(({ shown }) => shown))]),
          );
          found.push({
            model: node.name,
            column: difference.column,
            round,
            with: difference.with,
            without: difference.without,
            rows: { p: difference.predictionTime, masking: difference.masking, ...rows },
          });
        }
        if (found.length > 0) break;
      }
      if (found.length > 0) break;
    }
    total.ran += ran;
  } finally {
    replay.close();
  }
}
