import type { Dataset, NumericColumn } from '../dataset/dataset.ts';
import { selectRows } from '../dataset/select.ts';
import { randomSequence, sampleWithout } from '../random.ts';
import type { TrainParams } from '../training/params.ts';
import { train } from '../training/train.ts';
import { featureImportance } from './importance.ts';
import { shapValues } from './shap-values.ts';

export interface FeatureSelection {
  readonly kept: readonly string[];
  readonly dropped: readonly { readonly feature: string; readonly meanAbsShap: number }[];
}

export interface SelectionOptions {
  /** Keep at most this many. */
  readonly keep?: number;
  /** Keep features with at least this share of the total mean |SHAP|. */
  readonly minShare?: number;
  /** Columns of pure noise added for comparison; features below the best of them are dropped. Default 3. */
  readonly noiseProbes?: number;
  readonly seed?: number;
}

const mostRows = 20_000;

/**
 * Feature selection by mean |SHAP| of a model trained with a few columns of noise beside the features: what explains
 * no more than noise is dropped. The best feature is always kept.
 */
export async function selectByShap(
  data: Dataset,
  params: TrainParams,
  options: SelectionOptions = {},
): Promise<FeatureSelection> {
  const { noiseProbes = 3, minShare = 0, keep = data.features.length, seed = 0 } = options;
  const random = randomSequence(seed);
  const probes = Array.from(
    { length: noiseProbes },
    (_, i): NumericColumn => ({
      kind: 'numeric',
      name: `noise probe ${i + 1}`,
      values: Float64Array.from({ length: data.rows }, () => random()),
    }),
  );
  const probed = { ...data, features: [...data.features, ...probes] };
  const { model } = await train(probed, params);
  const sample =
    data.rows <= mostRows
      ? probed
      : selectRows(probed, Uint32Array.from(sampleWithout(data.rows, mostRows, 1, seed)));
  const ranked = featureImportance(model, await shapValues(model, sample));
  const probeNames = new Set(probes.map((probe) => probe.name));
  const noise = Math.max(0, ...ranked.filter((r) => probeNames.has(r.feature)).map((r) => r.meanAbsShap));
  const real = ranked.filter((r) => !probeNames.has(r.feature));
  const total = real.reduce((sum, r) => sum + r.meanAbsShap, 0);
  const isKept = (meanAbsShap: number, rank: number): boolean =>
    rank === 0 || (rank < keep && meanAbsShap > noise && meanAbsShap >= minShare * total);
  return {
    kept: real.filter((r, rank) => isKept(r.meanAbsShap, rank)).map((r) => r.feature),
    dropped: real
      .filter((r, rank) => !isKept(r.meanAbsShap, rank))
      .map(({ feature, meanAbsShap }) => ({ feature, meanAbsShap })),
  };
}
