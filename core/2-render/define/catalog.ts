declare global {
  /**
   * The columns of a project's sources and models. Empty here; `churn typegen` writes `churn.d.ts` beside
   * churn_project.yml, which fills both interfaces from the bound catalog.
   */
  namespace Churn {
    interface Models {}
    interface Sources {}
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

/** A row of a model: column names and TypeScript types. */
export type ModelRow<Name> = Name extends keyof Churn.Models ? Churn.Models[Name] : Untyped;

/** A row of a source's table. */
export type SourceRow<Source, Table> = Source extends keyof Churn.Sources
  ? Table extends keyof Churn.Sources[Source]
    ? Churn.Sources[Source][Table]
    : Untyped
  : Untyped;

/** Columns whose non-NULL values are of a type. */
export type ColumnOf<Row, Value> = {
  [Name in keyof Row]-?: NonNullable<Row[Name]> extends Value ? Name : never;
}[keyof Row] &
  string;

export type AnyColumn<Row> = keyof Row & string;
