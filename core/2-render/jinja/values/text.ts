/** Python's `title()`: a letter after anything that is no letter is upper case. */
export function titleCase(all: string): string {
  return all.toLowerCase().replace(/\p{L}+/gu, (word) => word.slice(0, 1).toUpperCase() + word.slice(1));
}

/** Python's `str.replace(old, new, count)`. */
export function replaceFirst(all: string, wanted: string, by: string, count: number): string {
  if (count < 0) return all.split(wanted).join(by);
  let out = '';
  let at = 0;
  for (let done = 0; done < count; done++) {
    const found = all.indexOf(wanted, at);
    if (found === -1 || (wanted === '' && at >= all.length)) break;
    out += all.slice(at, found) + by;
    at = found + wanted.length;
    if (wanted === '') out += all[at++] ?? '';
  }
  return out + all.slice(at);
}
