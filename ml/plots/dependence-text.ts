import type { Dataset } from '../dataset/dataset.ts';
import type { ShapValues } from '../shap/shap-values.ts';
import { Braille } from './braille.ts';
import { type Dependence, dependenceOf } from './dependence-data.ts';
import { signed } from './explanation.ts';
import { extent, short } from './scale.ts';
import { bar, clip, nameWidth, titled } from './text.ts';
import type { PlotOptions } from './theme.ts';

/**
 * A feature's value against its SHAP value, in characters: a braille dot per row, missing values in a column of their
 * own at the left; for a category a line per value with its mean.
 *
 * @throws MlError CH808 when the feature is not explained or not in the data
 */
export function dependenceText(
  shap: ShapValues,
  data: Dataset,
  feature: string,
  options: PlotOptions = {},
): string {
  const dependence = dependenceOf(shap, data, feature);
  const told = { ...options, title: options.title ?? `How ${feature} moves the score` };
  return titled(
    told,
    dependence.categories === undefined ? scatter(dependence, options) : means(dependence, options),
  );
}

function scatter({ domain, rows, value, shapOf, space }: Dependence, options: PlotOptions): string[] {
  const { width = 72, height = 14 } = options;
  const [low, high] = extent(rows.map(shapOf));
  const isMissing = rows.some((row) => Number.isNaN(value(row)));
  const gutter = isMissing ? 5 : 0;
  const known = new Braille(width - 10 - gutter, height);
  const missing = new Braille(2, height);
  const span = domain[1] - domain[0] || 1;
  for (const row of rows) {
    const y = (shapOf(row) - low) / (high - low || 1);
    if (Number.isNaN(value(row))) missing.mark(0.5, y);
    else known.mark((value(row) - domain[0]) / span, y);
  }
  const zero = Math.round((high / (high - low || 1)) * (height - 1));
  const left = missing.lines();
  const lines = known.lines().map((line, i) => {
    const value = i === 0 ? signed(high) : i === height - 1 ? signed(low) : i === zero ? '0' : '';
    return `${value.padStart(7)} ${i === zero ? '┼' : '┤'}${isMissing ? `${left[i]}   ` : ''}${line}`.trimEnd();
  });
  const [from, to] = [short(domain[0]), short(domain[1])];
  const axis = `${isMissing ? 'none'.padEnd(gutter) : ''}${from}${to.padStart(known.width - from.length)}`;
  return [
    ...lines,
    `${' '.repeat(8)}└${'─'.repeat(known.width + gutter)}`,
    `${' '.repeat(9)}${axis}`,
    unit(space),
  ];
}

/** Categories by their mean, which is all that a line has room for. */
function means({ categories = [], rows, value, shapOf, space }: Dependence, options: PlotOptions): string[] {
  const { width = 72, maxFeatures = 20 } = options;
  const sums = new Map<number, { sum: number; rows: number }>();
  for (const row of rows) {
    const code = Number.isNaN(value(row)) ? -1 : value(row);
    const { sum, rows: count } = sums.get(code) ?? { sum: 0, rows: 0 };
    sums.set(code, { sum: sum + shapOf(row), rows: count + 1 });
  }
  const shown = [...sums]
    .map(([code, { sum, rows: count }]) => ({
      name: categories[code] ?? 'missing',
      mean: sum / count,
      rows: count,
    }))
    .sort((a, b) => b.mean - a.mean)
    .slice(0, maxFeatures);
  const names = nameWidth(
    shown.map(({ name }) => name),
    24,
  );
  const half = Math.max(4, Math.floor((width - names - 20) / 2));
  const largest = Math.max(1e-12, ...shown.map(({ mean }) => Math.abs(mean)));
  const lines = shown.map(({ name, mean, rows: count }) => {
    const length = (Math.abs(mean) / largest) * half;
    const below = mean < 0 ? '█'.repeat(Math.round(length)).padStart(half) : ' '.repeat(half);
    const above = mean < 0 ? ' '.repeat(half) : bar(length).padEnd(half);
    return `${clip(name, names)} ${below}│${above} ${signed(mean)}  ${count} rows`;
  });
  return [...lines, unit(space)];
}

const unit = (space: ShapValues['space']): string =>
  `SHAP value in ${space === 'raw' ? 'log-odds' : 'probability'}`;
