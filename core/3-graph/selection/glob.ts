/** Python's fnmatch, as dbt uses it: `*` any run (slashes and dots too), `?` one character, `[abc]`, `[!abc]`. */
export function globMatcher(pattern: string): (text: string) => boolean {
  if (!isGlob(pattern)) return (text) => text === pattern;
  const source = pattern.replace(/\*|\?|\[!?\]?[^\]]*\]|[\\^$.+()|{}[\]]/g, (token) => {
    if (token === '*') return '.*';
    if (token === '?') return '.';
    if (token.length > 1) return token.replace(/^\[!/, '[^').replaceAll('\\', '\\\\');
    return `\\${token}`;
  });
  const expression = new RegExp(`^${source}$`, 's');
  return (text) => expression.test(text);
}

export function isGlob(pattern: string): boolean {
  return /[*?[]/.test(pattern);
}
