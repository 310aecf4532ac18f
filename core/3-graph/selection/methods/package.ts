import { globMatcher } from '../glob.ts';
import type { Method } from './method.ts';

/** The project's own name or `this`: a churn project is one package. */
export const packageName: Method = {
  name: 'package',
  matcher: ({ value }, { space }) => {
    const all = value === 'this' || globMatcher(value)(space.project.name);
    return () => all;
  },
};
