import type { RenderedNode } from '../../2-render/index.ts';
import { type Analysis, type PlannedModel, Unreadable } from '../plan/analysis.ts';
import { Derivation } from '../plan/derivation.ts';
import type { Fact } from '../plan/facts.ts';
import { ROWS } from '../report.ts';
import { judgeLabel, type LabelVerdict } from './labels.ts';
import { type ModelShape, obligationsOf } from './obligations.ts';
import { type Decided, Prover } from './prove.ts';

/** What the proof attempt says of a model, before any witness is run. */
export interface Attempt {
  readonly node: RenderedNode;
  readonly shape?: ModelShape;
  readonly columns: readonly ColumnAttempt[];
  readonly unreadable?: string;
}

export interface ColumnAttempt {
  readonly name: string;
  /** What the obligations were derived in. */
  readonly analysis: Analysis;
  readonly decided: readonly Decided[];
  readonly label?: { readonly horizon: string; readonly verdict: LabelVerdict };
  /** Declared keys without which there would be other obligations. */
  readonly keys: ReadonlySet<Fact>;
}

/**
 * Tries to prove every column of a model. A column that can be proved without one of the declared keys that
 * shaped its obligations is proved without it.
 *
 * @param without the same analysis, some declared keys withheld
 */
export function attemptModel(
  analysis: Analysis,
  node: RenderedNode,
  model: PlannedModel,
  budget: number,
  without?: (keys: ReadonlySet<Fact>) => Analysis,
): Attempt {
  const first = attemptOnce(analysis, node, model, budget);
  const keys = first.columns[0]?.keys;
  if (without === undefined || keys === undefined || keys.size === 0) return first;
  let columns = first.columns;
  const withheld = new Set<Fact>();
  for (const key of keys) {
    const leaner = attemptOnce(without(new Set([...withheld, key])), node, model, budget);
    const better = new Map(leaner.columns.filter(isProved).map((column) => [column.name, column]));
    if (columns.every((column) => !isProved(column) || better.has(column.name))) withheld.add(key);
    columns = columns.map((column) => (isProved(column) ? (better.get(column.name) ?? column) : column));
  }
  return { ...first, columns };
}

function attemptOnce(analysis: Analysis, node: RenderedNode, model: PlannedModel, budget: number): Attempt {
  const time = node.pointInTime?.predictionTime.value ?? '';
  const entity = node.pointInTime?.entity.map(({ value }) => value) ?? [];
  const place = (name: string): number =>
    model.columns.findIndex((column) => column.toLowerCase() === name.toLowerCase());
  const shape: ModelShape = { model, predictionTime: place(time), entity: entity.map(place) };
  const own = new Set([shape.predictionTime, ...shape.entity]);
  const audited = model.columns.flatMap((name, index) => (own.has(index) ? [] : [{ name, index }]));
  const names = [{ name: ROWS, index: -1 }, ...audited];
  try {
    const missing = [time, ...entity].find((name) => place(name) === -1);
    if (missing !== undefined) throw new Unreadable(`the model has no column ${missing}`);
    const derive = new Derivation(analysis);
    const width = derive.width(model.plan, { ctes: new Map(), model });
    if (width !== model.columns.length) throw new Unreadable('the plan has other columns than the model');
    const prover = new Prover(derive, budget);
    const obligations = analysis.collect(() => obligationsOf(derive, shape));
    const decided = prover.decide(obligations.value, width);
    const columns = names.map(({ name, index }): ColumnAttempt => {
      const found = {
        name,
        analysis,
        decided: index === -1 ? decided.presence : (decided.columns.get(index) ?? []),
        keys: obligations.facts,
      };
      const declared = node.columns.find((column) => column.name.toLowerCase() === name.toLowerCase());
      if (declared?.role?.value !== 'label') return found;
      const horizon = declared.horizon?.value ?? '';
      return {
        ...found,
        label: { horizon, verdict: judgeLabel(derive, shape, found.decided, horizon, budget) },
      };
    });
    return { node, shape, columns };
  } catch (error) {
    if (!(error instanceof Unreadable) && !(error instanceof RangeError)) throw error;
    const nothing = { analysis, decided: [], keys: new Set<Fact>() };
    return { node, unreadable: error.message, columns: names.map(({ name }) => ({ name, ...nothing })) };
  }
}

/** What stands in the way of a proof. */
export function openOf(column: ColumnAttempt): readonly Decided[] {
  return column.label === undefined
    ? column.decided.filter(({ proof }) => proof.status !== 'proved')
    : column.label.verdict.outside;
}

export function isProved(column: ColumnAttempt): boolean {
  return openOf(column).length === 0 && column.label?.verdict.hasFuture !== false;
}

/** The declared facts that the proof of a column cannot do without. */
export function factsOf(column: ColumnAttempt): readonly Fact[] {
  const found = new Set(column.keys);
  for (const { proof } of column.decided) {
    if (proof.status === 'proved') for (const fact of proof.facts) found.add(fact);
  }
  for (const fact of column.label?.verdict.facts ?? []) found.add(fact);
  return [...found].sort();
}
