/** Colours that work on light and dark pages; series colours are distinguishable without red against green. */
export const theme = {
  up: '#e0245e',
  down: '#1e88e5',
  muted: '#8a8f98',
  grid: '#8a8f9833',
  series: ['#3b6fd4', '#e08a1e', '#2a9d8f', '#9b5de5', '#e0245e', '#6c757d'],
} as const;

export interface PlotOptions {
  readonly title?: string;
  /** Pixels; in text plots: columns. */
  readonly width?: number;
  readonly height?: number;
  readonly maxFeatures?: number;
}

export function seriesColor(index: number): string {
  return theme.series[index % theme.series.length]!;
}

/** Low (blue) to high (red) for t in [0, 1]; grey for a missing value. */
export function valueColor(t: number | null): string {
  if (t === null || Number.isNaN(t)) return '#9aa0a6';
  const at = Math.min(1, Math.max(0, t));
  const mix = (low: number, high: number): number => Math.round(low + (high - low) * at);
  return `rgb(${mix(30, 224)},${mix(136, 36)},${mix(229, 94)})`;
}
