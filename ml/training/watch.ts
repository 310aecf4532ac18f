import { type BinMappers, type BinnedData, binDataset } from '../binning/binned.ts';
import type { Dataset } from '../dataset/dataset.ts';
import { MlError } from '../error.ts';
import type { ModelObjective } from '../format/model.ts';
import { addScores, type GrownTree } from '../growing/grown-tree.ts';
import { applyLink } from '../predicting/link.ts';
import { matchColumns } from '../predicting/match-columns.ts';
import { stopEarly } from './early-stopping.ts';
import type { CustomMetric, MetricHistory, ValidationSet } from './options.ts';
import type { Params } from './params.ts';
import { defaultMetric, trainingMetrics } from './training-metrics.ts';

/** A data set whose scores follow the model as it grows. */
interface Watched {
  readonly name: string;
  readonly data: Dataset;
  /** Absent for the training data, whose scores the trainer keeps itself. */
  readonly binned?: BinnedData;
  readonly scores: Float64Array;
}

interface Series {
  readonly watched: Watched;
  readonly metric: string;
  readonly higherIsBetter: boolean;
  readonly isTraining: boolean;
  readonly evaluate: (predictions: Float64Array) => number;
  readonly values: number[];
}

/** Follows metrics over iterations and says when to stop. */
export interface Watch {
  addTree(tree: GrownTree, shrinkage: number, classIndex: number): void;
  /** Evaluates all series; returns true when training should stop. */
  evaluate(): boolean;
  latest(): { set: string; metric: string; value: number }[];
  history(): MetricHistory[];
  /** 1-based; the last iteration when nothing stopped early. */
  bestIteration(): number;
}

export interface WatchInput {
  readonly params: Params;
  readonly mappers: BinMappers;
  readonly features: Dataset['features'];
  readonly objective: ModelObjective;
  readonly validation: readonly ValidationSet[];
  readonly initialScores: (data: Dataset) => Float64Array;
  readonly training?: { readonly data: Dataset; readonly scores: Float64Array };
  readonly customMetrics: readonly CustomMetric[];
}

/** @throws MlError CH812 when early stopping has nothing to look at */
export function watch(input: WatchInput): Watch {
  const { params, mappers, objective } = input;
  if (params.early_stopping_round > 0 && input.validation.length === 0) {
    throw new MlError(
      'CH812',
      'Early stopping needs a validation set.',
      'Pass one, or set early_stopping_round to 0.',
    );
  }
  const watched: Watched[] = input.validation.map(({ name, data }) => ({
    name,
    data,
    binned: binDataset({ ...data, features: matchColumns(data, input.features) }, mappers),
    scores: input.initialScores(data),
  }));
  const training = input.training && { name: 'training', ...input.training };
  const all: Watched[] = training === undefined ? watched : [training, ...watched];
  const series = all.flatMap((each) => seriesOf(each, each === training, input));
  let evaluated = 0;
  let stop: ReturnType<typeof stopEarly> = { stop: false, best: 0 };
  return {
    addTree(tree, shrinkage, classIndex) {
      for (const { binned, scores } of watched) {
        if (binned !== undefined) addScores(tree, binned, shrinkage, scores, objective.classes, classIndex);
      }
    },
    evaluate() {
      evaluated++;
      for (const each of all) {
        const predictions = applyLink(each.scores, objective);
        for (const entry of series)
          if (entry.watched === each) entry.values.push(entry.evaluate(predictions));
      }
      if (params.early_stopping_round === 0) return false;
      const deciding = series.filter((entry) => !entry.isTraining);
      const first = deciding[0]?.metric;
      stop = stopEarly(
        params.first_metric_only ? deciding.filter((entry) => entry.metric === first) : deciding,
        params.early_stopping_round,
        params.early_stopping_min_delta,
      );
      return stop.stop;
    },
    latest: () =>
      series.map((entry) => ({
        set: entry.watched.name,
        metric: entry.metric,
        value: entry.values[entry.values.length - 1] ?? Number.NaN,
      })),
    history: () =>
      series.map((entry) => ({
        set: entry.watched.name,
        metric: entry.metric,
        higherIsBetter: entry.higherIsBetter,
        values: entry.values,
      })),
    bestIteration: () => (params.early_stopping_round > 0 && evaluated > 0 ? stop.best : evaluated),
  };
}

function seriesOf(watched: Watched, isTraining: boolean, input: WatchInput): Series[] {
  const { params, customMetrics } = input;
  const { data } = watched;
  if (data.label === undefined) {
    throw new MlError('CH806', `Validation set \`${watched.name}\` has no labels.`);
  }
  const label = data.label;
  const names =
    params.metric.length > 0
      ? params.metric
      : customMetrics.length > 0
        ? []
        : [defaultMetric(params.objective)];
  const own = names.map((name) => {
    const metric = trainingMetrics[name];
    const evaluate = (predictions: Float64Array): number =>
      metric.value(label, predictions, data.weight, params);
    return {
      watched,
      metric: name,
      higherIsBetter: metric.higherIsBetter,
      isTraining,
      evaluate,
      values: [],
    };
  });
  const custom = customMetrics.map((metric) => ({
    watched,
    metric: metric.name,
    higherIsBetter: metric.higherIsBetter,
    isTraining,
    evaluate: (predictions: Float64Array) => metric.evaluate(predictions, data),
    values: [],
  }));
  return [...own, ...custom];
}
