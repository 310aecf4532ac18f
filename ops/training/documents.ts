import type { BinaryMetrics, Calibration, Evaluation, FoldResult } from '#ml';
import { instantText } from '../gold/gold-table.ts';
import type { TrainedModel } from './train-model.ts';

/** A line of the fold table: what was learned on, what was tested, how it went. */
export interface FoldRow {
  readonly name: string;
  readonly train: string;
  readonly test: string;
  readonly train_rows: number;
  readonly test_rows: number;
  readonly purged: number;
  readonly best_iteration: number;
  readonly positives: number;
  readonly average_precision: number;
  readonly roc_auc: number;
  readonly brier: number;
  readonly precision_at_10: number;
  readonly lift_at_10: number;
}

/** `evaluation.json` of a run. */
export interface EvaluationDocument {
  readonly folds: readonly FoldRow[];
  readonly final_fold: FoldRow;
  /** Means and standard deviations over the folds. */
  readonly summary: readonly { readonly metric: string; readonly mean: number; readonly std: number }[];
  readonly final: Evaluation;
  readonly decision: Decision | undefined;
}

/** When to act: chosen on the folds, priced on the final periods. */
export interface Decision {
  readonly threshold: number;
  /** Share of the final test rows at or above it. */
  readonly contacted: number;
  readonly net_value: number;
}

/** `calibration.json` of a run; `none` where scores are used as they are. */
export type CalibrationDocument = Calibration | { readonly method: 'none' };

export function evaluationDocument(trained: TrainedModel): EvaluationDocument {
  const { threshold, finalNetValue, probabilities } = trained;
  return {
    folds: trained.validation.folds.map((result) => foldRow(result, result.evaluation.overall)),
    final_fold: foldRow(trained.final, trained.evaluation.overall),
    summary: trained.validation.summary,
    final: trained.evaluation,
    decision:
      threshold === undefined || finalNetValue === undefined
        ? undefined
        : {
            threshold: threshold.threshold,
            contacted:
              probabilities.filter((value) => value >= threshold.threshold).length / probabilities.length,
            net_value: finalNetValue,
          },
  };
}

export function foldRow({ fold, bestIteration }: FoldResult, metrics: BinaryMetrics): FoldRow {
  return {
    name: fold.name,
    train: period(fold.trainFrom, fold.trainUntil),
    test: period(fold.testFrom, fold.testUntil),
    train_rows: fold.train.length,
    test_rows: fold.test.length,
    purged: fold.purged,
    best_iteration: bestIteration,
    positives: metrics.positives,
    average_precision: metrics.averagePrecision.value,
    roc_auc: metrics.rocAuc.value,
    brier: metrics.brier.value,
    precision_at_10: metrics.precisionAt10.value,
    lift_at_10: metrics.liftAt10.value,
  };
}

/** `2024-01-01` or `2024-01-01 to 2024-03-01`. */
function period(from: number, until: number): string {
  return from === until ? instantText(from) : `${instantText(from)} to ${instantText(until)}`;
}
