import type { Method } from './method.ts';

/** A file or a folder, from the project root. `*` stays within a folder, `**` does not. */
export const path: Method = {
  name: 'path',
  matcher: ({ value }) => {
    const wanted = value.replaceAll('\\', '/').replace(/^\.\//, '').replace(/\/+$/, '');
    if (!/[*?[]/.test(wanted)) return (item) => item.path === wanted || item.path.startsWith(`${wanted}/`);
    const source = wanted.replace(/\*\*\/?|\*|\?|[\\^$.+()|{}]/g, (token) => {
      if (token === '**/') return '(?:.*/)?';
      if (token === '**') return '.*';
      if (token === '*') return '[^/]*';
      return token === '?' ? '[^/]' : `\\${token}`;
    });
    const pattern = new RegExp(`^${source}(?:/.*)?$`);
    return (item) => pattern.test(item.path);
  },
};
