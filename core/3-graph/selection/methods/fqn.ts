import { globMatcher, isGlob } from '../glob.ts';
import type { Item, Space } from '../space.ts';
import type { Method } from './method.ts';

/** A name, or folders and a name joined by dots, with or without the package in front. Nodes and tests only. */
export const fqn: Method = {
  name: 'fqn',
  matcher: ({ value }, { space }) => {
    const matches = qualifiedMatcher(value);
    return (item) => isNode(item) && matches(item, space);
  },
};

/** dbt's rule: the last part alone, globs included, or every leading part in turn; from the first glob on, the rest as one text. */
export function qualifiedMatcher(value: string): (item: Item, space: Space) => boolean {
  const wanted = value.split('.');
  const isNamed = globMatcher(value);
  const glob = wanted.findIndex(isGlob);
  const exact = glob === -1 ? wanted : wanted.slice(0, glob);
  const rest = glob === -1 ? undefined : globMatcher(wanted.slice(glob).join('.'));
  const single = wanted.length === 1 && rest === undefined;
  const startsWith = (parts: readonly string[]) =>
    parts.length >= wanted.length &&
    exact.every((part, index) => parts[index] === part) &&
    (rest === undefined || rest(parts.slice(glob).join('.')));
  return (item, space) => {
    if (isNamed(item.name)) return true;
    const name = space.fqn(item);
    if (single && !name.includes(value)) return false;
    const parts = name.flatMap((part) => part.split('.'));
    return startsWith(parts.slice(1)) || startsWith(parts);
  };
}

function isNode(item: Item): boolean {
  return item.type !== 'source' && item.type !== 'exposure';
}
