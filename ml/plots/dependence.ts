import type { Dataset } from '../dataset/dataset.ts';
import type { ShapValues } from '../shap/shap-values.ts';
import { rankShares } from './beeswarm.ts';
import { dependenceOf } from './dependence-data.ts';
import { frame } from './frame.ts';
import { extent, short } from './scale.ts';
import { el, label } from './svg.ts';
import { type PlotOptions, theme, valueColor } from './theme.ts';

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
  const { rows, value, shapOf, domain, categories } = dependenceOf(shap, data, feature);
  const [low, high] = extent(rows.map(shapOf));
  const room = Math.max((high - low) * 0.08, 1e-6);
  const padded = (domain[1] - domain[0] || 1) * 0.06;
  const { x, y, draw } = frame({
    title: options.title ?? `How ${feature} moves the score`,
    width,
    height,
    x: [domain[0] - padded, domain[1] + padded],
    y: [low - room, high + room],
    xLabel: categories !== undefined ? `${feature} (code)` : feature,
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
    categories !== undefined && categories.length <= 8
      ? categories.map((name, code) =>
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
