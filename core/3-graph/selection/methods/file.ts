import { globMatcher } from '../glob.ts';
import type { Method } from './method.ts';

/** A file's name without folders, with or without its ending. */
export const file: Method = {
  name: 'file',
  matcher: ({ value }) => {
    const matches = globMatcher(value);
    return (item) => {
      const base = item.path.slice(item.path.lastIndexOf('/') + 1);
      return matches(base) || matches(base.replace(/\.[^.]*$/, ''));
    };
  },
};
