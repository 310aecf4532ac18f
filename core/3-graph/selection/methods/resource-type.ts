import { resourceTypes } from '../space.ts';
import { isChoice } from './choice.ts';
import type { Method } from './method.ts';

export const resourceType: Method = {
  name: 'resource_type',
  matcher: (criterion, context) => {
    const { value } = criterion;
    if (!isChoice(criterion, value, resourceTypes, context)) return undefined;
    return (item) => item.type === value;
  },
};
