import type { ColumnProperties, TestDeclaration } from '../../1-load/index.ts';
import type { RelationValue } from '../context/relation-value.ts';

/** What generic tests are declared on: a model, seed, snapshot or source table. */
export interface TestOwner {
  readonly uniqueId: string;
  readonly kind: 'node' | 'source';
  /** Name in test names: the model's, or `<source>_<table>`. */
  readonly target: string;
  /** `ref('orders')` or `source('raw', 'orders')`: part of dbt's hash. */
  readonly reference: string;
  readonly relation: RelationValue;
  readonly isEphemeral: boolean;
  /** The YAML file the tests are declared in. */
  readonly tests: readonly TestDeclaration[];
  readonly columns: readonly ColumnProperties[];
}
