import type { Model } from '../format/model.ts';
import type { ShapValues } from './shap-values.ts';

export interface FeatureImportance {
  readonly feature: string;
  /** Mean absolute SHAP value over rows and classes; 0 when no values are given. */
  readonly meanAbsShap: number;
  /** Sum of the gains of the feature's splits. */
  readonly gain: number;
  readonly splits: number;
}

/** Every feature, sorted by mean absolute SHAP, then gain. */
export function featureImportance(model: Model, shap?: ShapValues): readonly FeatureImportance[] {
  const gain = new Float64Array(model.featureNames.length);
  const splits = new Float64Array(model.featureNames.length);
  for (const tree of model.trees) {
    tree.splitFeature.forEach((feature, node) => {
      gain[feature]! += tree.splitGain[node]!;
      splits[feature]! += 1;
    });
  }
  const mean = shap === undefined ? gain.map(() => 0) : meanAbsolute(shap);
  return model.featureNames
    .map((feature, f) => ({ feature, meanAbsShap: mean[f]!, gain: gain[f]!, splits: splits[f]! }))
    .sort((a, b) => b.meanAbsShap - a.meanAbsShap || b.gain - a.gain);
}

/** Mean absolute SHAP value of each feature over rows and classes. */
export function meanAbsolute({ values, featureNames }: ShapValues): Float64Array {
  const features = featureNames.length;
  const sums = new Float64Array(features);
  for (let i = 0, f = 0; i < values.length; i++) {
    sums[f]! += Math.abs(values[i]!);
    f = f + 1 === features ? 0 : f + 1;
  }
  const count = values.length / features;
  return sums.map((sum) => sum / count);
}
