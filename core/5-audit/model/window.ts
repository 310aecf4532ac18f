import type { Derivation } from '../plan/derivation.ts';
import type { WindowReport } from '../report.ts';
import { impliedBound } from '../solver/solve.ts';
import { spanText } from '../symbolic/literals.ts';
import type { Obligation } from './obligations.ts';

/** Bounds on a source row's instant, relative to the prediction time, in microseconds. */
export interface ProvenWindow {
  readonly source: string;
  readonly clock: string;
  readonly from: number;
  readonly to: number;
}

/**
 * The tightest look-back that follows for a column: for each source it is made of, the instants of the rows
 * that can change it, in the time column that is bounded best. Sources read without any lower bound come last.
 */
export function provenWindows(derive: Derivation, obligations: readonly Obligation[]): ProvenWindow[] {
  const bySource = new Map<string, Map<string, ProvenWindow>>();
  for (const { move, formula } of obligations) {
    if (move.origin.kind === 'volatile' || move.indirect === true) continue;
    const { row } = move.origin;
    const bound = impliedBound(derive.analysis.context, [formula]);
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
