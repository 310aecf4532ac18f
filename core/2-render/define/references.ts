import type { ModelName, ModelRow, SourceName, SourceRow, TableName } from './catalog.ts';

declare const rowType: unique symbol;

/** A model or a source's table, by name; `Row` exists for the compiler only. */
export interface Relation<Row = unknown> {
  readonly relation: 'model' | 'source';
  /** `orders`, or `raw.orders` for a source. */
  readonly name: string;
  readonly [rowType]?: Row;
}

/**
 * A model, seed or snapshot of the project, as `ref` in SQL.
 *
 * @example model('silver_daily_engagement')
 */
export function model<Name extends ModelName>(name: Name): Relation<ModelRow<Name>> {
  return Object.freeze({ relation: 'model', name });
}

/**
 * A table of a source, as `source` in SQL.
 *
 * @example source('raw', 'events')
 */
export function source<Source extends SourceName, Table extends TableName<Source>>(
  name: Source,
  table: Table,
): Relation<SourceRow<Source, Table>> {
  return Object.freeze({ relation: 'source', name: `${name}.${table}` });
}

/** A column of the rows a view reads, of its spine, the prediction time, or another feature, inside a fragment. */
export interface Place {
  readonly place: 'row' | 'spine' | 'prediction_time' | 'feature';
  readonly name: string;
}

/** SQL with holes; `Value` is the type of what it gives. */
export interface Fragment<Value = unknown> {
  readonly fragment: true;
  readonly strings: readonly string[];
  readonly holes: readonly Hole[];
  readonly [rowType]?: Value;
}

/** A call of one of the project's macros; `macro` makes it. */
export interface MacroCall {
  readonly macro: string;
  readonly args: readonly Hole[];
}

export type Hole = Fragment | Place | MacroCall | string | number | boolean | null;

/**
 * SQL as an expression. Numbers, text and Booleans become literals; columns are written with `col`, `spine`, `at`.
 *
 * @example sql<number>`date_trunc('month', ${col('purchase_date')})`
 */
export function sql<Value = unknown>(
  strings: TemplateStringsArray,
  ...holes: readonly Hole[]
): Fragment<Value> {
  return Object.freeze({ fragment: true, strings: Object.freeze([...strings]), holes: Object.freeze(holes) });
}

export function isFragment(value: unknown): value is Fragment {
  return typeof value === 'object' && value !== null && 'fragment' in value;
}

export function isMacroCall(value: unknown): value is MacroCall {
  return typeof value === 'object' && value !== null && 'macro' in value;
}

/** Values of `churn_project.yml`'s `vars:` (and `--vars`), for typed files; evaluated files get the project's own. */
export function projectVar<Value = string | number | boolean>(name: string): Value {
  throw new Error(`projectVar('${name}') is known only while churn evaluates a project's typed files`);
}
