/**
 * One tree in LightGBM's own terms. Arrays over decisions have `numLeaves - 1` entries, arrays over leaves
 * `numLeaves`. A child >= 0 is a decision, a negative child c is leaf ~c.
 */
export interface Tree {
  readonly numLeaves: number;
  readonly splitFeature: Int32Array;
  readonly splitGain: Float64Array;
  /** x <= threshold goes left; for a categorical decision the index into `catBoundaries`. */
  readonly threshold: Float64Array;
  /** Bit 0 categorical, bit 1 missing goes left, bits 2-3 missing type (0 none, 1 zero, 2 NaN). */
  readonly decisionType: Uint8Array;
  readonly leftChild: Int32Array;
  readonly rightChild: Int32Array;
  readonly leafValue: Float64Array;
  readonly leafWeight: Float64Array;
  readonly leafCount: Float64Array;
  readonly internalValue: Float64Array;
  readonly internalWeight: Float64Array;
  readonly internalCount: Float64Array;
  /** Bitset i is words catBoundaries[i]..catBoundaries[i+1] of catThreshold; members go left. */
  readonly catBoundaries: Int32Array;
  readonly catThreshold: Uint32Array;
  readonly shrinkage: number;
  /** Present for linear trees: the model of each leaf. Such trees are scored, not explained. */
  readonly linear?: LinearLeaves;
}

export interface LinearLeaves {
  readonly constant: Float64Array;
  readonly features: readonly (readonly number[])[];
  readonly coefficients: readonly (readonly number[])[];
}

/** A trained ensemble; immutable. Raw score of class k = sum over iterations i of tree i * treesPerIteration + k. */
export interface Model {
  readonly objective: ModelObjective;
  readonly treesPerIteration: number;
  readonly trees: readonly Tree[];
  readonly featureNames: readonly string[];
  /** `[min:max]`, `1:33:2` (categories seen) or `none`, per feature. */
  readonly featureInfos: readonly string[];
  /** The dictionary of each categorical feature, by feature index. */
  readonly categories: ReadonlyMap<number, readonly string[]>;
  /** How a model without categories says so: LightGBM writes `null` for arrays and `[]` for data frames. */
  readonly noCategories: 'null' | '[]';
  readonly labelIndex: number;
  /** Random forests average their trees. */
  readonly averageOutput: boolean;
  /** -1, 0, 1 per feature; empty for none. */
  readonly monotoneConstraints: readonly number[];
  /** `name: value` pairs the model was trained with, as LightGBM writes them. */
  readonly parameters: readonly (readonly [string, string])[];
}

/** What the raw score means. `name` as in the model text; `link` turns raw scores to predictions. */
export interface ModelObjective {
  /** As in the model text: `binary sigmoid:1`, `multiclass num_class:3`, `regression`, ... */
  readonly text: string;
  readonly link: 'identity' | 'sigmoid' | 'softmax' | 'exp' | 'softplus' | 'square';
  readonly sigmoid: number;
  readonly classes: number;
}
