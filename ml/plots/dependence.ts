import type { Dataset } from '../dataset/dataset.ts';
import { MlError } from '../error.ts';
import type { ShapValues } from '../shap/shap-values.ts';
import { rankShares } from './beeswarm.ts';
import { frame } from './frame.ts';
import { extent, short } from './scale.ts';
import { el, label } from './svg.ts';
import { type PlotOptions, theme, valueColor } from './theme.ts';

const mostDots = 1500;

/**
 * A feature's value against its SHAP value, a dot per row, coloured by a second feature. Missing values stand at the
 * left edge; numeric axes span the middle 98 % of values, so that one outlier does not hide the rest.
 *
 * @throws MlError CH808 when the feature is not explained or not in the data
 */
export function dependenceSvg(
  shap: ShapValues,
  data: Dataset,
  feature: string,
  options: PlotOptions & { readonly colorBy?: string } = {},
): string {
  const { width = 520, height = 380, colorBy } = options;
  const index = shap.featureNames.indexOf(feature);
  const column = data.features.find((candidate) => candidate.name === feature);
  if (index < 0 || column === undefined) throw new MlError('CH808', `There is no feature \`${feature}\`.`);
  const features = shap.featureNames.length;
  const value = (row: number): number =>
    column.kind === 'numeric'
      ? column.values[row]!
      : column.codes[row]! < 0
        ? Number.NaN
        : column.codes[row]!;
  const step = Math.max(1, Math.ceil(shap.rows / mostDots));
  const rows = Array.from({ length: Math.ceil(shap.rows / step) }, (_, i) => i * step);
  const shapOf = (row: number): number => shap.values[row * shap.classes * features + index]!;
  const domain =
    column.kind === 'numeric' ? middleOf(rows.map(value)) : ([0, column.dictionary.length - 1] as const);
  const [low, high] = extent(rows.map(shapOf));
  const room = Math.max((high - low) * 0.08, 1e-6);
  const padded = (domain[1] - domain[0] || 1) * 0.06;
  const { x, y, draw } = frame({
    title: options.title ?? `How ${feature} moves the score`,
    width,
    height,
    x: [domain[0] - padded, domain[1] + padded],
    y: [low - room, high + room],
    xLabel: column.kind === 'categorical' ? `${feature} (code)` : feature,
    yLabel: shap.space === 'raw' ? 'SHAP value (log-odds)' : 'SHAP value (probability)',
  });
  const share = rankShares(data.features.find((candidate) => candidate.name === colorBy));
  const dots = rows.map((row) => {
    const at = value(row);
    const inside = Math.min(domain[1], Math.max(domain[0], at));
    return el('circle', {
      cx: Number.isNaN(at) ? x(domain[0] - padded) : x(inside),
      cy: y(shapOf(row)),
      r: 2.2,
      fill: colorBy === undefined ? theme.series[0] : valueColor(share(row)),
      'fill-opacity': 0.6,
    });
  });
  const names =
    column.kind === 'categorical' && column.dictionary.length <= 8
      ? column.dictionary.map((name, code) =>
          label(x(code), 46, name || short(code), { 'text-anchor': 'middle', 'font-size': 11 }),
        )
      : [];
  const note =
    colorBy === undefined
      ? ''
      : label(width - 12, 20, `${colorBy}: blue low, red high`, { 'text-anchor': 'end', 'font-size': 11 });
  const missing = rows.some((row) => Number.isNaN(value(row)))
    ? label(x(domain[0] - padded), 46, 'missing', {
        'text-anchor': 'middle',
        'font-size': 11,
        fill: theme.muted,
      })
    : '';
  return draw(...dots, ...names, missing, note);
}

/** The 1st and 99th percentile of the values that are there. */
function middleOf(values: readonly number[]): readonly [number, number] {
  const sorted = values.filter((value) => Number.isFinite(value)).sort((a, b) => a - b);
  if (sorted.length === 0) return [0, 1];
  const at = (share: number): number => sorted[Math.round(share * (sorted.length - 1))]!;
  return [at(0.01), at(0.99)];
}
