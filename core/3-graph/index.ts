export { buildGraph, type GraphResult } from './build.ts';
export type { Graph } from './graph.ts';
export { refSpan } from './ref-span.ts';
export { relationKey } from './relations.ts';
export type { IndirectSelection } from './selection/expression.ts';
export { type Selection, type SelectionOptions, select } from './selection/select.ts';
export { type ResourceType, resourceTypes } from './selection/space.ts';
export { type Fingerprint, fingerprintKey, fingerprints } from './state/fingerprint.ts';
export { type Change, explainChanges } from './state/modified.ts';
export {
  compareState,
  type PreviousState,
  parsePreviousState,
  type StateComparison,
  whyModified,
} from './state/previous.ts';
export { ancestors, descendants, inOrder } from './traverse.ts';
