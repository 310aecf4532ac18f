/** Values of a numeric column, one per row; NaN is missing. Never mutated by this module. */
export type NumericValues = Float64Array | Float32Array;

/** A numeric feature. Booleans are 0 and 1, dates whatever number the caller chose. */
export interface NumericColumn {
  readonly kind: 'numeric';
  readonly name: string;
  readonly values: NumericValues;
}

/** A categorical feature: one code per row into a dictionary of strings; -1 is missing. */
export interface CategoricalColumn {
  readonly kind: 'categorical';
  readonly name: string;
  readonly codes: Int32Array;
  readonly dictionary: readonly string[];
}

export type FeatureColumn = NumericColumn | CategoricalColumn;

/** A column that slices the metrics (cohort, tier) and is no feature: codes into `values`; -1 is missing. */
export interface GroupColumn {
  readonly name: string;
  readonly codes: Int32Array;
  readonly values: readonly string[];
}

/**
 * A table as typed columns. Every array has `rows` entries. Buffers belong to the caller and are only read.
 *
 * Instants are milliseconds since the epoch, UTC.
 */
export interface Dataset {
  readonly rows: number;
  readonly features: readonly FeatureColumn[];
  /** 0 or 1 for binary, 0..classes-1 for multiclass, any finite number for regression. */
  readonly label?: Float64Array;
  /** Non-negative. Absent: every row counts once. */
  readonly weight?: Float64Array;
  /** Raw-score offset of each row (rows x trees per iteration, row-major). */
  readonly initScore?: Float64Array;
  /** Cohort, tier and the like, for metrics per group. */
  readonly groups?: readonly GroupColumn[];
  /** When the row's prediction is made. */
  readonly predictionTime?: Float64Array;
  /** When the row's label became known (prediction time plus horizon, at the earliest). */
  readonly labelKnownAt?: Float64Array;
  /** When the predicted event happened; NaN where it did not. Lead time needs it. */
  readonly eventTime?: Float64Array;
  /** Whom the row is about, for reports; not used in training. */
  readonly entity?: readonly string[];
}
