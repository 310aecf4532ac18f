import type { Derivation } from '../plan/derivation.ts';
import type { Move } from '../plan/relation.ts';
import { type Model, withDefinitions } from '../solver/solve.ts';
import { solveStaged } from '../solver/staged.ts';
import type { Formula } from '../symbolic/formula.ts';
import { RowLemmas, rowsOf } from './lemmas.ts';
import type { Obligation, Obligations } from './obligations.ts';

/** How an obligation ended. */
export type Proof =
  | { readonly status: 'proved'; readonly facts: readonly string[] }
  | { readonly status: 'open'; readonly model: Model; readonly formulas: readonly Formula[] }
  | { readonly status: 'exhausted' };

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
  readonly #lemmas: RowLemmas;

  constructor(
    readonly derive: Derivation,
    readonly budget: number,
  ) {
    this.#lemmas = new RowLemmas(derive.analysis);
  }

  decide(obligations: Obligations, width: number): DecidedModel {
    const presence = obligations.presence.map((obligation) => this.#decided(obligation));
    const open = presence.filter(({ proof }) => proof.status !== 'proved');
    // Rows only come, or only go: where as many are there as before, nothing came or went.
    const directions = new Set(open.map(({ obligation: { move } }) => move.net).filter((net) => net !== '0'));
    const oneWay = directions.size <= 1;
    const columns = new Map<number, Decided[]>();
    const charge = (column: number, decided: Decided): void => {
      columns.set(column, [...(columns.get(column) ?? []), decided]);
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
    const { analysis } = this.derive;
    const goal = analysis.context.f.and(formula, move.origin.unknown);
    const known = this.#known.get(goal.id);
    if (known !== undefined) return known;
    const proof = this.#solve(goal, seedsOf(move));
    this.#known.set(goal.id, proof);
    return proof;
  }

  #solve(goal: Formula, seeds: readonly number[]): Proof {
    const { analysis } = this.derive;
    const { context } = analysis;
    if (solveStaged(context, goal, seeds, { budget: this.budget }).status === 'unsatisfiable') {
      return { status: 'proved', facts: this.#notNulls([goal]) };
    }
    const lemmas = this.#lemmas.of;
    const outcome = solveStaged(context, goal, seeds, { budget: this.budget, lemmas });
    switch (outcome.status) {
      case 'unsatisfiable':
        return { status: 'proved', facts: [...this.#declared([goal]), ...this.#notNulls([goal])] };
      case 'satisfiable':
        return { status: 'open', model: outcome.model, formulas: [goal] };
      case 'unknown':
        return { status: 'exhausted' };
    }
  }

  /** Axioms and keys of the sources that the problem mentions. */
  #declared(formulas: readonly Formula[]): string[] {
    const sources = new Set(this.#rows(formulas).map(({ source }) => source));
    return [...sources].flatMap((source) => [
      ...source.axioms.map(({ text }) => `${source.name}: ${text}`),
      ...source.keys.map(
        (key) => `${source.name}: unique (${key.map((column) => source.columns[column]?.name).join(', ')})`,
      ),
    ]);
  }

  #notNulls(formulas: readonly Formula[]): string[] {
    const found = this.#rows(formulas).flatMap((row) =>
      [...row.cells.keys()].flatMap((column) => {
        const declared = row.source.columns[column];
        return declared?.notNull === true ? [`${row.source.name}: ${declared.name} is not null`] : [];
      }),
    );
    return [...new Set(found)];
  }

  #rows(formulas: readonly Formula[]) {
    const { analysis } = this.derive;
    return rowsOf(analysis, symbolsIn(withDefinitions(analysis.context, formulas)));
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

/** The symbols that formulas mention. */
export function symbolsIn(formulas: readonly Formula[]): Set<number> {
  const symbols = new Set<number>();
  const seen = new Set<number>();
  const visit = (formula: Formula): void => {
    if (seen.has(formula.id)) return;
    seen.add(formula.id);
    if (formula.kind === 'and' || formula.kind === 'or') formula.items.forEach(visit);
    else if (formula.kind === 'bool') symbols.add(formula.symbol);
    else if (formula.kind === 'le') symbols.add(formula.x).add(formula.y);
  };
  formulas.forEach(visit);
  return symbols;
}
