const codes: Readonly<Record<string, string>> = {
  Y: 'yyyy',
  y: 'yy',
  m: 'MM',
  d: 'dd',
  H: 'HH',
  I: 'hh',
  M: 'mm',
  S: 'ss',
  j: 'DDD',
  b: 'MMM',
  B: 'MMMM',
  a: 'EEE',
  A: 'EEEE',
  p: 'a',
  '%': '%',
};

/** A strftime format as a Java date pattern; undefined where a code has no equal. */
export function datePattern(format: unknown): string | undefined {
  if (typeof format !== 'string') return undefined;
  let known = true;
  const pattern = format.replace(
    /%-?(.)|([A-Za-z]+)/g,
    (whole, code: string | undefined, letters: string | undefined) => {
      // In a Java pattern plain letters are codes: they are quoted.
      if (letters !== undefined) return `\\'${letters}\\'`;
      const java = whole.startsWith('%-') ? undefined : codes[code as string];
      known &&= java !== undefined;
      return java ?? '';
    },
  );
  return known ? pattern : undefined;
}
