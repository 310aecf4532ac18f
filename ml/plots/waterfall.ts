import type { Explanation } from '../shap/drivers.ts';
import { driverLabel, signed, spaceName, topContributions } from './explanation.ts';
import { extent, linear, short } from './scale.ts';
import { el, label, svg } from './svg.ts';
import { type PlotOptions, theme } from './theme.ts';

/** How one row's score comes about: from the expected score at the bottom, feature by feature, to the row's score. */
export function waterfallSvg(explanation: Explanation, options: PlotOptions = {}): string {
  const { width = 640, maxFeatures = 10 } = options;
  const title = options.title ?? explanation.title ?? 'Why this score';
  const drivers = topContributions(explanation, maxFeatures);
  const row = 28;
  const left = 230;
  const bottom = 52 + drivers.length * row;
  const steps: { from: number; to: number }[] = [];
  let at = explanation.expected;
  for (const driver of [...drivers].reverse()) {
    steps.unshift({ from: at, to: at + driver.contribution });
    at += driver.contribution;
  }
  const domain = extent([explanation.expected, ...steps.flatMap(({ from, to }) => [from, to])]);
  const x = linear(domain, [left + 10, width - 60]);
  const bars = drivers.map((driver, i) => {
    const { from, to } = steps[i]!;
    const y = 40 + i * row;
    const up = driver.contribution >= 0;
    const end = Math.max(x(from), x(to));
    return (
      label(left - 6, y + 17, driverLabel(driver), { 'text-anchor': 'end' }) +
      el('rect', {
        x: Math.min(x(from), x(to)),
        y: y + 4,
        width: Math.max(1, Math.abs(x(to) - x(from))),
        height: row - 9,
        rx: 2,
        fill: up ? theme.up : theme.down,
      }) +
      label(end + 5, y + 17, signed(driver.contribution), { 'font-size': 11 })
    );
  });
  const mark = (value: number, text: string, y: number): string =>
    el('line', {
      x1: x(value),
      x2: x(value),
      y1: 36,
      y2: bottom - 8,
      stroke: theme.muted,
      'stroke-dasharray': '3 3',
    }) + label(x(value), y, text, { 'text-anchor': 'middle', 'font-size': 11 });
  return svg(
    width,
    bottom + 30,
    title,
    label(12, 20, title, { 'font-size': 14, 'font-weight': 600 }),
    ...bars,
    mark(explanation.expected, `expected ${short(explanation.expected)}`, bottom + 8),
    mark(explanation.score, `score ${short(explanation.score)}`, 33),
    label(12, bottom + 24, `red raises the score, blue lowers it, in ${spaceName(explanation)}`, {
      'font-size': 11,
    }),
  );
}
