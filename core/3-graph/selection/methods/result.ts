import { reportGraph } from '../../../diagnostics/index.ts';
import { isChoice } from './choice.ts';
import type { Method } from './method.ts';

const statuses = ['success', 'pass', 'warn', 'fail', 'error', 'skipped', 'no-op'] as const;

/** The node's status in the run_results.json of `--state`. */
export const result: Method = {
  name: 'result',
  matcher: (criterion, context) => {
    const { value } = criterion;
    if (!isChoice(criterion, value, statuses, context)) return undefined;
    const results = context.state?.previous.results;
    if (results === undefined) {
      context.report(reportGraph('CH316', { method: 'result', file: 'run_results.json' }));
      return undefined;
    }
    return (item) => results.get(item.id) === value;
  },
};
