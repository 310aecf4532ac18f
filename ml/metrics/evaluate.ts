import type { Dataset } from '../dataset/dataset.ts';
import { MlError } from '../error.ts';
import { randomSequence } from '../random.ts';
import { rankedLeadTime } from './lead-time.ts';
import { smallestProbability } from './probability.ts';
import { rankDescending } from './rank.ts';
import { rankedMetrics } from './ranked-metrics.ts';

/** A metric with its bootstrap interval; NaN where it is undefined (one class). */
export interface Interval {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

export interface BinaryMetrics {
  readonly rows: number;
  readonly positives: number;
  readonly averagePrecision: Interval;
  readonly rocAuc: Interval;
  readonly logLoss: Interval;
  readonly brier: Interval;
  readonly precisionAt10: Interval;
  readonly recallAt10: Interval;
  readonly liftAt10: Interval;
  /** Median days from prediction to event among positives in the top 10 %; absent without event times. */
  readonly leadTimeDays?: Interval;
}

export interface GroupMetrics {
  readonly group: string;
  readonly value: string;
  readonly metrics: BinaryMetrics;
}

export interface Evaluation {
  readonly overall: BinaryMetrics;
  readonly groups: readonly GroupMetrics[];
}

export interface EvaluateOptions {
  /** Bootstrap resamples; 0 for none (low = high = value). Default 200. */
  readonly bootstrap?: number;
  /** Coverage of the intervals, default 0.95. */
  readonly confidence?: number;
  readonly seed?: number;
}

/** Rows sorted by falling score, with what each adds to the mean losses. */
interface Sample {
  readonly labels: Float64Array;
  readonly scores: Float64Array;
  readonly logLosses: Float64Array;
  readonly squares: Float64Array;
  readonly daysToEvent?: Float64Array;
}

type MetricKey = Exclude<keyof BinaryMetrics, 'rows' | 'positives'>;

const top = 0.1;

function measure({ labels, scores, logLosses, squares, daysToEvent }: Sample): Record<MetricKey, number> {
  const ranked = rankedMetrics(labels, scores, top);
  return {
    averagePrecision: ranked.averagePrecision,
    rocAuc: ranked.rocAuc,
    logLoss: mean(logLosses),
    brier: mean(squares),
    precisionAt10: ranked.precisionAt,
    recallAt10: ranked.recallAt,
    liftAt10: ranked.liftAt,
    leadTimeDays: daysToEvent === undefined ? Number.NaN : rankedLeadTime(labels, daysToEvent, top),
  };
}

function mean(values: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i]!;
  return sum / values.length;
}

/**
 * All metrics over the data set's labels, and per value of each of its groups. `scores` are probabilities of the
 * positive class. Intervals are percentile bootstraps over rows; resamples larger than 20,000 rows are drawn as
 * 20,000 and their spread is scaled by sqrt(20,000 / rows), so that a million rows do not take minutes.
 */
export function evaluate(data: Dataset, scores: Float64Array, options: EvaluateOptions = {}): Evaluation {
  const labels = data.label;
  if (labels === undefined) throw new MlError('CH806', 'Evaluation needs labels and the data set has none.');
  const daysToEvent = data.eventTime && data.predictionTime && eventDays(data.eventTime, data.predictionTime);
  const order = rankDescending(scores);
  const all = takeRows({ labels, scores, ...losses(labels, scores), daysToEvent }, order);
  const groups = (data.groups ?? []).flatMap((group) =>
    group.values.flatMap((value, code) => {
      // Positions in the order: a part of a sorted table is sorted.
      const rows = order.map((_, i) => i).filter((i) => group.codes[order[i]!] === code);
      if (rows.length === 0) return [];
      return [{ group: group.name, value, metrics: withIntervals(takeRows(all, rows), options) }];
    }),
  );
  return { overall: withIntervals(all, options), groups };
}

function eventDays(eventTime: Float64Array, predictionTime: Float64Array): Float64Array {
  return eventTime.map((instant, row) => (instant - predictionTime[row]!) / 86_400_000);
}

function losses(labels: Float64Array, scores: Float64Array): Pick<Sample, 'logLosses' | 'squares'> {
  const logLosses = new Float64Array(labels.length);
  const squares = new Float64Array(labels.length);
  for (let row = 0; row < labels.length; row++) {
    const p = labels[row]! > 0.5 ? scores[row]! : 1 - scores[row]!;
    logLosses[row] = -Math.log(Math.max(p, smallestProbability));
    squares[row] = (scores[row]! - labels[row]!) ** 2;
  }
  return { logLosses, squares };
}

function takeRows(sample: Sample, rows: Uint32Array): Sample {
  const take = (values: Float64Array): Float64Array => {
    const taken = new Float64Array(rows.length);
    for (let i = 0; i < rows.length; i++) taken[i] = values[rows[i]!]!;
    return taken;
  };
  return {
    labels: take(sample.labels),
    scores: take(sample.scores),
    logLosses: take(sample.logLosses),
    squares: take(sample.squares),
    daysToEvent: sample.daysToEvent && take(sample.daysToEvent),
  };
}

const largestResample = 20_000;

function withIntervals(sample: Sample, options: EvaluateOptions): BinaryMetrics {
  const { bootstrap = 200, confidence = 0.95, seed = 0 } = options;
  const rows = sample.labels.length;
  const random = randomSequence(seed);
  const size = Math.min(rows, largestResample);
  const drawn = new Uint32Array(size);
  const draws: Record<MetricKey, number>[] = [];
  for (let b = 0; b < bootstrap; b++) {
    for (let i = 0; i < size; i++) drawn[i] = Math.floor(random() * rows);
    draws.push(measure(takeRows(sample, drawn.sort())));
  }
  const shrink = Math.sqrt(size / rows);
  const values = measure(sample);
  const keys = (Object.keys(values) as MetricKey[]).filter(
    (key) => key !== 'leadTimeDays' || sample.daysToEvent !== undefined,
  );
  const intervals = keys.map((key) => {
    const all = draws.map((draw) => draw[key]);
    return [key, interval(values[key], all, confidence, shrink)] as const;
  });
  const positives = sample.labels.reduce((sum, y) => sum + y, 0);
  return { rows, positives, ...Object.fromEntries(intervals) } as unknown as BinaryMetrics;
}

function interval(value: number, draws: readonly number[], confidence: number, shrink: number): Interval {
  const sorted = Float64Array.from(draws.filter((draw) => !Number.isNaN(draw))).sort();
  if (sorted.length === 0 || Number.isNaN(value)) return { value, low: value, high: value };
  const at = (share: number): number => sorted[Math.round(share * (sorted.length - 1))]!;
  const tail = (1 - confidence) / 2;
  return {
    value,
    low: value + Math.min(0, at(tail) - value) * shrink,
    high: value + Math.max(0, at(1 - tail) - value) * shrink,
  };
}
