/** Block characters: pictures for terminals, pipes and logs. No colour; the caller may add it. */
import type { Dataset } from '../dataset/dataset.ts';
import type { CalibrationBin } from '../metrics/curves.ts';
import type { Explanation } from '../shap/drivers.ts';
import type { ShapValues } from '../shap/shap-values.ts';
import { rankedFeatures, rankShares } from './beeswarm.ts';
import { Braille } from './braille.ts';
import type { NamedCurve } from './curves.ts';
import { driverLabel, signed, spaceName, topContributions } from './explanation.ts';
import type { FoldScore } from './folds.ts';
import type { ImportanceItem } from './importance.ts';
import { extent, short } from './scale.ts';
import type { PlotOptions } from './theme.ts';

const eighths = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'];

/** A bar of `length` columns, in eighths. */
export function bar(length: number): string {
  const units = Math.max(0, Math.round(length * 8));
  return '█'.repeat(units >> 3) + eighths[units & 7]!;
}

/** The text in so many columns, cut with an ellipsis. */
export function clip(text: string, width: number): string {
  return text.length > width ? `${text.slice(0, width - 1)}…` : text.padEnd(width);
}

/** Columns for the longest of the names, `most` at most. */
export function nameWidth(names: readonly string[], most: number): number {
  return Math.min(most, Math.max(4, ...names.map((name) => name.length)));
}

/** Lines under the plot's title, if it has one. */
export function titled(options: PlotOptions, lines: readonly string[]): string {
  return [...(options.title === undefined ? [] : [options.title]), ...lines].join('\n');
}

/** Horizontal bars, largest first. */
export function importanceText(items: readonly ImportanceItem[], options: PlotOptions = {}): string {
  const { width = 72, maxFeatures = 15 } = options;
  const shown = [...items].sort((a, b) => b.value - a.value).slice(0, maxFeatures);
  const names = nameWidth(
    shown.map((item) => item.feature),
    28,
  );
  const room = width - names - 10;
  const largest = shown[0]?.value || 1;
  return titled(
    options,
    shown.map(
      ({ feature, value }) => `${clip(feature, names)} ${bar((value / largest) * room)} ${short(value)}`,
    ),
  );
}

/** How one row's score comes about, largest contribution first. */
export function waterfallText(explanation: Explanation, options: PlotOptions = {}): string {
  const { width = 72, maxFeatures = 8 } = options;
  const drivers = topContributions(explanation, maxFeatures);
  const labels = drivers.map(driverLabel);
  const names = nameWidth(labels, 34);
  const half = Math.max(4, Math.floor((width - names - 10) / 2));
  const largest = Math.max(1e-12, ...drivers.map((driver) => Math.abs(driver.contribution)));
  const lines = drivers.map((driver, i) => {
    const length = (Math.abs(driver.contribution) / largest) * half;
    const solid = '█'.repeat(Math.max(1, Math.round(length)));
    const sides =
      driver.contribution < 0
        ? `${solid.padStart(half)}│${' '.repeat(half)}`
        : `${' '.repeat(half)}│${bar(length).padEnd(half)}`;
    return `${clip(labels[i]!, names)} ${sides} ${signed(driver.contribution)}`;
  });
  const summary = `expected ${short(explanation.expected)} → score ${short(explanation.score)} (${spaceName(explanation)})`;
  return titled({ ...options, title: options.title ?? explanation.title }, [...lines, summary]);
}

/** One line of forces: what pushes up from the left, what pulls down from the right, to scale. */
export function forceLine({ contributions }: Pick<Explanation, 'contributions'>, width = 72): string {
  const push = contributions.reduce((sum, { contribution }) => sum + Math.max(0, contribution), 0);
  const pull = contributions.reduce((sum, { contribution }) => sum + Math.max(0, -contribution), 0);
  const up = Math.round((push / (push + pull || 1)) * (width - 1));
  return `${'▶'.repeat(up)}┃${'◀'.repeat(Math.max(0, width - 1 - up))}`;
}

/** The line of forces, and beneath it the largest of them by name. */
export function forceText(explanation: Explanation, options: PlotOptions = {}): string {
  const { width = 72, maxFeatures = 6 } = options;
  const drivers = topContributions(explanation, maxFeatures);
  const describe = (sign: number): string =>
    drivers
      .filter(({ contribution }) => contribution * sign > 0)
      .map((driver) => `${driverLabel(driver)} ${signed(driver.contribution)}`)
      .join(', ') || 'nothing';
  return titled({ ...options, title: options.title ?? explanation.title }, [
    forceLine({ contributions: drivers }, width),
    `score ${short(explanation.score)} (${spaceName(explanation)})`,
    `up:   ${describe(1)}`,
    `down: ${describe(-1)}`,
  ]);
}

const shades = [' ', '░', '▒', '▓', '█'];

/** SHAP summary: density of SHAP values along a line a feature, and whether high values push up or down. */
export function beeswarmText(shap: ShapValues, data: Dataset, options: PlotOptions = {}): string {
  const { width = 72, maxFeatures = 12 } = options;
  const features = rankedFeatures(shap, maxFeatures);
  const names = nameWidth(
    features.map(({ feature }) => feature),
    26,
  );
  const cells = width - names - 14;
  const stride = shap.classes * shap.featureNames.length;
  const [low, high] = extent(
    features.flatMap(({ index }) =>
      Array.from({ length: shap.rows }, (_, row) => shap.values[row * stride + index]!),
    ),
  );
  const span = high - low || 1;
  const columns = new Map(data.features.map((column) => [column.name, column]));
  const lines = features.map(({ feature, index }) => {
    const counts = new Array<number>(cells).fill(0);
    const share = rankShares(columns.get(feature));
    let covariance = 0;
    for (let row = 0; row < shap.rows; row++) {
      const value = shap.values[row * stride + index]!;
      counts[Math.min(cells - 1, Math.floor(((value - low) / span) * cells))]! += 1;
      covariance += ((share(row) ?? 0.5) - 0.5) * value;
    }
    const densest = Math.log1p(Math.max(...counts));
    const strip = counts
      .map((count) => shades[Math.ceil((Math.log1p(count) / (densest || 1)) * 4)]!)
      .join('');
    const side = columns.get(feature)?.kind === 'categorical' ? '' : covariance >= 0 ? ' high ↑' : ' high ↓';
    return `${clip(feature, names)} ${strip}${side}`;
  });
  const zero = Math.min(cells - 1, Math.max(0, Math.floor(((0 - low) / span) * cells)));
  return titled(options, [...lines, `${' '.repeat(names + 1 + zero)}0`]);
}

/** A curve in braille dots, x from 0 to 1, y from 0 to its highest point (at least 1). */
export function curveText(curve: NamedCurve, options: PlotOptions = {}): string {
  const { width = 60, height = 12 } = options;
  const picture = new Braille(width, height);
  const top = Math.max(1, ...curve.points.map((point) => point.y).filter((y) => Number.isFinite(y)));
  curve.points.forEach((point, i) => {
    const next = curve.points[i + 1] ?? point;
    for (let s = 0; s < 32; s++)
      picture.mark(point.x + ((next.x - point.x) * s) / 32, (point.y + ((next.y - point.y) * s) / 32) / top);
  });
  const lines = picture.lines().map((line, i) => {
    const value = i === 0 ? short(top) : i === height - 1 ? '0' : '';
    return `${value.padStart(5)} ┤${line}`;
  });
  return titled({ ...options, title: options.title ?? (curve.name || undefined) }, [
    ...lines,
    `${' '.repeat(6)}└${'─'.repeat(width)}`,
    `${' '.repeat(7)}0${'1'.padStart(width - 1)}`,
  ]);
}

/** Predicted (bar) against observed (│) rate, a line a bin. */
export function calibrationText(bins: readonly CalibrationBin[], options: PlotOptions = {}): string {
  const { width = 72 } = options;
  const room = width - 30;
  const top = Math.max(1e-9, ...bins.flatMap((bin) => [bin.meanPredicted, bin.observed]));
  const lines = bins.map((bin) => {
    const line = bar((bin.meanPredicted / top) * room)
      .padEnd(room + 1)
      .split('');
    line[Math.min(room, Math.round((bin.observed / top) * room))] = '│';
    return `${bin.meanPredicted.toFixed(3)} ${line.join('')} ${bin.observed.toFixed(3)} ${bin.rows}`;
  });
  return titled(options, ['predicted (bar), observed (│), rows', ...lines]);
}

/** A line a fold: interval as ├─●─┤. */
export function foldStabilityText(folds: readonly FoldScore[], options: PlotOptions = {}): string {
  const { width = 72 } = options;
  const names = nameWidth(
    folds.map((fold) => fold.name),
    12,
  );
  const room = width - names - 8;
  const [low, high] = extent(
    folds.flatMap((fold) => [fold.value, fold.low ?? fold.value, fold.high ?? fold.value]),
  );
  const at = (value: number): number => Math.round(((value - low) / (high - low || 1)) * (room - 1));
  const lines = folds.map((fold) => {
    const line = new Array<string>(room).fill(' ');
    const from = at(fold.low ?? fold.value);
    const to = at(fold.high ?? fold.value);
    for (let i = from; i <= to; i++) line[i] = '─';
    line[from] = '├';
    line[to] = '┤';
    line[at(fold.value)] = '●';
    return `${clip(fold.name, names)} ${line.join('')} ${fold.value.toFixed(3)}`;
  });
  return titled(options, lines);
}
