import type { Analysis } from '../plan/analysis.ts';
import { type Fact, factsOfSource } from '../plan/facts.ts';
import { withDefinitions } from '../solver/definitions.ts';
import type { Model } from '../solver/outcome.ts';
import { refutes, solveStaged } from '../solver/staged.ts';
import type { Formula } from '../symbolic/formula.ts';
import { factCore } from './fact-core.ts';
import { RowLemmas, rowsOf } from './lemmas.ts';
import { symbolsIn } from './symbols.ts';

/** How a conjunction ended that is to be shown unsatisfiable; a proof names the facts that it cannot do without. */
export type Proof =
  | { readonly status: 'proved'; readonly facts: readonly Fact[] }
  | { readonly status: 'open'; readonly model: Model }
  | { readonly status: 'exhausted' };

/** Shows conjunctions unsatisfiable, with as few declared facts as will do. */
export class Refuter {
  readonly #lemmas: RowLemmas;
  /** The facts that earlier proofs needed, smaller sets first: most proofs need the same. */
  #cores: readonly (readonly Fact[])[] = [];

  constructor(
    readonly analysis: Analysis,
    readonly budget: number,
  ) {
    this.#lemmas = new RowLemmas(analysis);
  }

  /** @param seeds symbols that the contradiction is expected near */
  prove(goal: Formula, seeds: readonly number[]): Proof {
    const { context } = this.analysis;
    const { budget } = this;
    // Most need facts.
    if (refutes(context, goal, seeds, { budget }, 'satisfiable')) return { status: 'proved', facts: [] };
    // What a part of the facts proves within a small budget is proved; what it does not, the whole may.
    const small = Math.min(budget, 500);
    const suffices = (facts: ReadonlySet<Fact>): boolean =>
      refutes(context, goal, seeds, { budget: small, lemmas: this.#lemmas.only(facts) });
    const usual = this.#cores.find((core) => suffices(new Set(core)));
    if (usual !== undefined) return { status: 'proved', facts: this.#remember(factCore(usual, suffices)) };
    const outcome = solveStaged(context, goal, seeds, { budget, lemmas: this.#lemmas.of });
    switch (outcome.status) {
      case 'unsatisfiable':
        return { status: 'proved', facts: this.#remember(factCore(this.#factsNear(goal), suffices)) };
      case 'satisfiable':
        return { status: 'open', model: outcome.model };
      case 'unknown':
        return { status: 'exhausted' };
    }
  }

  #remember(core: readonly Fact[]): readonly Fact[] {
    const others = this.#cores.filter((other) => other.join() !== core.join());
    this.#cores = [core, ...others].sort((a, b) => a.length - b.length).slice(0, 8);
    return core;
  }

  /** Facts of the sources whose rows the problem mentions, lemmas included. */
  #factsNear(goal: Formula): Fact[] {
    const all = withDefinitions(this.analysis.context, [goal], this.#lemmas.of);
    const sources = new Set(rowsOf(this.analysis, symbolsIn(all)).map(({ source }) => source));
    return [...sources].flatMap(factsOfSource);
  }
}
