import { globMatcher } from '../glob.ts';
import type { Method } from './method.ts';

/** The kind of a generic test: `unique`, `not_null`, a macro of the project. */
export const testName: Method = {
  name: 'test_name',
  matcher: ({ value }) => {
    const matches = globMatcher(value);
    return ({ node }) => node?.kind === 'test' && node.generic !== undefined && matches(node.generic.test);
  },
};
