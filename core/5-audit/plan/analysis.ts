import type { Span } from '../../diagnostics/index.ts';
import type { CteOperator, PlanExpression, PlanOperator, Query } from '../../sql/index.ts';
import { Context } from '../symbolic/context.ts';
import { evaluate, truthOf } from '../symbolic/evaluate.ts';
import type { Formula } from '../symbolic/formula.ts';
import type { BooleanTerm, ScalarTerm, Term } from '../symbolic/term.ts';
import type { Fact } from './facts.ts';
import { Moment, type ZonedInstants } from './moment.ts';
import type { Availability, Move, Row, ScanRow, SourceFacts } from './relation.ts';

/** What a scanned name stands for. */
export type Resolved =
  | { readonly kind: 'source'; readonly source: SourceFacts }
  | { readonly kind: 'model'; readonly model: PlannedModel };

/** A model's plan, with what is needed to say where in its file something is. */
export interface PlannedModel {
  readonly uniqueId: string;
  readonly name: string;
  readonly plan: PlanOperator;
  readonly columns: readonly string[];
  /** DuckDB types of the columns. */
  readonly types: readonly string[];
  /** The compiled SQL. */
  readonly sql: string;
  /** The SQL's tree, with offsets; undefined where it cannot be read. */
  readonly parse: () => Promise<Query | undefined>;
  /** The place an offset of the compiled SQL was written at. */
  readonly placeOf: (offset: number | undefined) => Span;
  /** Where the SQL reads a table, by name, in order. */
  readonly placeOfTable: (table: string) => Span;
}

/** Common table expressions in sight, and the row that correlated subqueries see. */
export interface Scope {
  readonly ctes: ReadonlyMap<number, CteEntry>;
  readonly correlated?: readonly Term[];
  readonly model: PlannedModel;
}

export interface CteEntry {
  readonly node: PlanOperator;
  readonly scope: Scope;
  /** Set within a recursive CTE's step: the row that a reference stands for. */
  readonly recursive?: Row;
  moves?: readonly Move[];
}

/** Operators that cannot be read: the model is UNPROVEN, for this reason. */
export class Unreadable extends Error {
  constructor(readonly reason: string) {
    super(reason);
    this.name = 'Unreadable';
  }
}

export interface Derived<T> {
  readonly value: T;
  readonly facts: ReadonlySet<Fact>;
}

/** Shared by everything one audit run derives. */
export class Analysis {
  readonly context = new Context();
  readonly moment: Moment;
  readonly rows: ScanRow[] = [];
  /** The scan row that a symbol belongs to. */
  readonly rowOfSymbol = new Map<number, ScanRow>();
  /** Moves of whole models, shared by those that read them. */
  readonly modelMoves = new Map<string, Derived<readonly Move[]>>();
  readonly opaque = new Set<string>();
  /** The scope within a CTE, by CTE and outer scope, so that its definition's moves are derived once. */
  readonly scopes = new WeakMap<Scope, Map<CteOperator, Scope>>();
  #used = new Set<Fact>();

  constructor(
    readonly resolve: (catalog: string, schema: string, table: string) => Resolved | undefined,
    zoned: ZonedInstants,
    /** Declared keys that derivations do without. */
    readonly withheld: ReadonlySet<Fact> = new Set(),
    /** Upper bound on the moves of one relation: beyond it the model is UNPROVEN. */
    readonly limit = 4000,
  ) {
    this.moment = new Moment(this.context, zoned);
  }

  /** What is derived, with the declared keys that it rests on: `unique` ones decide which changes there are. */
  collect<T>(derive: () => T): Derived<T> {
    const outer = this.#used;
    const facts = new Set<Fact>();
    this.#used = facts;
    try {
      return { value: derive(), facts };
    } finally {
      this.#used = outer;
    }
  }

  /** What is being derived rests on these. */
  rest(facts: Iterable<Fact>): void {
    for (const fact of facts) this.#used.add(fact);
  }

  value(expression: PlanExpression, row: readonly Term[]): Term {
    return evaluate(this.context, expression, row);
  }

  truth(expression: PlanExpression, row: readonly Term[]): BooleanTerm {
    return truthOf(this.context, this.value(expression, row));
  }

  /** A fresh row of a source, its true values. */
  scan(source: SourceFacts): ScanRow {
    const cells = new Map<number, Term>();
    const row: ScanRow = {
      id: this.rows.length,
      source,
      cells,
      cell: (column) => {
        const known = cells.get(column);
        if (known !== undefined) return known;
        const declared = source.columns[column];
        if (declared === undefined) throw new RangeError(`${source.name} has no column ${column}`);
        const first = this.context.names.length;
        const term = this.context.unknown(
          declared.type,
          `${source.name}.${declared.name}`,
          // That it is not NULL is a fact like others: a proof is asked to do without.
          true,
        );
        for (let symbol = first; symbol < this.context.names.length; symbol++)
          this.rowOfSymbol.set(symbol, row);
        cells.set(column, term);
        return term;
      },
    };
    this.rows.push(row);
    return row;
  }

  /** Evaluates SQL over a source's row: an availability, an axiom. */
  overRow(row: ScanRow, expression: PlanExpression): Term {
    return this.value(expression, lazyCells(row));
  }

  /** When something available at that instant is not known at the prediction time. */
  unknownAtP(row: ScanRow, availability: Availability | undefined): Formula {
    const { f } = this.context;
    if (availability === undefined || availability.kind === 'never') return f.true;
    const at = this.overRow(row, availability.expression);
    if (at.sort !== 'time') return f.true;
    const moment = this.moment.beside(availability.expression.type);
    return f.or(at.isNull, this.context.atMost(moment, at as ScalarTerm, -1));
  }
}

/** The row's cells as an array that makes them when read. */
function lazyCells(row: ScanRow): readonly Term[] {
  return new Proxy([] as Term[], {
    get: (_, key) => (typeof key === 'string' && /^\d+$/.test(key) ? row.cell(Number(key)) : undefined),
  });
}
