import { globMatcher } from '../glob.ts';
import type { Method } from './method.ts';

/** `exposure:weekly_report`, or with the package in front. */
export const exposure: Method = {
  name: 'exposure',
  matcher: ({ value }, { space }) => {
    const prefix = `${space.project.name}.`;
    const matches = globMatcher(value.startsWith(prefix) ? value.slice(prefix.length) : value);
    return (item) => item.type === 'exposure' && matches(item.name);
  },
};
