import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { init } from 'z3-solver';
import { auditProject } from '../../../../core/5-audit/index.ts';
import { Prover } from '../../../../core/5-audit/model/prove.ts';
import { withDefinitions } from '../../../../core/5-audit/solver/definitions.ts';
import { solve } from '../../../../core/5-audit/solver/solve.ts';
import { Context } from '../../../../core/5-audit/symbolic/context.ts';
import type { Formula } from '../../../../core/5-audit/symbolic/formula.ts';
import { Random } from '../../../../core/5-audit/witness/random.ts';
import { testInput } from '../support/project.ts';
import { sources } from '../support/sources.ts';
import { readTable } from '../support/table.ts';

/** Formulas for z3, grids as multiples of an integer. */
function toSmt(context: Context, formulas: readonly Formula[]): string {
  const ints = new Set<number>();
  const bools = new Set<number>();
  const text = (formula: Formula): string => {
    switch (formula.kind) {
      case 'true':
      case 'false':
        return formula.kind;
      case 'bool':
        bools.add(formula.symbol);
        return formula.positive ? `b${formula.symbol}` : `(not b${formula.symbol})`;
      case 'le': {
        for (const symbol of [formula.x, formula.y]) if (symbol !== 0) ints.add(symbol);
        const name = (symbol: number): string => (symbol === 0 ? '0' : `x${symbol}`);
        const limit = formula.c < 0 ? `(- ${-formula.c})` : String(formula.c);
        return `(<= (- ${name(formula.x)} ${name(formula.y)}) ${limit})`;
      }
      case 'and':
      case 'or':
        return `(${formula.kind} ${formula.items.map(text).join(' ')})`;
    }
  };
  const asserts = formulas.map((formula) => `(assert ${text(formula)})`);
  for (const symbol of ints) {
    const grid = context.grids.get(symbol);
    if (grid !== undefined)
      asserts.push(`(assert (= (mod x${symbol} ${grid.size}) ${grid.offset % grid.size}))`);
  }
  return [
    ...[...ints].map((symbol) => `(declare-const x${symbol} Int)`),
    ...[...bools].map((symbol) => `(declare-const b${symbol} Bool)`),
    ...asserts,
  ].join('\n');
}

let z3: Awaited<ReturnType<typeof init>>;
let context: ReturnType<typeof z3.Context<'main'>>;
beforeAll(async () => {
  z3 = await init();
  context = z3.Context('main');
});
afterAll(() => z3.em.PThread.terminateAllThreads());

async function z3Check(smt: string): Promise<string> {
  const solver = new context.Solver();
  try {
    solver.fromString(smt);
    return await solver.check();
  } finally {
    solver.release();
  }
}

describe('the solver against z3', () => {
  test('agrees on random formulas over differences, Booleans and day grids', async () => {
    const random = new Random(11);
    for (let round = 0; round < 150; round++) {
      const context = new Context();
      const ints = Array.from({ length: 4 }, (_, index) =>
        context.symbol(
          `i${index}`,
          index === 3 ? { size: 7, offset: 3 } : index === 2 ? { size: 7, offset: 0 } : undefined,
        ),
      );
      const bools = Array.from({ length: 3 }, (_, index) => context.symbol(`b${index}`));
      const make = (depth: number): Formula => {
        const kind = random.below(depth === 0 ? 3 : 5);
        if (kind === 0) return context.f.bool(random.pick(bools), random.chance(50));
        if (kind <= 2)
          return context.f.le(random.pick([0, ...ints]), random.pick(ints), random.below(21) - 10);
        const items = Array.from({ length: 2 + random.below(2) }, () => make(depth - 1));
        return kind === 3 ? context.f.and(...items) : context.f.or(...items);
      };
      const formulas = Array.from({ length: 6 }, () => make(2));
      const own = solve(context, formulas).status;
      const theirs = await z3Check(toSmt(context, formulas));
      // A model on uneven grids is only a candidate: `satisfiable` may be too weak, `unsatisfiable` never wrong.
      if (own === 'unsatisfiable') expect(theirs, toSmt(context, formulas)).toBe('unsat');
      if (theirs === 'sat') expect(own).toBe('satisfiable');
    }
  });

  test('agrees on obligations of the public table', { timeout: 600_000 }, async () => {
    const seen: { context: Context; goal: Formula; proved: boolean }[] = [];
    const prove = Prover.prototype.prove;
    Prover.prototype.prove = function (formula, move) {
      const proof = prove.call(this, formula, move);
      const { context } = this.derive.analysis;
      seen.push({
        context,
        goal: context.f.and(formula, move.origin.unknown),
        proved: proof.status === 'proved',
      });
      return proof;
    };
    try {
      const every = Number(process.env.AUDIT_Z3_EVERY ?? 24);
      for (const [index, { models }] of readTable().entries()) {
        if (index % every === 0) await auditProject(await testInput({ sources, models }), { attempts: 0 });
      }
    } finally {
      Prover.prototype.prove = prove;
    }
    expect(seen.length).toBeGreaterThan(20);
    const checked = new Set<string>();
    for (const { context, goal, proved } of seen) {
      const smt = toSmt(context, withDefinitions(context, [goal]));
      if (checked.has(smt)) continue;
      checked.add(smt);
      const theirs = await z3Check(smt);
      const own = solve(context, [goal]).status;
      if (own === 'unsatisfiable') expect(theirs, smt).toBe('unsat');
      if (theirs === 'sat') expect(own).not.toBe('unsatisfiable');
      if (theirs === 'unsat') expect(proved).toBe(true);
    }
  });
});
