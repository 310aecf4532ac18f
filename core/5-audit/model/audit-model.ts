import type { RenderedNode } from '../../2-render/index.ts';
import type { Faults } from '../fault.ts';
import type { AuditInput } from '../input.ts';
import type { OpenAudit } from '../open-audit.ts';
import type { AuditOptions } from '../options.ts';
import { type LeakPlace, leakPlace } from '../place/leak-place.ts';
import type { Analysis, PlannedModel } from '../plan/analysis.ts';
import { Derivation } from '../plan/derivation.ts';
import { type AuditResult, type KnownAtReport, placeOf, ROWS } from '../report.ts';
import { type Refutation, refute } from '../witness/refute.ts';
import { type Attempt, attemptModel, type ColumnAttempt, factsOf, isProved, openOf } from './attempt.ts';
import { closureIds } from './closure-ids.ts';
import { declaredKnownAt, judgeKnownAt, type KnownAtVerdict } from './known-at.ts';
import type { Decided } from './prove.ts';
import { describe } from './reasons.ts';
import { boundsIn, claimedWindow, provenWindows, windowReport } from './window.ts';
import { windowClaim, windowWarnings } from './window-claims.ts';

/** Verdicts on every column: proved ones by the attempt, refuted ones by running witnesses. */
export async function auditModel(
  input: AuditInput,
  { analysis, without }: Pick<OpenAudit, 'analysis' | 'without'>,
  model: PlannedModel,
  node: RenderedNode,
  options: AuditOptions,
  faults: Faults,
): Promise<AuditResult[]> {
  const attempt = attemptModel(analysis, node, model, options.budget ?? 3000, without);
  const closure = closureIds(input, node.uniqueId);
  const refutations =
    options.witnesses === false
      ? new Map<string, Refutation>()
      : await faults.guard(
          { model: node.name },
          () => refute(input, analysis, attempt, closure, options.attempts ?? 120),
          () => new Map<string, Refutation>(),
        );
  const results: AuditResult[] = [];
  const bounds = new Map<Analysis, ReturnType<typeof boundsIn>>();
  const boundOf = (of: Analysis) => {
    const known = bounds.get(of) ?? boundsIn(of);
    bounds.set(of, known);
    return known;
  };
  for (const column of attempt.columns)
    results.push(
      await faults.guard<AuditResult>(
        { model: node.name, column: column.name },
        () =>
          resultOf(
            attempt,
            column,
            refutations.get(column.name),
            knownAt(input, attempt, column, options),
            boundOf(column.analysis),
          ),
        (reason) => ({
          model: node.name,
          column: column.name,
          verdict: 'UNPROVEN',
          sources: [],
          reason,
          at: placeOf(node.span),
        }),
      ),
    );
  return results;
}

/** Of the label that is trained on: whether it is known when training takes it to be. */
function knownAt(
  input: AuditInput,
  attempt: Attempt,
  column: ColumnAttempt,
  options: AuditOptions,
): KnownAtVerdict | undefined {
  const { shape } = attempt;
  if (shape === undefined || column.label === undefined || !isProved(column)) return undefined;
  const declared = declaredKnownAt(input.prediction, attempt.node, column.name);
  if (declared === undefined) return undefined;
  const other = (wanted: string): ColumnAttempt | undefined =>
    attempt.columns.find(({ name }) => name.toLowerCase() === wanted.toLowerCase());
  return judgeKnownAt(column, shape, other, declared, options.budget ?? 3000);
}

async function resultOf(
  attempt: Attempt,
  column: ColumnAttempt,
  refutation: Refutation | undefined,
  known: KnownAtVerdict | undefined,
  boundOf: ReturnType<typeof boundsIn>,
): Promise<AuditResult> {
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
    const place = await placeIn(column, first);
    return {
      ...base,
      verdict: 'REFUTED',
      reason: because(describe(column, first, attempt), place),
      at: placeOf(place?.span ?? node.span),
      ...(origin && { path: origin.path }),
      witness: refutation.witness,
    };
  }
  if (attempt.unreadable !== undefined) {
    return { ...base, verdict: 'UNPROVEN', reason: attempt.unreadable, at: placeOf(node.span) };
  }
  if (!isProved(column)) {
    const place = await placeIn(column, first);
    return {
      ...base,
      verdict: 'UNPROVEN',
      reason: because(describe(column, first, attempt), place),
      at: placeOf(place?.span ?? node.span),
      ...(origin && { path: origin.path }),
    };
  }
  const own = column.decided.map(({ obligation }) => obligation).filter((one) => one.column !== undefined);
  const derive = new Derivation(column.analysis);
  const claim = windowClaim(node, column.name);
  const windows = (column.name === ROWS ? [] : provenWindows(own, boundOf)).map((window) =>
    claim === undefined ? window : claimedWindow(derive, own, window, claim.most),
  );
  const facts = [...new Set([...factsOf(column), ...(known?.facts ?? [])])].sort();
  const window = windowReport(windows[0]);
  const warnings = column.label === undefined ? windowWarnings(claim, windows) : [];
  return {
    ...base,
    verdict: 'PROVED',
    ...(window && column.label === undefined && { window }),
    ...(facts.length > 0 && { facts }),
    ...(warnings.length > 0 && { warnings }),
    ...(known && { known_at: knownAtReport(known) }),
    ...(known?.verdict === 'UNPROVEN' && { at: placeOf(node.span) }),
  };
}

function knownAtReport({ by, verdict, reason }: KnownAtVerdict): KnownAtReport {
  return { by, verdict, ...(reason !== undefined && { reason }) };
}

async function placeIn(column: ColumnAttempt, decided: Decided | undefined): Promise<LeakPlace | undefined> {
  if (decided === undefined) return undefined;
  return leakPlace(
    column.analysis,
    decided,
    column.name === ROWS ? undefined : column.name,
    column.label !== undefined,
  );
}

function because(reason: string, place: LeakPlace | undefined): string {
  return place?.says === undefined ? reason : `${reason}: ${place.says}`;
}

function sourcesOf(decided: readonly Decided[]): string[] {
  const names = decided.flatMap(({ obligation: { move } }) =>
    move.origin.kind === 'volatile' ? [] : [move.origin.row.source.name],
  );
  return [...new Set(names)].sort();
}
