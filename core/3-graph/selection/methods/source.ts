import { reportGraph } from '../../../diagnostics/index.ts';
import { globMatcher } from '../glob.ts';
import type { Method } from './method.ts';

/** `source:raw`, `source:raw.orders` or `source:package.raw.orders`. */
export const source: Method = {
  name: 'source',
  matcher: ({ value, text }, { space, report }) => {
    const parts = value.split('.');
    if (parts.length > 3) {
      report(reportGraph('CH314', { criterion: text, why: 'A source is [package.]source[.table].' }));
      return undefined;
    }
    const [inPackage, named, table] = (
      parts.length === 3 ? parts : ['*', parts[0] as string, parts[1] ?? '*']
    ).map(globMatcher);
    return ({ node }) =>
      node?.kind === 'source' &&
      inPackage?.(space.project.name) === true &&
      named?.(node.sourceName) === true &&
      table?.(node.name) === true;
  },
};
