import type { Compilable, Kysely, Sql } from 'kysely';
import type { ModelName, ModelRow } from './catalog.ts';

/** Every table a typed model may read: models by name, sources as `source.table`. */
export type Tables = { [Name in ModelName]: ModelRow<Name> } & SourceTables;

type Union = {
  [S in keyof Churn.Sources]: `${S & string}.${keyof Churn.Sources[S] & string}`;
}[keyof Churn.Sources];

type SourceTables = {
  [Path in Union]: Path extends `${infer S}.${infer T}`
    ? S extends keyof Churn.Sources
      ? T extends keyof Churn.Sources[S]
        ? Churn.Sources[S][T]
        : never
      : never
    : never;
};

export interface ModelColumn {
  readonly description?: string;
  readonly dataType?: string;
  readonly role?: 'label' | 'feature' | 'key' | 'weight' | 'ignore';
  readonly horizon?: string;
  readonly window?: string;
}

export interface TypedModelOptions {
  readonly description?: string;
  /** As `config()` in a SQL model. */
  readonly config?: Readonly<Record<string, unknown>>;
  readonly pointInTime?: { readonly entity: string | readonly string[]; readonly predictionTime: string };
  readonly columns?: Readonly<Record<string, ModelColumn>>;
  /** The select. `db` knows the project's tables; `sql` is Kysely's tag, for what its builder does not know. */
  readonly query: (tools: { readonly db: Kysely<Tables>; readonly sql: Sql }) => Compilable<unknown>;
}

/** A model written as a Kysely query; `typedModel` makes it, 2-render compiles it. */
export interface TypedModel extends TypedModelOptions {
  readonly churn: 'typed_model';
}

/**
 * A model as a typed Kysely query: a `.ts` file below `models/` whose default export this is. It is a model like any
 * `.sql` file: others `ref` it, it has configuration, contract, lineage and tests.
 *
 * @example
 * export default typedModel({
 *   config: { materialized: 'view' },
 *   query: ({ db }) => db.selectFrom('silver_customers as c').select(['c.customer_id', 'c.country']),
 * });
 */
export function typedModel(options: TypedModelOptions): TypedModel {
  return Object.freeze({ churn: 'typed_model', ...options });
}
