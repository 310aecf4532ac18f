import type { Derivation } from '../plan/derivation.ts';
import type { Move } from '../plan/relation.ts';
import type { Formula } from '../symbolic/formula.ts';
import { type Proof, Refuter } from './entail.ts';
import type { Obligation, Obligations } from './obligations.ts';

export interface Decided {
  readonly obligation: Obligation;
  readonly proof: Proof;
}

/** A column's obligations, decided; `columns` misses those that have none. */
export interface DecidedModel {
  readonly presence: readonly Decided[];
  readonly columns: ReadonlyMap<number, readonly Decided[]>;
}

/** Decides every obligation once; equal ones share their answer. */
export class Prover {
  readonly #known = new Map<number, Proof>();
  readonly #refuter: Refuter;

  constructor(
    readonly derive: Derivation,
    readonly budget: number,
  ) {
    this.#refuter = new Refuter(derive.analysis, budget);
  }

  decide(obligations: Obligations, width: number): DecidedModel {
    const presence = obligations.presence.map((obligation) => this.#decided(obligation));
    const open = presence.filter(({ proof }) => proof.status !== 'proved');
    // Rows only come, or only go: where as many are there as before, nothing came or went.
    const directions = new Set(open.map(({ obligation: { move } }) => move.net).filter((net) => net !== '0'));
    const oneWay = directions.size <= 1;
    const columns = new Map<number, Decided[]>();
    const charge = (column: number, decided: Decided): void => {
      const charged = columns.get(column);
      if (charged === undefined) columns.set(column, [decided]);
      else charged.push(decided);
    };
    for (const obligation of obligations.columns)
      charge(obligation.column as number, this.#decided(obligation));
    for (const decided of presence) {
      const { move } = decided.obligation;
      for (let column = 0; column < width; column++) {
        if (decided.proof.status === 'proved') charge(column, decided);
        else if (!isSpared(move, column, oneWay)) charge(column, decided);
      }
    }
    return { presence, columns };
  }

  #decided(obligation: Obligation): Decided {
    const { formula, base, move } = obligation;
    // Mostly the move cannot happen at all, whatever the column.
    const whole = this.prove(base, move);
    return {
      obligation,
      proof: whole.status === 'proved' || base === formula ? whole : this.prove(formula, move),
    };
  }

  prove(formula: Formula, move: Move): Proof {
    const goal = this.derive.analysis.context.f.and(formula, move.origin.unknown);
    const known = this.#known.get(goal.id);
    if (known !== undefined) return known;
    const proof = this.#refuter.prove(goal, seedsOf(move));
    this.#known.set(goal.id, proof);
    return proof;
  }
}

/** The symbols of the row that moves. */
export function seedsOf({ origin }: Move): number[] {
  if (origin.kind === 'volatile') return [];
  return [...origin.row.cells.values()].flatMap((term) => (term.sort === 'bool' ? [] : [term.symbol]));
}

/** The move leaves the column alone wherever the number of rows is the same. */
function isSpared(move: Move, column: number, oneWay: boolean): boolean {
  if (!oneWay) return false;
  return move.anchored.has(column) || !move.paired;
}
