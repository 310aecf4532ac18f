import type { RenderedNode } from '../../2-render/index.ts';
import { parseInterval, spanText } from '../symbolic/literals.ts';
import { DAY } from '../symbolic/term.ts';
import { spanOf } from '../symbolic/time.ts';
import type { ProvenWindow } from './window.ts';

/** Differences between a feature's proven look-back and what its name or its `window:` says. */
export function windowWarnings(
  node: RenderedNode,
  column: string,
  windows: readonly ProvenWindow[],
): string[] {
  const declared = node.columns.find(({ name }) => name.toLowerCase() === column.toLowerCase())?.window
    ?.value;
  const named = column.match(/_(\d+)d$/)?.[1];
  const claim = declared ?? (named === undefined ? undefined : `${named} days`);
  const interval = claim === undefined ? undefined : parseInterval(claim);
  if (claim === undefined || interval === undefined || windows.length === 0) return [];
  const bounded = windows.filter(({ from }) => Number.isFinite(from));
  const longest = Math.min(...bounded.map(({ from }) => from));
  const { least, most } = spanOf(interval);
  const source = declared === undefined ? `the name says ${claim}` : `window: says ${claim}`;
  if (bounded.length === 0) return [`${source}, but no lower bound on the time of its rows is proved`];
  // A day of grace: windows are cut at midnight or at the instant.
  if (-longest < least - DAY || -longest > most + DAY) {
    return [`${source}, the proven window is ${spanText(-longest)}`];
  }
  return [];
}
