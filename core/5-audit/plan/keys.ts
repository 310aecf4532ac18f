import type { Fact } from './facts.ts';
import type { Key } from './relation.ts';

/** Keys under another numbering of the columns; those with a column that is not there (-1) are lost. */
export function mapKeys(keys: readonly Key[], place: (column: number) => number): Key[] {
  return keys.flatMap(({ columns, facts }) => {
    const places = columns.map(place);
    return places.includes(-1) ? [] : [{ columns: places, facts }];
  });
}

/** A key that follows from the operator alone. */
export function ownKey(columns: readonly number[]): Key {
  return { columns, facts: [] };
}

export function restingOn(key: Key, facts: readonly Fact[]): Key {
  return facts.length === 0 ? key : { ...key, facts: [...new Set([...key.facts, ...facts])] };
}
