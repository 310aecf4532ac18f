import type { Dataset, FeatureColumn } from '../dataset/dataset.ts';
import { meanAbsolute } from '../shap/importance.ts';
import type { ShapValues } from '../shap/shap-values.ts';
import { extent, linear, short, ticks } from './scale.ts';
import { el, label, svg } from './svg.ts';
import { type PlotOptions, theme, valueColor } from './theme.ts';

const mostDots = 600;
/** Codes of categories have no low and high. */
const categoryColor = theme.series[2];

/** Features of the SHAP values, most important first. */
export function rankedFeatures(shap: ShapValues, most: number): { feature: string; index: number }[] {
  const mean = meanAbsolute(shap);
  return shap.featureNames
    .map((feature, index) => ({ feature, index }))
    .sort((a, b) => mean[b.index]! - mean[a.index]!)
    .slice(0, most);
}

/** Each row's value of a column as a share of its rank in [0, 1]; null when missing. */
export function rankShares(column: FeatureColumn | undefined): (row: number) => number | null {
  if (column === undefined) return () => null;
  if (column.kind === 'categorical') {
    const size = Math.max(1, column.dictionary.length - 1);
    return (row) => (column.codes[row]! < 0 ? null : column.codes[row]! / size);
  }
  const sorted = Float64Array.from(column.values)
    .filter((value) => !Number.isNaN(value))
    .sort();
  return (row) => {
    const value = column.values[row]!;
    if (Number.isNaN(value)) return null;
    let low = 0;
    let high = sorted.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (sorted[middle]! < value) low = middle + 1;
      else high = middle;
    }
    return low / Math.max(1, sorted.length - 1);
  };
}

/** What the colours of the dots mean. */
function key(left: number, at: number, withCategories: boolean): string {
  const entries = [
    ['low value', valueColor(0)],
    ['middle', valueColor(0.5)],
    ['high value', valueColor(1)],
    ['missing', valueColor(null)],
    ...(withCategories ? [['category', categoryColor] as const] : []),
  ] as const;
  return entries
    .map(
      ([name, fill], i) =>
        el('circle', { cx: left + 6 + i * 92, cy: at - 4, r: 4, fill }) +
        label(left + 15 + i * 92, at, name, { 'font-size': 11 }),
    )
    .join('');
}

/** SHAP summary: a dot per row and feature at its SHAP value, coloured by the feature's value. */
export function beeswarmSvg(shap: ShapValues, data: Dataset, options: PlotOptions = {}): string {
  const { width = 640, maxFeatures = 15, title = 'What moves the score' } = options;
  const features = rankedFeatures(shap, maxFeatures);
  const row = 26;
  const left = 190;
  const bottom = 36 + features.length * row;
  const step = Math.max(1, Math.ceil(shap.rows / mostDots));
  const width_ = shap.featureNames.length;
  const at = (r: number, f: number): number => shap.values[r * shap.classes * width_ + f]!;
  const shownRows = Array.from({ length: Math.ceil(shap.rows / step) }, (_, i) => i * step);
  const [low, high] = extent(features.flatMap(({ index }) => shownRows.map((r) => at(r, index))));
  const x = linear([Math.min(low, 0), Math.max(high, 0)], [left + 6, width - 16]);
  const columns = new Map(data.features.map((column) => [column.name, column]));
  const marks = features.flatMap(({ feature, index }, i) => {
    const middle = 36 + i * row + row / 2;
    const share = rankShares(columns.get(feature));
    const isCategory = columns.get(feature)?.kind === 'categorical';
    const taken = new Map<number, number>();
    const dots = shownRows.map((r) => {
      const cx = x(at(r, index));
      const cell = Math.round(cx / 3);
      const count = taken.get(cell) ?? 0;
      taken.set(cell, count + 1);
      const offset = Math.min(10, Math.ceil(count / 2) * 1.6) * (count % 2 === 0 ? 1 : -1);
      return el('circle', {
        cx,
        cy: middle + offset,
        r: 2,
        fill: isCategory ? categoryColor : valueColor(share(r)),
        'fill-opacity': 0.75,
      });
    });
    return [label(left - 8, middle + 4, feature, { 'text-anchor': 'end' }), ...dots];
  });
  const shown = features.map(({ feature }) => columns.get(feature));
  const axis = ticks(Math.min(low, 0), Math.max(high, 0)).map((t) =>
    label(x(t), bottom + 16, short(t), { 'text-anchor': 'middle', 'font-size': 11 }),
  );
  const space = shap.space === 'raw' ? 'log-odds' : 'probability';
  return svg(
    width,
    bottom + 68,
    title,
    label(12, 20, title, { 'font-size': 14, 'font-weight': 600 }),
    el('line', { x1: x(0), x2: x(0), y1: 34, y2: bottom, stroke: theme.muted }),
    ...marks,
    ...axis,
    label(x(0) - 10, bottom + 34, '← lowers the score', { 'text-anchor': 'end', 'font-size': 11 }),
    label(x(0) + 10, bottom + 34, `raises it →  SHAP value (${space})`, { 'font-size': 11 }),
    key(
      left,
      bottom + 58,
      shown.some((column) => column?.kind === 'categorical'),
    ),
  );
}
