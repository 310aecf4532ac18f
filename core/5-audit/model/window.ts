import type { Analysis } from '../plan/analysis.ts';
import type { Derivation } from '../plan/derivation.ts';
import type { WindowReport } from '../report.ts';
import { impliedBound } from '../solver/solve.ts';
import { refutes } from '../solver/staged.ts';
import type { Formula } from '../symbolic/formula.ts';
import { spanText } from '../symbolic/literals.ts';
import { RowLemmas } from './lemmas.ts';
import type { Obligation } from './obligations.ts';
import { seedsOf } from './prove.ts';

/** Bounds on a source row's instant, relative to the prediction time, in microseconds. */
export interface ProvenWindow {
  readonly source: string;
  readonly clock: string;
  readonly from: number;
  readonly to: number;
}

/** Bounds that follow from a formula, each found once: the columns of a model share most of theirs. */
export function boundsIn(analysis: Analysis): (formula: Formula) => ReturnType<typeof impliedBound> {
  const lemmas = new RowLemmas(analysis).of;
  const known = new Map<number, ReturnType<typeof impliedBound>>();
  return (formula) => {
    if (!known.has(formula.id)) known.set(formula.id, impliedBound(analysis.context, [formula], lemmas));
    return known.get(formula.id);
  };
}

/**
 * The tightest look-back that follows for a column: for each source it is made of, the instants of the rows
 * that can change it, in the time column that is bounded best. Sources read without any lower bound come last.
 */
export function provenWindows(
  obligations: readonly Obligation[],
  boundOf: (formula: Formula) => ReturnType<typeof impliedBound>,
): ProvenWindow[] {
  const bySource = new Map<string, Map<string, ProvenWindow>>();
  for (const { move, formula } of obligations) {
    if (move.origin.kind === 'volatile' || move.indirect === true) continue;
    const { row } = move.origin;
    const bound = boundOf(formula);
    if (bound === undefined) continue;
    const clocks = bySource.get(row.source.name) ?? new Map<string, ProvenWindow>();
    const first = !bySource.has(row.source.name);
    bySource.set(row.source.name, clocks);
    for (const [column, { name }] of row.source.columns.entries()) {
      const term = row.cells.get(column);
      if (term === undefined || term.sort !== 'time') continue;
      const to = bound(term.symbol, 1) + term.offset;
      const from = term.offset - bound(1, term.symbol);
      const known = clocks.get(name);
      if (known === undefined && !first) continue;
      clocks.set(name, {
        source: row.source.name,
        clock: name,
        from: Math.min(from, known?.from ?? Number.POSITIVE_INFINITY),
        to: Math.max(to, known?.to ?? Number.NEGATIVE_INFINITY),
      });
    }
  }
  return [...bySource.values()]
    .filter((clocks) => ![...clocks.values()].some(({ from, to }) => from === 0 && to === 0))
    .flatMap((clocks) => [...clocks.values()].sort((a, b) => quality(a) - quality(b)).slice(0, 1))
    .sort((a, b) => quality(a) - quality(b));
}

/**
 * Whether a claimed look-back holds for all rows of a window's source that can change the column: the window with
 * the claim as its bound, where it does. Bounds that need a case distinction are only found by asking for them.
 */
export function claimedWindow(
  derive: Derivation,
  obligations: readonly Obligation[],
  window: ProvenWindow,
  claim: number,
): ProvenWindow {
  if (-window.from <= claim) return window;
  const { context } = derive.analysis;
  const lemmas = new RowLemmas(derive.analysis).of;
  const holds = obligations.every(({ move, formula }) => {
    const { origin } = move;
    if (origin.kind === 'volatile' || move.indirect === true || origin.row.source.name !== window.source)
      return true;
    const column = origin.row.source.columns.findIndex(({ name }) => name === window.clock);
    const term = origin.row.cell(column);
    if (term.sort !== 'time') return false;
    const earlier = context.atMost(term, context.moment, -claim - 1);
    const goal = context.f.and(formula, earlier);
    return refutes(context, goal, seedsOf(move), { budget: 500, lemmas });
  });
  return holds ? { ...window, from: -claim } : window;
}

/** Both ends bounded is best, then the nearer to now. */
function quality({ from, to }: ProvenWindow): number {
  if (!Number.isFinite(to)) return Number.POSITIVE_INFINITY;
  return Number.isFinite(from) ? to - from : Number.MAX_VALUE / 2 + Math.abs(to);
}

export function windowReport(window: ProvenWindow | undefined): WindowReport | undefined {
  if (window === undefined) return undefined;
  const end = (micros: number): string | null => (Number.isFinite(micros) ? spanText(micros) : null);
  return { from: end(window.from), to: end(window.to), clock: window.clock };
}
