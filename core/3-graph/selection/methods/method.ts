import type { Diagnostic } from '../../../diagnostics/index.ts';
import type { StateComparison } from '../../state/previous.ts';
import type { Criterion } from '../expression.ts';
import type { Item, Space } from '../space.ts';

/** What methods may look at besides an item. */
export interface MethodContext {
  readonly space: Space;
  /** The manifest and run results of `--state`, where given. */
  readonly state?: StateComparison;
  readonly report: (diagnostic: Diagnostic) => void;
}

/** A selection method. `matcher` checks the criterion once and returns the test for items, or nothing after a report. */
export interface Method {
  readonly name: string;
  readonly matcher: (criterion: Criterion, context: MethodContext) => ((item: Item) => boolean) | undefined;
}
