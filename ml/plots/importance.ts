import { linear, short } from './scale.ts';
import { el, label, svg } from './svg.ts';
import { type PlotOptions, theme } from './theme.ts';

export interface ImportanceItem {
  readonly feature: string;
  readonly value: number;
}

/** Horizontal bars, largest first. */
export function importanceSvg(items: readonly ImportanceItem[], options: PlotOptions = {}): string {
  const { width = 560, maxFeatures = 20, title = 'Feature importance (mean |SHAP|)' } = options;
  const shown = [...items].sort((a, b) => b.value - a.value).slice(0, maxFeatures);
  const row = 22;
  const left = 190;
  const height = 44 + shown.length * row;
  const x = linear([0, Math.max(1e-12, shown[0]?.value ?? 1)], [left, width - 60]);
  const bars = shown.map(({ feature, value }, i) => {
    const y = 36 + i * row;
    return (
      label(left - 8, y + 14, feature, { 'text-anchor': 'end' }) +
      el('rect', {
        x: left,
        y: y + 3,
        width: Math.max(1, x(value) - left),
        height: row - 7,
        rx: 2,
        fill: theme.series[0],
      }) +
      label(x(value) + 5, y + 14, short(value), { 'font-size': 11 })
    );
  });
  return svg(width, height, title, label(12, 20, title, { 'font-size': 14, 'font-weight': 600 }), ...bars);
}
