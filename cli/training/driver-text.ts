import type { ScoredDriver } from '#ops';
import { decimal, significant } from '../report/figures.ts';

/** A driver's value as people read it. */
export function valueText(value: ScoredDriver['value']): string {
  if (value === null) return 'missing';
  return typeof value === 'number' ? significant(value) : value;
}

/** A bar of block characters, `width` cells for `most`. */
export function bar(value: number, most: number, width: number): string {
  const eighths = Math.round((Math.abs(value) / (most || 1)) * width * 8);
  const part = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'][eighths % 8] ?? '';
  return '█'.repeat(eighths >> 3) + part;
}

/** Drivers as lines: feature, value, push, bar, action. */
export function driverLines(drivers: readonly ScoredDriver[]): readonly string[] {
  const most = Math.max(...drivers.map(({ contribution }) => Math.abs(contribution)), 1e-12);
  const names = Math.max(...drivers.map(({ feature }) => feature.length), 0);
  const values = Math.max(...drivers.map(({ value }) => valueText(value).length), 0);
  return drivers.map(({ feature, value, contribution, action }) => {
    const sign = contribution >= 0 ? '+' : '−';
    const push = `${sign}${decimal(Math.abs(contribution), 2)}`;
    const what = action === undefined ? '' : `→ ${action.action}`;
    return `  ${feature.padEnd(names)}  ${valueText(value).padStart(values)}  ${push}  ${bar(contribution, most, 16).padEnd(16)}  ${what}`.trimEnd();
  });
}
