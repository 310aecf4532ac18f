import type { CalibrationBin, CurvePoint } from '../metrics/curves.ts';
import { frame, legend, path } from './frame.ts';
import { short } from './scale.ts';
import { el, label } from './svg.ts';
import { type PlotOptions, seriesColor, theme } from './theme.ts';

export interface NamedCurve {
  readonly name: string;
  readonly points: readonly CurvePoint[];
}

interface CurveSpec {
  readonly title: string;
  readonly xLabel: string;
  readonly yLabel: string;
  readonly y: readonly [number, number];
  /** Dashed line for comparison, and what it stands for, written at a point of the plot. */
  readonly reference?: {
    readonly points: readonly CurvePoint[];
    readonly says: string;
    readonly at: CurvePoint;
  };
  readonly legendX?: number;
}

function curvesSvg(curves: readonly NamedCurve[], options: PlotOptions, spec: CurveSpec): string {
  const { width = 460, height = 380, title = spec.title } = options;
  const { x, y, draw } = frame({ ...spec, title, width, height, x: [0, 1] });
  return draw(
    ...(spec.reference === undefined
      ? []
      : [
          path(spec.reference.points, x, y, theme.muted, true),
          remark(x(spec.reference.at.x), y(spec.reference.at.y), spec.reference.says),
        ]),
    ...curves.map((curve, i) => path(curve.points, x, y, seriesColor(i))),
    curves.length < 2 && curves[0]?.name === ''
      ? ''
      : legend(
          curves.map((c) => c.name),
          seriesColor,
          spec.legendX ?? 70,
        ),
  );
}

/** What a line means, beside it. */
export function remark(x: number, y: number, text: string): string {
  return label(x, y, text, { 'font-size': 11, fill: theme.muted });
}

/** Precision against recall; `baseRate` is the precision of contacting everybody. */
export function precisionRecallSvg(
  curves: readonly NamedCurve[],
  options: PlotOptions & { readonly baseRate?: number } = {},
): string {
  const { baseRate, width = 460 } = options;
  const reference =
    baseRate === undefined
      ? undefined
      : {
          points: [
            { x: 0, y: baseRate },
            { x: 1, y: baseRate },
          ],
          says: `everybody contacted: ${short(baseRate)}`,
          at: { x: 0.02, y: baseRate - 0.05 },
        };
  return curvesSvg(curves, options, {
    title: 'Precision and recall',
    xLabel: 'recall',
    yLabel: 'precision',
    y: [0, 1],
    reference,
    legendX: width - 170,
  });
}

const diagonal = {
  points: [
    { x: 0, y: 0 },
    { x: 1, y: 1 },
  ],
  says: 'by chance',
  at: { x: 0.66, y: 0.57 },
};

export function rocSvg(curves: readonly NamedCurve[], options: PlotOptions = {}): string {
  return curvesSvg(curves, options, {
    title: 'ROC',
    xLabel: 'false positive rate',
    yLabel: 'true positive rate',
    y: [0, 1],
    reference: diagonal,
    legendX: (options.width ?? 460) - 170,
  });
}

/** Share of the positives reached against share contacted. */
export function gainSvg(curves: readonly NamedCurve[], options: PlotOptions = {}): string {
  return curvesSvg(curves, options, {
    title: 'Cumulative gain',
    xLabel: 'share contacted',
    yLabel: 'share of positives reached',
    y: [0, 1],
    reference: diagonal,
    legendX: (options.width ?? 460) - 170,
  });
}

export function liftSvg(curves: readonly NamedCurve[], options: PlotOptions = {}): string {
  const highest = Math.max(1, ...curves.flatMap((curve) => curve.points.map((point) => point.y)));
  return curvesSvg(curves, options, {
    title: 'Lift',
    xLabel: 'share contacted',
    yLabel: 'lift over the base rate',
    y: [0, highest * 1.05],
    reference: {
      points: [
        { x: 0, y: 1 },
        { x: 1, y: 1 },
      ],
      says: 'by chance',
      at: { x: 0.02, y: 1 - highest * 0.05 },
    },
    legendX: (options.width ?? 460) - 170,
  });
}

/** Observed against predicted rate; a dot's area is its share of rows. */
export function calibrationSvg(
  curves: readonly { readonly name: string; readonly bins: readonly CalibrationBin[] }[],
  options: PlotOptions = {},
): string {
  const { width = 460, height = 380, title = 'Calibration' } = options;
  const all = curves.flatMap((curve) => curve.bins);
  const high = Math.min(
    1,
    Math.max(0.1, ...all.map((bin) => Math.max(bin.meanPredicted, bin.observed))) * 1.05,
  );
  const { x, y, draw } = frame({
    title,
    width,
    height,
    x: [0, high],
    y: [0, high],
    xLabel: 'predicted probability',
    yLabel: 'observed rate',
  });
  const marks = curves.flatMap(({ bins }, i) => {
    const rows = bins.reduce((sum, bin) => sum + bin.rows, 0) || 1;
    const points = bins.map((bin) => ({ x: bin.meanPredicted, y: bin.observed }));
    const dots = bins.map((bin) =>
      el('circle', {
        cx: x(bin.meanPredicted),
        cy: y(bin.observed),
        r: 2 + 8 * Math.sqrt(bin.rows / rows),
        fill: seriesColor(i),
        'fill-opacity': 0.6,
      }),
    );
    return [path(points, x, y, seriesColor(i)), ...dots];
  });
  const ideal = [
    { x: 0, y: 0 },
    { x: high, y: high },
  ];
  return draw(
    path(ideal, x, y, theme.muted, true),
    remark(x(high * 0.74), y(high * 0.68), 'as predicted'),
    ...marks,
    legend(
      curves.map((c) => c.name),
      seriesColor,
      70,
    ),
  );
}
