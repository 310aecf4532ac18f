import type { PredictionConfig } from '../../1-load/index.ts';
import type { RenderedNode } from '../../2-render/index.ts';
import type { Fact } from '../plan/facts.ts';
import type { Move, Origin } from '../plan/relation.ts';
import type { KnownAtReport } from '../report.ts';
import type { Formula } from '../symbolic/formula.ts';
import { parseInterval } from '../symbolic/literals.ts';
import { isZonedType, type ScalarTerm, type Term } from '../symbolic/term.ts';
import { shift } from '../symbolic/time.ts';
import { type ColumnAttempt, isProved } from './attempt.ts';
import { Refuter } from './entail.ts';
import { clocksOf, openByOrigin } from './labels.ts';
import { type ModelShape, momentType } from './obligations.ts';
import { seedsOf } from './prove.ts';

/** What training purges the label's rows by: a column of the model, or the prediction time and a horizon. */
export type KnownAt =
  | { readonly kind: 'column'; readonly name: string }
  | { readonly kind: 'horizon'; readonly horizon: string };

export interface KnownAtVerdict extends KnownAtReport {
  /** Declared facts that the proof rests on. */
  readonly facts: readonly Fact[];
}

/** How `prediction:` says when the label of a model is known; undefined for other columns. */
export function declaredKnownAt(
  prediction: PredictionConfig | undefined,
  node: RenderedNode,
  column: string,
): KnownAt | undefined {
  if (prediction?.model.value !== node.name || prediction.label.toLowerCase() !== column.toLowerCase())
    return undefined;
  if (prediction.labelKnownAt !== undefined) return { kind: 'column', name: prediction.labelKnownAt };
  return prediction.horizon === undefined ? undefined : { kind: 'horizon', horizon: prediction.horizon };
}

/**
 * Whether folds that are purged by that instant are purged enough: nothing that happened after it changes the label
 * of its row. A training row is kept if the instant is not later than the test fold's first prediction time; with
 * this proof, its label then knows nothing of the time the fold is tested on.
 *
 * @param label the label's attempt: what is open of it is its future
 * @param other the attempt of another column of the model, by name
 */
export function judgeKnownAt(
  label: ColumnAttempt,
  shape: ModelShape,
  other: (name: string) => ColumnAttempt | undefined,
  knownAt: KnownAt,
  budget: number,
): KnownAtVerdict {
  const { analysis } = label;
  const { context } = analysis;
  const { f } = context;
  const by = knownAt.kind === 'column' ? knownAt.name : `prediction_time + ${knownAt.horizon}`;
  const open = (reason: string): KnownAtVerdict => ({ by, verdict: 'UNPROVEN', reason, facts: [] });
  const { columns, types } = shape.model;
  const place = columns.findIndex((name) => name.toLowerCase() === by.toLowerCase());
  const interval = knownAt.kind === 'horizon' ? parseInterval(knownAt.horizon) : undefined;
  if (knownAt.kind === 'horizon' && interval === undefined)
    return open(`\`${knownAt.horizon}\` is no horizon`);
  if (knownAt.kind === 'column') {
    const column = other(knownAt.name);
    if (place === -1 || column === undefined) return open(`the model has no column ${by}`);
    if (!isProved(column)) return open(`${by} itself may depend on what came after the prediction time`);
    if (isZonedType(types[place] ?? '') !== isZonedType(momentType(shape)))
      return open(`${by} and the prediction time are not both with a time zone, or both without`);
  }
  /** The row has no such instant, so that it is never trained on, or the event is not later. */
  const isKnown = (row: readonly Term[], event: ScalarTerm): Formula => {
    if (interval !== undefined) return context.atMost(event, shift(context, context.moment, interval), 0);
    const term = row[place];
    return term?.sort === 'time' ? f.or(term.isNull, context.atMost(event, term as ScalarTerm, 0)) : f.false;
  };
  const refuter = new Refuter(analysis, budget);
  const facts = new Set<Fact>();
  for (const items of openByOrigin(label.decided)) {
    const origin = items[0]?.obligation.move.origin as Origin;
    if (origin.kind === 'volatile') return open('the clock decides the label');
    const holds = clocksOf(origin, momentType(shape)).some((column) => {
      const needed = new Set<Fact>();
      const all = items.every(({ obligation: { move, formula } }) => {
        const event = (move.origin as Exclude<Origin, { kind: 'volatile' }>).row.cell(column);
        if (event.sort !== 'time') return false;
        const known = rowsOf(move).map((row) => isKnown(row, event as ScalarTerm));
        // Only an instant after p tells when it happened: when the row was signed up says nothing.
        const happened = f.and(f.not(event.isNull), context.atMost(context.moment, event, -1));
        const goal = f.and(formula, move.origin.unknown, f.not(f.and(happened, ...known)));
        const proof = refuter.prove(goal, seedsOf(move));
        if (proof.status !== 'proved') return false;
        for (const fact of proof.facts) needed.add(fact);
        return true;
      });
      if (all) for (const fact of needed) facts.add(fact);
      return all;
    });
    if (!holds) return open(`what happens after ${by} can change the label (${origin.path.join(' <- ')})`);
  }
  return { by, verdict: 'PROVED', facts: [...facts] };
}

/** The rows of the model that a move is about. */
function rowsOf(move: Move): readonly (readonly Term[])[] {
  return move.sign === '~' ? [move.before, move.after] : [move.after];
}
