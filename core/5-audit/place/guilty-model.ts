import { RowLemmas } from '../model/lemmas.ts';
import type { Analysis, PlannedModel } from '../plan/analysis.ts';
import type { Move, Origin } from '../plan/relation.ts';
import { solveStaged } from '../solver/staged.ts';
import type { ScalarTerm } from '../symbolic/term.ts';

/** A model on the way of a late row, and what its reader could have bounded it by. */
export interface GuiltyModel {
  /** Position on the path: 0 is the audited model. */
  readonly depth: number;
  /** The column of what the model reads that is never earlier than when the row was known. */
  readonly clock?: string;
}

/**
 * Which model lets a late row through. A model upstream is innocent when each of its rows that a late row changes
 * has a time that is not before the late row's availability: its reader can tell. The innermost one of which that
 * is not true is guilty, else the audited model.
 *
 * @param readers the models on the way, the audited one first
 */
export function guiltyModel(
  analysis: Analysis,
  origin: Exclude<Origin, { kind: 'volatile' }>,
  readers: readonly PlannedModel[],
): GuiltyModel {
  let clock = clockOfSource(origin);
  for (let depth = readers.length - 1; depth > 0; depth--) {
    const model = readers[depth] as PlannedModel;
    const moves = analysis.modelMoves.get(model.uniqueId)?.value.filter((move) => isOf(move, origin)) ?? [];
    const columns = moves.map((move) => (move.indirect === true ? [] : clocksOf(analysis, origin, move)));
    const shared = model.columns.findIndex((_, column) => columns.every((known) => known.includes(column)));
    if (moves.length === 0 || shared === -1) return { depth, clock };
    clock = model.columns[shared];
  }
  return { depth: 0, clock };
}

function isOf(move: Move, origin: Origin): boolean {
  return move.origin.kind === 'row' && origin.kind === 'row'
    ? move.origin.row === origin.row
    : move.origin.kind === 'cell' && origin.kind === 'cell' && move.origin.row === origin.row;
}

/** The source's own column that is its availability. */
function clockOfSource(origin: Exclude<Origin, { kind: 'volatile' }>): string | undefined {
  const at = origin.row.source.availableAt;
  if (at?.kind !== 'at' || at.expression.kind !== 'ref') return undefined;
  return origin.row.source.columns[at.expression.index]?.name;
}

/** Times of the changed row that are never before its origin's availability. */
function clocksOf(analysis: Analysis, origin: Exclude<Origin, { kind: 'volatile' }>, move: Move): number[] {
  const { context } = analysis;
  const declared =
    origin.kind === 'cell'
      ? origin.row.source.columns[origin.column]?.availableAt
      : origin.row.source.availableAt;
  if (declared?.kind !== 'at') return [];
  const at = analysis.overRow(origin.row, declared.expression);
  if (at.sort !== 'time') return [];
  const lemmas = new RowLemmas(analysis).of;
  const seeds = [at.symbol];
  return move.after.flatMap((term, column) => {
    if (term.sort !== 'time') return [];
    const earlier = context.atMost(term as ScalarTerm, at as ScalarTerm, -1);
    const known = [context.f.not(term.isNull), context.f.not(at.isNull)];
    const goal = context.f.and(...move.facts, ...known, earlier);
    const { status } = solveStaged(context, goal, seeds, { budget: 200, lemmas });
    return status === 'unsatisfiable' ? [column] : [];
  });
}
