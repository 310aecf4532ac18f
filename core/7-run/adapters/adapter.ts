import type { TargetConfig } from '../../1-load/index.ts';
import type { Relation } from '../../2-render/index.ts';
import type { BoundColumn } from '../../4-bind/index.ts';
import type { EngineError } from './engine-error.ts';

/** A value as engines give it for small results: never used for tables of data (see columns.ts for those). */
export type Scalar = string | number | bigint | boolean | null;

/** A small result, by rows. */
export interface Rows {
  readonly columns: readonly BoundColumn[];
  readonly rows: readonly (readonly Scalar[])[];
}

/** Rows held by the engine outside any transaction, to be written to a table later. */
export interface HeldRows {
  readonly columns: readonly BoundColumn[];
  readonly count: number;
  /** Engine-specific; only the adapter that made it reads it. */
  readonly payload: unknown;
}

export type RelationKind = 'table' | 'view';

/** A relation as the database has it now. */
export interface ExistingRelation {
  readonly relation: Relation;
  readonly kind: RelationKind;
  readonly columns: readonly BoundColumn[];
  /** Rows as the catalog estimates them; tables only. */
  readonly rows?: number;
  readonly comment?: string;
}

/** What exists in the target before a run; `planRun` reads this instead of the database. */
export interface DatabaseState {
  readonly database: string;
  readonly schemas: readonly string[];
  readonly get: (relation: Relation) => ExistingRelation | undefined;
  readonly relations: readonly ExistingRelation[];
}

/**
 * One connection. Every method rejects with an `EngineError` and nothing else. A failed statement ends the
 * transaction in most engines: after an error, roll back.
 */
export interface Session {
  readonly id: number;
  /**
   * Runs statements for their effect; resolves to the rows written by the last, where the engine tells.
   * `repeatable`: engines over the network may send them again when the answer got lost.
   */
  readonly run: (sql: string, repeatable?: boolean) => Promise<{ readonly rows?: number }>;
  readonly query: (sql: string) => Promise<Rows>;
  readonly begin: () => Promise<void>;
  readonly commit: () => Promise<void>;
  readonly rollback: () => Promise<void>;
  /** Engines without transactions: takes away what was built aside. Not interrupted; failures are passed over. */
  readonly cleanUp?: (statements: readonly string[]) => Promise<void>;
  /** Keeps a query's rows past a rollback (`store_failures` of a model that is not published). */
  readonly hold: (sql: string) => Promise<HeldRows>;
  /** Creates or replaces `relation` with held rows, whole or not at all. */
  readonly writeHeld: (relation: Relation, held: HeldRows) => Promise<void>;
  /** Makes a running statement fail with kind `interrupted`; harmless when nothing runs. */
  readonly interrupt: () => void;
  readonly close: () => void;
}

/** An engine that models are built on. DuckDB is one; Fabric and Spark implement the same. */
export interface Adapter {
  readonly type: TargetConfig['type'];
  /** Where the data is, for messages: a file path or an endpoint. */
  readonly location: string;
  readonly connect: () => Promise<Session>;
  readonly inspect: () => Promise<DatabaseState>;
  /**
   * Engines over the network: all rows of a relation as packed lines (`remote/packed-rows.ts`), every value as a text
   * that DuckDB casts back.
   */
  readonly readLines?: (relation: Relation, columns: readonly BoundColumn[]) => AsyncIterable<string>;
  /** Gives back what failed statements took of the disk; closes every session. Rejects when it cannot open again. */
  readonly reclaim: () => Promise<void>;
  readonly close: () => Promise<void>;
}

/** Opening fails with a diagnostic, not with an exception. */
export type OpenResult<A extends Adapter> =
  | { readonly ok: true; readonly adapter: A }
  | { readonly ok: false; readonly error: EngineError };
