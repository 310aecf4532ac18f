import type { CategoricalColumn } from './dataset.ts';

/**
 * Strings to codes, in order of first appearance; null and undefined are missing (-1).
 *
 * @example encodeCategories('plan', ['free', 'pro', null]).dictionary // ['free', 'pro']
 */
export function encodeCategories(
  name: string,
  values: ArrayLike<string | null | undefined>,
): CategoricalColumn {
  const codeOf = new Map<string, number>();
  const codes = new Int32Array(values.length);
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    if (value === null || value === undefined) {
      codes[i] = -1;
      continue;
    }
    let code = codeOf.get(value);
    if (code === undefined) {
      code = codeOf.size;
      codeOf.set(value, code);
    }
    codes[i] = code;
  }
  return { kind: 'categorical', name, codes, dictionary: [...codeOf.keys()] };
}

/** Codes of `column` in terms of another dictionary; strings it lacks become missing. */
export function recode(column: CategoricalColumn, dictionary: readonly string[]): Int32Array {
  if (sameStrings(column.dictionary, dictionary)) return column.codes;
  const target = new Map(dictionary.map((value, code) => [value, code]));
  const map = Int32Array.from(column.dictionary, (value) => target.get(value) ?? -1);
  return column.codes.map((code) => (code < 0 ? -1 : map[code]!));
}

function sameStrings(a: readonly string[], b: readonly string[]): boolean {
  return a === b || (a.length === b.length && a.every((value, i) => value === b[i]));
}
