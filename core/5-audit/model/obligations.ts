import type { PlannedModel } from '../plan/analysis.ts';
import type { Derivation } from '../plan/derivation.ts';
import { split, touched } from '../plan/moves.ts';
import type { Move } from '../plan/relation.ts';
import type { Formula } from '../symbolic/formula.ts';
import type { ScalarTerm, Term } from '../symbolic/term.ts';

/** To be shown unsatisfiable: the move happens to a row of the prediction time, and concerns the column. */
export interface Obligation {
  readonly move: Move;
  /** Position in the model's columns, or undefined for the presence of rows. */
  readonly column?: number;
  /** The conditions, without whether the origin was unknown at p. */
  readonly formula: Formula;
  /** The part of them that all columns share: that the move happens at all. */
  readonly base: Formula;
}

export interface ModelShape {
  readonly model: PlannedModel;
  readonly predictionTime: number;
  readonly entity: readonly number[];
}

/** All obligations of a model: those on the presence of rows, and those on each column. */
export interface Obligations {
  readonly presence: readonly Obligation[];
  readonly columns: readonly Obligation[];
}

/** What has to hold for the model to be point-in-time correct, from the ways in which it can change. */
export function obligationsOf(derive: Derivation, shape: ModelShape): Obligations {
  const { context } = derive.analysis;
  const { f } = context;
  const keys = new Set([...shape.entity, shape.predictionTime]);
  const presence: Obligation[] = [];
  const columns: Obligation[] = [];
  for (const move of derive.moves(shape.model.plan, { ctes: new Map(), model: shape.model })) {
    const rekeyed = touched(context, move, keys);
    if (move.sign !== '~' || rekeyed.id !== f.false.id) {
      for (const part of split(context, move)) {
        const unanchored = part.anchored.size === 0 || ![...keys].every((key) => part.anchored.has(key));
        const whole: Move =
          unanchored && move.sign === '~'
            ? { ...part, anchored: new Set(), net: part.sign as '+' | '-', paired: false }
            : part;
        const formula = f.and(
          ...part.facts,
          rekeyedOr(f.true, move, rekeyed),
          atMoment(derive, shape, part.after),
        );
        presence.push({ move: whole, formula, base: formula });
      }
    }
    if (move.sign !== '~') continue;
    const at = f.or(atMoment(derive, shape, move.after), atMoment(derive, shape, move.before));
    const base = f.and(...move.facts, at);
    for (const [column, changed] of move.changed.entries()) {
      if (keys.has(column) || changed.id === f.false.id) continue;
      columns.push({ move, column, formula: f.and(base, changed), base });
    }
  }
  return { presence, columns };
}

function rekeyedOr(otherwise: Formula, move: Move, rekeyed: Formula): Formula {
  return move.sign === '~' ? rekeyed : otherwise;
}

/** The row is one of the prediction time p. */
function atMoment({ analysis }: Derivation, shape: ModelShape, row: readonly Term[]): Formula {
  const term = row[shape.predictionTime];
  if (term === undefined || term.sort !== 'time') return analysis.context.f.true;
  return analysis.moment.is(term as ScalarTerm, momentType(shape));
}

/** DuckDB's type of the prediction time. */
export function momentType({ model, predictionTime }: ModelShape): string {
  return model.types[predictionTime] ?? 'TIMESTAMP';
}
