import { remark } from './curves.ts';
import { frame } from './frame.ts';
import { extent } from './scale.ts';
import { el, label } from './svg.ts';
import { type PlotOptions, theme } from './theme.ts';

export interface FoldScore {
  readonly name: string;
  readonly value: number;
  readonly low?: number;
  readonly high?: number;
}

/** A metric over the folds with its intervals and mean: does the model hold over time? */
export function foldStabilitySvg(
  folds: readonly FoldScore[],
  options: PlotOptions & { readonly metric?: string } = {},
): string {
  const { width = 560, height = 320, metric = 'average precision' } = options;
  const [low, high] = extent(
    folds.flatMap((fold) => [fold.value, fold.low ?? fold.value, fold.high ?? fold.value]),
  );
  const room = Math.max((high - low) * 0.2, 0.01);
  const values = folds.map((fold) => fold.value).filter((value) => !Number.isNaN(value));
  const mean = values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
  const { x, y, draw } = frame({
    title: options.title ?? `${metric} by fold`,
    width,
    height,
    x: [0, folds.length],
    y: [Math.max(0, low - room), high + room],
    xLabel: folds.some((fold) => fold.low !== undefined) ? 'lines: 95 % bootstrap intervals' : '',
    xTicks: false,
    yLabel: metric,
  });
  const marks = folds.flatMap((fold, i) => {
    const cx = x(i + 0.5);
    return [
      el('line', {
        x1: cx,
        x2: cx,
        y1: y(fold.low ?? fold.value),
        y2: y(fold.high ?? fold.value),
        stroke: theme.series[0],
        'stroke-width': 2,
      }),
      el('circle', { cx, cy: y(fold.value), r: 5, fill: theme.series[0] }),
      label(cx, height - 24, fold.name, { 'text-anchor': 'middle', 'font-size': 11 }),
      label(cx + 8, y(fold.value) - 6, fold.value.toFixed(3), { 'font-size': 11 }),
    ];
  });
  const line = el('line', {
    x1: x(0),
    x2: x(folds.length),
    y1: y(mean),
    y2: y(mean),
    stroke: theme.muted,
    'stroke-dasharray': '4 4',
  });
  return draw(line, remark(x(0) + 6, y(mean) - 6, `mean ${mean.toFixed(3)}`), ...marks);
}
