import type { Span } from '../../diagnostics/index.ts';
import type { PlanExpression } from '../../sql/index.ts';
import type { Formula } from '../symbolic/formula.ts';
import type { Term } from '../symbolic/term.ts';
import type { PlannedModel } from './analysis.ts';
import type { Fact } from './facts.ts';

/** Any row of a relation, in any state of the database between D|p and D: its columns and what holds of them. */
export interface Row {
  readonly columns: readonly Term[];
  readonly facts: readonly Formula[];
}

/**
 * One way in which a relation can change when one source row (or cell) that was unknown at p becomes known.
 * The whole change is a sum of such moves: `+` adds a row, `-` removes one, `~` replaces `before` by `after`.
 */
export interface Move {
  readonly sign: '+' | '-' | '~';
  /** Equal to `after` unless the sign is `~`. */
  readonly before: readonly Term[];
  readonly after: readonly Term[];
  /** For `~`: per column, when it differs. */
  readonly changed: readonly Formula[];
  /** What holds whenever this move happens. */
  readonly facts: readonly Formula[];
  /**
   * For `+` and `-`: columns on whose values a row exists before and after all the same, so that the move
   * changes how many rows there are, not whether there are any. Empty: none.
   */
  readonly anchored: ReadonlySet<number>;
  /** The direction in which the number of rows goes, partners of this move counted; `0`: it stays. */
  readonly net: '+' | '-' | '0';
  /** The move replaces one row by another of the same anchor: the number of rows may stay. */
  readonly paired: boolean;
  readonly origin: Origin;
  /** Another row changes because of the one that moves: it is chosen, ranked or counted differently. */
  readonly indirect?: boolean;
}

/** Where a change begins: a row or cell of a source, or a function that is not decided by its arguments. */
export type Origin = RowOrigin | CellOrigin | VolatileOrigin;

interface OriginBase {
  /** Holds when this was not known at the prediction time. */
  readonly unknown: Formula;
  /** Names of the models on the way, the audited one first. */
  readonly path: readonly string[];
  /** The models on the way, the audited one first, and where each reads the next. */
  readonly reads: readonly ReadStep[];
  /** The window function by which other rows depend on it. */
  readonly via?: { readonly window: string; readonly model: PlannedModel };
}

/** A model reads a table. */
export interface ReadStep {
  readonly model: PlannedModel;
  readonly table: string;
  readonly place: Span;
}

export interface RowOrigin extends OriginBase {
  readonly kind: 'row';
  readonly row: ScanRow;
}

export interface CellOrigin extends OriginBase {
  readonly kind: 'cell';
  readonly row: ScanRow;
  readonly column: number;
}

export interface VolatileOrigin extends OriginBase {
  readonly kind: 'volatile';
  readonly name: string;
}

/** Columns that no two rows share; none: there is one row at most. `facts`: what is declared for it to be so. */
export interface Key {
  readonly columns: readonly number[];
  readonly facts: readonly Fact[];
}

/** What is declared of a source: the facts a proof may rest on. */
export interface SourceFacts {
  readonly uniqueId: string;
  /** `raw.events` */
  readonly name: string;
  readonly columns: readonly SourceColumn[];
  /** Undefined: undeclared. */
  readonly availableAt?: Availability;
  readonly axioms: readonly { readonly text: string; readonly expression: PlanExpression }[];
  /** Sets of columns that no two rows share, NULLs aside; none of them known later than the row. */
  readonly keys: readonly (readonly number[])[];
  /** Seeds and the like: part of the project, known from the beginning. */
  readonly constant: boolean;
}

export interface SourceColumn {
  readonly name: string;
  readonly type: string;
  readonly notNull: boolean;
  readonly availableAt?: Availability;
}

/** SQL over the row's columns, or never. */
export type Availability =
  | { readonly kind: 'at'; readonly expression: PlanExpression }
  | { readonly kind: 'never' };

/** One symbolic row of a source. Cells are made when first asked for. */
export interface ScanRow {
  readonly id: number;
  readonly source: SourceFacts;
  /** The true value of a cell, known or not. */
  readonly cell: (column: number) => Term;
  /** Columns asked for so far. */
  readonly cells: ReadonlyMap<number, Term>;
}
