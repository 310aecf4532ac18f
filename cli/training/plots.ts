import {
  type BinaryMetrics,
  beeswarmSvg,
  type CurvePoint,
  calibrationCurve,
  calibrationSvg,
  calibrationText,
  curveText,
  type Dataset,
  dependenceSvg,
  explainRow,
  foldStabilitySvg,
  foldStabilityText,
  forceSvg,
  gainCurve,
  gainSvg,
  liftCurve,
  liftSvg,
  precisionRecallCurve,
  precisionRecallSvg,
  rocCurve,
  rocSvg,
  selectRows,
  waterfallSvg,
} from '#ml';
import type { Scores, TrainedModel } from '#ops';

/** Plots of a training, as SVG by name: folds, pr, roc, calibration, gain, lift. Curves are of the final periods. */
export function trainingPlots(data: Dataset, trained: TrainedModel): Readonly<Record<string, string>> {
  const labels = selectRows(data, trained.final.fold.test).label ?? new Float64Array(0);
  const scores = trained.final.scores;
  const { overall } = trained.evaluation;
  const single = (points: readonly CurvePoint[]) => [{ name: '', points: thin(points) }];
  const folds = trained.validation.folds.map(({ fold, evaluation }) => ({
    name: fold.name,
    metrics: evaluation.overall,
  }));
  return {
    folds: foldStabilitySvg(
      [...folds, { name: 'final', metrics: overall }].map(({ name, metrics }) => ({
        name,
        ...apOf(metrics),
      })),
      { width: 1040, height: 260, title: 'Average precision over time' },
    ),
    pr: precisionRecallSvg(single(precisionRecallCurve(labels, scores)), {
      baseRate: overall.positives / overall.rows,
    }),
    roc: rocSvg(single(rocCurve(labels, scores))),
    calibration: calibrationSvg([
      { name: 'as trained', bins: calibrationCurve(labels, scores, 10) },
      { name: 'calibrated', bins: calibrationCurve(labels, trained.probabilities, 10) },
    ]),
    gain: gainSvg(single(gainCurve(labels, scores))),
    lift: liftSvg(single(liftCurve(labels, scores).filter(({ x }) => x > 0.005))),
  };
}

/** The same curves in characters, for terminals. */
export function trainingPictures(data: Dataset, trained: TrainedModel): Readonly<Record<string, string>> {
  const labels = selectRows(data, trained.final.fold.test).label ?? new Float64Array(0);
  const { scores } = trained.final;
  const curve = (points: readonly CurvePoint[], title: string) =>
    curveText({ name: '', points: thin(points) }, { width: 56, height: 10, title });
  const folds = [
    ...trained.validation.folds.map(({ fold, evaluation }) => ({
      name: fold.name,
      ...apOf(evaluation.overall),
    })),
    { name: 'final', ...apOf(trained.evaluation.overall) },
  ];
  return {
    folds: foldStabilityText(folds, { title: 'Average precision over time, 95 % intervals' }),
    pr: curve(precisionRecallCurve(labels, scores), 'Precision (up) against recall'),
    roc: curve(rocCurve(labels, scores), 'ROC: true (up) against false positive rate'),
    calibration: calibrationText(calibrationCurve(labels, trained.probabilities, 10), {
      title: 'Calibration by tenths of the customers:',
    }),
    gain: curve(gainCurve(labels, scores), 'Gain: share of the leavers reached (up) against share contacted'),
    lift: curve(
      liftCurve(labels, scores).filter(({ x }) => x > 0.005),
      'Lift over the base rate (up) against share contacted',
    ),
  };
}

/** Plots of scored rows: the summary over all of them, and the strongest features one by one. */
export function driverPlots(scores: Scores, data: Dataset): Readonly<Record<string, string>> {
  const numeric = new Set(data.features.filter(({ kind }) => kind === 'numeric').map(({ name }) => name));
  const strongest = scores.importance.map(({ feature }) => feature).filter((name) => numeric.has(name));
  return {
    beeswarm: beeswarmSvg(scores.shap, data, { width: 1040, maxFeatures: 15, title: '' }),
    ...Object.fromEntries(
      strongest
        .slice(0, 4)
        .map((feature, i) => [
          `dependence${i + 1}`,
          dependenceSvg(scores.shap, data, feature, { width: 460 }),
        ]),
    ),
  };
}

/** How one row's score comes about. */
export function waterfallPlot(scores: Scores, data: Dataset, row: number): string {
  return waterfallSvg(explainRow(scores.shap, data, row), { width: 860, maxFeatures: 9, title: '' });
}

/** The same in one line, what pushes up against what pulls down. */
export function forcePlot(scores: Scores, data: Dataset, row: number): string {
  return forceSvg(explainRow(scores.shap, data, row), { width: 860, maxFeatures: 10 });
}

function apOf({ averagePrecision: { value, low, high } }: BinaryMetrics) {
  return { value, low, high };
}

/** A curve has a point per score; no eye needs more than a few hundred. */
function thin(points: readonly CurvePoint[], most = 300): readonly CurvePoint[] {
  if (points.length <= most) return points;
  const step = (points.length - 1) / (most - 1);
  return Array.from({ length: most }, (_, at) => points[Math.round(at * step)] as CurvePoint);
}
