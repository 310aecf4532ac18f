import type { Driver, Explanation } from '../shap/drivers.ts';
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
  const bars = [...stacked(up, score, -1), ...stacked(down, score, 1)].map(({ driver, from, to }) => ({
    driver,
    left: x(from),
    size: x(to) - x(from),
  }));
  const marks = bars.map(({ driver, left, size }) =>
    el('rect', {
      x: left,
      y: 52,
      width: Math.max(0.5, size - 1),
      height: 24,
      fill: driver.contribution > 0 ? theme.up : theme.down,
    }),
  );
  const names = inLines(
    bars.map(({ driver, left, size }) => ({ text: driverLabel(driver), middle: left + size / 2, size })),
    width,
  );
  const end = x(score);
  const anchor = end > width - 50 ? 'end' : end < 50 ? 'start' : 'middle';
  return svg(
    width,
    150,
    title,
    label(12, 20, title, { 'font-size': 14, 'font-weight': 600 }),
    ...marks,
    ...names,
    el('line', { x1: end, x2: end, y1: 46, y2: 82, stroke: 'currentColor', 'stroke-width': 2 }),
    label(end, 42, `score ${short(score)}`, { 'text-anchor': anchor, 'font-weight': 600 }),
    label(12, 144, `expected ${short(expected)}; SHAP values add up in ${spaceName(explanation)}`, {
      'font-size': 11,
    }),
  );
}

/** Contributions end to end, the largest at the score, away from it in the direction given. */
function stacked(
  drivers: readonly Driver[],
  score: number,
  direction: 1 | -1,
): { readonly driver: Driver; readonly from: number; readonly to: number }[] {
  let at = score;
  return drivers.map((driver) => {
    const next = at + direction * Math.abs(driver.contribution);
    const bar = { driver, from: Math.min(at, next), to: Math.max(at, next) };
    at = next;
    return bar;
  });
}

const lines = [92, 107, 122];
const perCharacter = 6.1;

/** Labels under their bars, each in the first line where it touches no other; small bars may stay without. */
function inLines(
  labels: readonly { readonly text: string; readonly middle: number; readonly size: number }[],
  width: number,
): string[] {
  const taken = lines.map((): [number, number][] => []);
  const bySize = [...labels].sort((a, b) => b.size - a.size);
  return bySize.flatMap(({ text, middle, size }) => {
    if (size < 8) return [];
    const half = (text.length * perCharacter) / 2 + 4;
    const at = Math.min(width - half, Math.max(half, middle));
    const line = taken.findIndex((spans) => spans.every(([from, to]) => at + half < from || at - half > to));
    if (line < 0) return [];
    taken[line]?.push([at - half, at + half]);
    return [label(at, lines[line] as number, text, { 'text-anchor': 'middle', 'font-size': 11 })];
  });
}
