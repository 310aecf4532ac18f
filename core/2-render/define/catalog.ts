import type { Hole } from './references.ts';

declare global {
  /**
   * The columns of a project's sources and models. Empty here; `churn typegen` writes `churn.d.ts` beside
   * churn_project.yml, which fills both interfaces from the bound catalog.
   */
  namespace Churn {
    interface Models {}
    interface Sources {}
    /** Of relations whose past is declared: the longest window, per unit. */
    interface History {}
    /** What each macro takes. */
    interface Macros {}
    /** What a macro can be given: a column, SQL, text, a number. */
    type Argument = Hole;
    /** What a TypeScript macro takes when it is called by name: where it wants text, a column or SQL will do. */
    type TypedArguments<Call> = Call extends (...args: infer All) => unknown
      ? { [Position in keyof All]: string extends All[Position] ? Argument : All[Position] }
      : never;
  }
}

/** Before `churn typegen` has run, every name is allowed and every column fits everywhere. */
type Untyped = Readonly<Record<string, never>>;

/** Names of models, seeds and snapshots. */
export type ModelName = [keyof Churn.Models] extends [never] ? string : keyof Churn.Models & string;

/** Names of sources. */
export type SourceName = [keyof Churn.Sources] extends [never] ? string : keyof Churn.Sources & string;

/** Names of a source's tables. */
export type TableName<Source> = Source extends keyof Churn.Sources
  ? keyof Churn.Sources[Source] & string
  : string;

/** The longest windows of a relation's rows; on the type alone. */
export declare const history: unique symbol;
type Past<Name> = Name extends keyof Churn.History ? { readonly [history]?: Churn.History[Name] } : unknown;

/** A row of a model: column names and TypeScript types. */
export type ModelRow<Name> = Name extends keyof Churn.Models ? Churn.Models[Name] & Past<Name> : Untyped;

/** A row of a source's table. */
export type SourceRow<Source, Table> = Source extends keyof Churn.Sources
  ? Table extends keyof Churn.Sources[Source]
    ? Churn.Sources[Source][Table] & Past<`${Source & string}.${Table & string}`>
    : Untyped
  : Untyped;

/** Columns whose non-NULL values are of a type. */
export type ColumnOf<Row, Value> = {
  [Name in keyof Row]-?: NonNullable<Row[Name]> extends Value ? Name : never;
}[keyof Row] &
  string;

export type AnyColumn<Row> = keyof Row & string;
