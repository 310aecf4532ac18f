import type { RenderedNode } from '../../2-render/index.ts';
import { parseInterval, spanText } from '../symbolic/literals.ts';
import { DAY } from '../symbolic/term.ts';
import { spanOf } from '../symbolic/time.ts';
import type { ProvenWindow } from './window.ts';

/** What a feature says of its look-back: by `window:`, or by a name that ends in `_30d`. */
export interface WindowClaim {
  readonly text: string;
  readonly says: string;
  readonly least: number;
  readonly most: number;
}

export function windowClaim(node: RenderedNode, column: string): WindowClaim | undefined {
  const declared = node.columns.find(({ name }) => name.toLowerCase() === column.toLowerCase())?.window
    ?.value;
  const named = column.match(/_(\d+)d$/)?.[1];
  const text = declared ?? (named === undefined ? undefined : `${named} days`);
  const interval = text === undefined ? undefined : parseInterval(text);
  if (text === undefined || interval === undefined) return undefined;
  const says = declared === undefined ? `the name says ${text}` : `window: says ${text}`;
  return { text, says, ...spanOf(interval) };
}

/** Differences between a feature's proven look-back and what its name or its `window:` says. */
export function windowWarnings(claim: WindowClaim | undefined, windows: readonly ProvenWindow[]): string[] {
  if (claim === undefined || windows.length === 0) return [];
  const bounded = windows.filter(({ from }) => Number.isFinite(from));
  if (bounded.length === 0) return [`${claim.says}, but no lower bound on the time of its rows is proved`];
  const longest = Math.min(...bounded.map(({ from }) => from));
  // A day of grace: windows are cut at midnight or at the instant.
  if (-longest >= claim.least - DAY && -longest <= claim.most + DAY) return [];
  return [`${claim.says}, the proven window is ${spanText(-longest)}`];
}
