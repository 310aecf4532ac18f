import type { RenderedNode } from '../../2-render/index.ts';
import type { AuditInput } from '../input.ts';
import type { AuditOptions } from '../options.ts';
import { type Analysis, type PlannedModel, Unreadable } from '../plan/analysis.ts';
import { Derivation } from '../plan/derivation.ts';
import { type AuditResult, placeOf, ROWS } from '../report.ts';
import { type Refutation, refute } from '../witness/refute.ts';
import { closureIds } from './closure-ids.ts';
import { judgeLabel, type LabelVerdict } from './labels.ts';
import { type ModelShape, obligationsOf } from './obligations.ts';
import { type Decided, Prover } from './prove.ts';
import { describe } from './reasons.ts';
import { claimedWindow, provenWindows, windowReport } from './window.ts';
import { windowClaim, windowWarnings } from './window-claims.ts';

/** What the proof attempt says of a model, before any witness is run. */
export interface Attempt {
  readonly node: RenderedNode;
  readonly shape?: ModelShape;
  readonly columns: readonly ColumnAttempt[];
  readonly unreadable?: string;
}

export interface ColumnAttempt {
  readonly name: string;
  readonly decided: readonly Decided[];
  readonly label?: { readonly horizon: string; readonly verdict: LabelVerdict };
}

/** Tries to prove every column of a model. */
export function attemptModel(
  analysis: Analysis,
  node: RenderedNode,
  model: PlannedModel,
  budget: number,
): Attempt {
  const time = node.pointInTime?.predictionTime.value ?? '';
  const entity = node.pointInTime?.entity.map(({ value }) => value) ?? [];
  const place = (name: string): number =>
    model.columns.findIndex((column) => column.toLowerCase() === name.toLowerCase());
  const shape: ModelShape = { model, predictionTime: place(time), entity: entity.map(place) };
  const keys = new Set([shape.predictionTime, ...shape.entity]);
  const audited = model.columns.flatMap((name, index) => (keys.has(index) ? [] : [{ name, index }]));
  const names = [{ name: ROWS, index: -1 }, ...audited];
  try {
    const missing = [time, ...entity].find((name) => place(name) === -1);
    if (missing !== undefined) throw new Unreadable(`the model has no column ${missing}`);
    const derive = new Derivation(analysis);
    const width = derive.width(model.plan, { ctes: new Map(), model });
    if (width !== model.columns.length) throw new Unreadable('the plan has other columns than the model');
    const prover = new Prover(derive, budget);
    const decided = prover.decide(obligationsOf(derive, shape), width);
    const columns = names.map(({ name, index }): ColumnAttempt => {
      const own = index === -1 ? decided.presence : (decided.columns.get(index) ?? []);
      const declared = node.columns.find((column) => column.name.toLowerCase() === name.toLowerCase());
      if (declared?.role?.value !== 'label') return { name, decided: own };
      const horizon = declared.horizon?.value ?? '';
      const verdict = judgeLabel(derive, own, horizon, budget);
      return { name, decided: own, label: { horizon, verdict } };
    });
    return { node, shape, columns };
  } catch (error) {
    if (!(error instanceof Unreadable) && !(error instanceof RangeError)) throw error;
    return { node, unreadable: error.message, columns: names.map(({ name }) => ({ name, decided: [] })) };
  }
}

/** Verdicts on every column: proved ones by the attempt, refuted ones by running witnesses. */
export async function auditModel(
  input: AuditInput,
  analysis: Analysis,
  model: PlannedModel,
  node: RenderedNode,
  options: AuditOptions,
): Promise<AuditResult[]> {
  const attempt = attemptModel(analysis, node, model, options.budget ?? 3000);
  const closure = closureIds(input, node.uniqueId);
  const refutations =
    options.witnesses === false
      ? new Map<string, Refutation>()
      : await refute(input, analysis, attempt, closure, options.attempts ?? 120);
  const derive = new Derivation(analysis);
  return attempt.columns.map((column) => resultOf(derive, attempt, column, refutations.get(column.name)));
}

function resultOf(
  derive: Derivation,
  attempt: Attempt,
  column: ColumnAttempt,
  refutation: Refutation | undefined,
): AuditResult {
  const { node } = attempt;
  const open = openOf(column);
  const first = refutation?.cause ?? open[0];
  const origin = first?.obligation.move.origin;
  const base = {
    model: node.name,
    column: column.name,
    sources: sourcesOf(column.decided),
    ...(column.label && { role: 'label' as const }),
    obligations: new Set(column.decided.map(({ obligation }) => obligation.formula.id)).size,
  };
  if (refutation !== undefined) {
    const place = origin?.places.at(-1) ?? node.span;
    return {
      ...base,
      verdict: 'REFUTED',
      reason: describe(column, first, attempt),
      at: placeOf(place),
      ...(origin && { path: origin.path }),
      witness: refutation.witness,
    };
  }
  if (attempt.unreadable !== undefined) {
    return { ...base, verdict: 'UNPROVEN', reason: attempt.unreadable, at: placeOf(node.span) };
  }
  const isOpen =
    column.label === undefined ? open.length > 0 : open.length > 0 || !column.label.verdict.hasFuture;
  if (isOpen) {
    return {
      ...base,
      verdict: 'UNPROVEN',
      reason: describe(column, first, attempt),
      at: placeOf(origin?.places.at(-1) ?? node.span),
      ...(origin && { path: origin.path }),
    };
  }
  const own = column.decided.map(({ obligation }) => obligation).filter((one) => one.column !== undefined);
  const claim = windowClaim(node, column.name);
  const windows = (column.name === ROWS ? [] : provenWindows(derive, own)).map((window) =>
    claim === undefined ? window : claimedWindow(derive, own, window, claim.most),
  );
  const facts = [
    ...new Set(column.decided.flatMap(({ proof }) => (proof.status === 'proved' ? proof.facts : []))),
  ];
  const window = windowReport(windows[0]);
  const warnings = column.label === undefined ? windowWarnings(claim, windows) : [];
  return {
    ...base,
    verdict: 'PROVED',
    ...(window && column.label === undefined && { window }),
    ...(facts.length > 0 && { facts }),
    ...(warnings.length > 0 && { warnings }),
  };
}

/** What stands in the way of a proof. */
export function openOf(column: ColumnAttempt): readonly Decided[] {
  return column.label === undefined
    ? column.decided.filter(({ proof }) => proof.status !== 'proved')
    : column.label.verdict.outside;
}

function sourcesOf(decided: readonly Decided[]): string[] {
  const names = decided.flatMap(({ obligation: { move } }) =>
    move.origin.kind === 'volatile' ? [] : [move.origin.row.source.name],
  );
  return [...new Set(names)].sort();
}
