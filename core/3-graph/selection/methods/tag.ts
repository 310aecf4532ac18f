import { globMatcher } from '../glob.ts';
import { tagsOf } from '../space.ts';
import type { Method } from './method.ts';

export const tag: Method = {
  name: 'tag',
  matcher: ({ value }) => {
    const matches = globMatcher(value);
    return (item) => tagsOf(item).some(matches);
  },
};
