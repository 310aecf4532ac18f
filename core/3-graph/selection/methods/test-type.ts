import { isChoice } from './choice.ts';
import type { Method } from './method.ts';

/** `generic` and `singular` data tests, or `data` for both. */
export const testType: Method = {
  name: 'test_type',
  matcher: (criterion, context) => {
    const { value } = criterion;
    if (!isChoice(criterion, value, ['generic', 'singular', 'data'], context)) return undefined;
    return ({ node }) =>
      node?.kind === 'test' && (value === 'data' || (value === 'generic') === (node.generic !== undefined));
  },
};
