import type { AuditInput, AuditJson } from '../../../../core/5-audit/index.ts';
import { closureIds } from '../../../../core/5-audit/model/closure-ids.ts';
import { generateDatabase, generateMoment } from '../../../../core/5-audit/witness/generate.ts';
import { hintsFromSql, momentsFromSql } from '../../../../core/5-audit/witness/hints.ts';
import { Random } from '../../../../core/5-audit/witness/random.ts';
import { entitiesOf, momentsOf } from '../../../../core/5-audit/witness/refute.ts';
import { Replay } from '../../../../core/5-audit/witness/replay.ts';

/** A PROVED column that differs between D and D|p on an executed database: a false proof. */
export interface FalseProof {
  readonly model: string;
  readonly column: string;
  readonly round: number;
  readonly with: unknown;
  readonly without: unknown;
  readonly rows: unknown;
}

/** Runs a model on random databases, whole and masked, and reports differences in columns that were PROVED. */
export async function fuzzProofs(
  input: AuditInput,
  report: AuditJson,
  rounds: number,
  seed: number,
): Promise<{ readonly found: readonly FalseProof[]; readonly ran: number; readonly rowsSeen: number }> {
  const found: FalseProof[] = [];
  let ran = 0;
  let rowsSeen = 0;
  for (const node of input.graph.nodes.values()) {
    if (node.kind !== 'model' || node.pointInTime === undefined) continue;
    const proved = report.results.filter(
      ({ model, verdict, role }) => model === node.name && verdict === 'PROVED' && role === undefined,
    );
    if (proved.length === 0) continue;
    const closure = closureIds(input, node.uniqueId);
    const replay = await Replay.open(input, node, closure);
    try {
      const tables = replay.tables.map((table) => ({
        node: table,
        columns: input.bound.columns.get(table.uniqueId) ?? [],
      }));
      const sql = closure.map((id) => {
        const member = input.graph.nodes.get(id);
        return member?.kind === 'model' ? member.sql : '';
      });
      const hints = hintsFromSql(sql, entitiesOf(tables), momentsOf(node));
      const moments = momentsFromSql(sql);
      const random = new Random(seed);
      for (let round = 0; round < rounds; round++) {
        if (round % 7 === 3) await replay.setZone(random.pick(['America/Los_Angeles', 'Asia/Tokyo', 'UTC']));
        const moment =
          moments.length > 0 && random.chance(70) ? random.pick(moments) : generateMoment(random);
        const database = await replay.prune(generateDatabase(random, tables, hints, moment));
        const differences = await replay.run(
          database,
          proved.map(({ column }) => column),
        );
        if (differences === undefined) continue;
        ran += 1;
        rowsSeen += replay.rowsSeen;
        for (const difference of differences) {
          if (!proved.some(({ column }) => column === difference.column)) continue;
          const rows = Object.fromEntries(
            [...database].map(([id, cells]) => [id, cells.map((row) => row.map(({ shown }) => shown))]),
          );
          found.push({
            model: node.name,
            column: difference.column,
            round,
            with: difference.with,
            without: difference.without,
            rows: { p: difference.predictionTime, ...rows },
          });
        }
        if (found.length > 0) break;
      }
    } finally {
      replay.close();
    }
  }
  return { found, ran, rowsSeen };
}
