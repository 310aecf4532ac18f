import type { Dataset } from '../dataset/dataset.ts';
import { selectFeatures, selectRows } from '../dataset/select.ts';
import { MlError } from '../error.ts';
import type { Model } from '../format/model.ts';
import { type EvaluateOptions, type Evaluation, evaluate } from '../metrics/evaluate.ts';
import { predict } from '../predicting/predict.ts';
import { type SelectionOptions, selectByShap } from '../shap/select-by-shap.ts';
import type { IterationEvent } from '../training/options.ts';
import type { Params, TrainParams } from '../training/params.ts';
import { resolveParams } from '../training/resolve.ts';
import { train } from '../training/train.ts';
import { type Fold, innerFold } from './folds.ts';

export interface FoldResult {
  readonly fold: Fold;
  readonly evaluation: Evaluation;
  readonly bestIteration: number;
  /** Probabilities of the fold's test rows, in the order of `fold.test`. */
  readonly scores: Float64Array;
  readonly model: Model;
  readonly seconds: number;
}

export interface CrossValidation {
  readonly folds: readonly FoldResult[];
  /** Over folds, by metric name (`averagePrecision`, `rocAuc`, `brier`, ...); folds where it is undefined are left out. */
  readonly summary: readonly { readonly metric: string; readonly mean: number; readonly std: number }[];
  /** Median of the folds' best iterations. */
  readonly bestIteration: number;
}

export interface CrossValidateOptions extends EvaluateOptions {
  readonly signal?: AbortSignal;
  /** Each fold keeps the features that explain more than noise on its own training rows; absent: all features. */
  readonly selection?: SelectionOptions;
  readonly onFold?: (result: FoldResult, index: number, of: number) => void;
  readonly onIteration?: (event: IterationEvent, fold: Fold) => void;
}

/**
 * Trains and evaluates each fold of a binary model. With early stopping, the validation set is the last training
 * period of the fold, itself purged; the fold's test rows are never looked at. The model is then trained again, for the
 * best number of iterations, on all of the fold's training rows.
 *
 * @throws MlError CH811 when a fold's training rows have one class
 */
export async function crossValidate(
  data: Dataset,
  params: TrainParams,
  folds: readonly Fold[],
  options: CrossValidateOptions = {},
): Promise<CrossValidation> {
  const results: FoldResult[] = [];
  for (const [index, fold] of folds.entries()) {
    const result = await trainFold(data, params, fold, options);
    results.push(result);
    options.onFold?.(result, index, folds.length);
  }
  const iterations = results.map((result) => result.bestIteration).sort((a, b) => a - b);
  return {
    folds: results,
    summary: summarise(results),
    bestIteration: iterations[iterations.length >> 1] ?? 0,
  };
}

/** One fold as `crossValidate` runs it; `trainFold(data, params, plan.final)` is the final model. */
export async function trainFold(
  all: Dataset,
  given: TrainParams,
  fold: Fold,
  options: CrossValidateOptions = {},
): Promise<FoldResult> {
  const started = performance.now();
  const params = resolveParams(given);
  if (params.objective !== 'binary') {
    throw new MlError('CH811', 'Validation in time is for binary models.', 'Set objective to binary.');
  }
  const data = await withSelection(all, params, fold, options.selection);
  const training = selectRows(data, fold.train);
  if (new Set(training.label).size < 2) {
    throw new MlError(
      'CH811',
      `The training rows of ${fold.name} have one class only.`,
      'Ask for fewer folds.',
    );
  }
  const common = { signal: options.signal };
  const onIteration = (event: IterationEvent): void => options.onIteration?.(event, fold);
  const fixed = { ...params, early_stopping_round: 0 };
  const inner = params.early_stopping_round > 0 ? innerFold(data, fold) : null;
  let iterations = params.num_iterations;
  if (inner !== null) {
    const validation = [{ name: 'valid', data: selectRows(data, inner.valid) }];
    const search = await train(selectRows(data, inner.train), params, { ...common, validation, onIteration });
    iterations = Math.max(1, search.bestIteration);
  }
  const refit = await train(training, { ...fixed, num_iterations: iterations }, { ...common, onIteration });
  const test = selectRows(data, fold.test);
  const scores = await predict(refit.model, test);
  const evaluation = evaluate(test, scores, options);
  const seconds = (performance.now() - started) / 1000;
  return { fold, evaluation, bestIteration: iterations, scores, model: refit.model, seconds };
}

/** The data with the features chosen on the fold's training rows: the test rows have no say. */
async function withSelection(
  data: Dataset,
  params: Params,
  fold: Fold,
  selection: SelectionOptions | undefined,
): Promise<Dataset> {
  if (selection === undefined) return data;
  if (params.monotone_constraints.length > 0 || params.interaction_constraints.length > 0) {
    throw new MlError(
      'CH804',
      'Constraints name features by their place, which a selection of features changes.',
      'Remove the constraints, or the selection.',
    );
  }
  const few = { ...params, early_stopping_round: 0, num_iterations: Math.min(100, params.num_iterations) };
  const { kept } = await selectByShap(selectRows(data, fold.train), few, selection);
  return selectFeatures(data, kept);
}

function summarise(results: readonly FoldResult[]): { metric: string; mean: number; std: number }[] {
  const first = results[0]?.evaluation.overall;
  if (first === undefined) return [];
  const names = Object.keys(first).filter((key) => key !== 'rows' && key !== 'positives');
  return names.map((metric) => {
    const values = results
      .map(({ evaluation }) => evaluation.overall[metric as 'brier']?.value ?? Number.NaN)
      .filter((value) => !Number.isNaN(value));
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const variance =
      values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / Math.max(1, values.length - 1);
    return { metric, mean, std: Math.sqrt(variance) };
  });
}
