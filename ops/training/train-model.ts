import type { TrainingConfig } from '#core';
import {
  applyCalibration,
  type BinaryMetrics,
  type Calibration,
  type CostThreshold,
  type CrossValidation,
  calibrate,
  crossValidate,
  type Dataset,
  type Evaluation,
  evaluate,
  type Fold,
  type FoldPlan,
  type FoldResult,
  purgedFolds,
  selectRows,
  thresholdByCost,
  trainFold,
} from '#ml';
import { GoldProblem } from '../gold/dataset.ts';
import { trainParams } from './settings.ts';

/** A model, how it was validated, and how its scores are read. */
export interface TrainedModel {
  readonly plan: FoldPlan;
  readonly validation: CrossValidation;
  readonly final: FoldResult;
  /** Of the final periods: ranking by the raw scores, log loss and Brier score of the calibrated probabilities. */
  readonly evaluation: Evaluation;
  readonly calibration: Calibration | undefined;
  /** Chosen on the folds' out-of-time scores, never on the final periods. */
  readonly threshold: CostThreshold | undefined;
  /** Net value of acting on the final periods at that threshold. */
  readonly finalNetValue: number | undefined;
  /** Calibrated probabilities of the final test rows, in the order of `final.fold.test`. */
  readonly probabilities: Float64Array;
}

export interface TrainModelOptions {
  readonly threads?: number;
  readonly signal?: AbortSignal;
  /** Folds first, the final model last. */
  readonly onFold?: (result: FoldResult, index: number, of: number) => void;
}

/**
 * Trains as `training:` says: purged expanding folds, early stopping, then a final model on the first periods
 * evaluated on the rest. Calibration and threshold are learned on the folds' out-of-time scores whose labels were
 * known before the final periods begin.
 *
 * @param data labelled rows only
 * @throws GoldProblem, MlError
 */
export async function trainModel(
  data: Dataset,
  training: TrainingConfig | undefined,
  options: TrainModelOptions = {},
): Promise<TrainedModel> {
  const params = trainParams(training, options.threads);
  const plan = purgedFolds(data, {
    folds: training?.folds.count ?? 6,
    finalPeriods: finalPeriods(data, training),
  });
  const of = plan.folds.length + 1;
  const { selection } = training ?? {};
  const validation = await crossValidate(data, params, plan.folds, {
    signal: options.signal,
    selection,
    bootstrap: 100,
    onFold: (result, index) => options.onFold?.(result, index, of),
  });
  // Its metrics are worked out once, below, on calibrated probabilities.
  const final = await trainFold(data, params, plan.final, {
    signal: options.signal,
    selection,
    bootstrap: 0,
  });
  options.onFold?.(final, of - 1, of);

  const known = knownOutOfTime(data, validation, plan.final);
  const method = training?.calibration ?? 'isotonic';
  const calibration =
    method === 'none' || known.labels.length === 0
      ? undefined
      : calibrate(method, known.scores, known.labels);
  const read = (scores: Float64Array) =>
    calibration === undefined ? scores : applyCalibration(calibration, scores);
  const probabilities = read(final.scores);
  const testData = selectRows(data, plan.final.test);
  const costs = training?.threshold;
  const threshold =
    costs === undefined || known.labels.length === 0
      ? undefined
      : thresholdByCost(known.labels, read(known.scores), costs);
  return {
    plan,
    validation,
    final,
    evaluation: combine(evaluate(testData, final.scores), evaluate(testData, probabilities)),
    calibration,
    threshold,
    finalNetValue:
      costs === undefined || threshold === undefined || testData.label === undefined
        ? undefined
        : netValue(testData.label, probabilities, threshold.threshold, costs),
    probabilities,
  };
}

/** Calibration makes ties, which cost ranking metrics what the model did not lose. */
function combine(ranking: Evaluation, calibrated: Evaluation): Evaluation {
  const merge = (metrics: BinaryMetrics, { logLoss, brier }: BinaryMetrics) => ({
    ...metrics,
    logLoss,
    brier,
  });
  return {
    overall: merge(ranking.overall, calibrated.overall),
    groups: ranking.groups.map((group, at) => ({
      ...group,
      metrics: merge(group.metrics, (calibrated.groups[at] as typeof group).metrics),
    })),
  };
}

/** Distinct prediction times held out at the end: all after the first `trainPeriods`. */
function finalPeriods(data: Dataset, training: TrainingConfig | undefined): number {
  const periods = new Set(data.predictionTime).size;
  const left = periods - (training?.final.trainPeriods ?? Math.ceil(periods * 0.75));
  if (left < 1)
    throw new GoldProblem(
      `it has ${periods} prediction times with labels, and ${training?.final.trainPeriods} are to train the final model`,
      'Lower `training.final.train_periods`, or build more prediction times.',
    );
  return left;
}

/** Scores of fold test rows whose label was known when the final periods began. */
function knownOutOfTime(
  data: Dataset,
  validation: CrossValidation,
  final: Fold,
): { labels: Float64Array; scores: Float64Array } {
  const labels: number[] = [];
  const scores: number[] = [];
  for (const { fold, scores: foldScores } of validation.folds)
    for (const [at, row] of fold.test.entries()) {
      if ((data.labelKnownAt?.[row] ?? Number.POSITIVE_INFINITY) > final.testFrom) continue;
      labels.push(data.label?.[row] as number);
      scores.push(foldScores[at] as number);
    }
  return { labels: Float64Array.from(labels), scores: Float64Array.from(scores) };
}

/** Value saved less cost, when everybody at or above the threshold is contacted. */
export function netValue(
  labels: Float64Array,
  probabilities: Float64Array,
  threshold: number,
  costs: NonNullable<TrainingConfig['threshold']>,
): number {
  let net = 0;
  for (const [row, probability] of probabilities.entries())
    if (probability >= threshold)
      net += (labels[row] as number) * costs.saveRate * costs.valueSaved - costs.interventionCost;
  return net;
}
