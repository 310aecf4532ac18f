import type { Explanation } from '../shap/drivers.ts';
import { driverLabel, spaceName, topContributions } from './explanation.ts';
import { linear, short } from './scale.ts';
import { el, label, svg } from './svg.ts';
import { type PlotOptions, theme } from './theme.ts';

/** One line: what pushes the score up (red, from the left) against what pulls it down (blue, from the right). */
export function forceSvg(explanation: Explanation, options: PlotOptions = {}): string {
  const { width = 760, maxFeatures = 10 } = options;
  const title = options.title ?? explanation.title ?? 'Forces on this score';
  const drivers = topContributions(explanation, maxFeatures);
  const up = drivers.filter((driver) => driver.contribution > 0);
  const down = drivers.filter((driver) => driver.contribution < 0);
  const push = up.reduce((sum, driver) => sum + driver.contribution, 0);
  const pull = down.reduce((sum, driver) => sum - driver.contribution, 0);
  const { score, expected } = explanation;
  const x = linear([score - push, score + pull || score + 1e-9], [20, width - 20]);
  const segment = (from: number, to: number, color: string, text: string, line: number): string => {
    const size = x(to) - x(from);
    const middle = (x(from) + x(to)) / 2;
    const bar = el('rect', { x: x(from), y: 52, width: Math.max(0.5, size - 1), height: 24, fill: color });
    return size < 36
      ? bar
      : bar + label(middle, 92 + (line % 3) * 15, text, { 'text-anchor': 'middle', 'font-size': 11 });
  };
  const marks: string[] = [];
  let at = score;
  up.forEach((driver, i) => {
    marks.push(segment(at - driver.contribution, at, theme.up, driverLabel(driver), i));
    at -= driver.contribution;
  });
  at = score;
  down.forEach((driver, i) => {
    marks.push(segment(at, at - driver.contribution, theme.down, driverLabel(driver), i));
    at -= driver.contribution;
  });
  return svg(
    width,
    150,
    title,
    label(12, 20, title, { 'font-size': 14, 'font-weight': 600 }),
    ...marks,
    el('line', { x1: x(score), x2: x(score), y1: 46, y2: 82, stroke: 'currentColor', 'stroke-width': 2 }),
    label(x(score), 42, `score ${short(score)}`, { 'text-anchor': 'middle', 'font-weight': 600 }),
    label(12, 144, `expected ${short(expected)}; SHAP values add up in ${spaceName(explanation)}`, {
      'font-size': 11,
    }),
  );
}
