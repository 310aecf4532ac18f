import type { Formula } from '../symbolic/formula.ts';
import { spanText } from '../symbolic/literals.ts';
import { timeText } from '../witness/values.ts';
import type { Names } from './names.ts';

/** A condition in words: `raw.events.loaded_at <= prediction_time - 1 day`, `raw.events.kind is NULL`. */
export function formulaText(names: Names, formula: Formula): string {
  switch (formula.kind) {
    case 'true':
      return 'always';
    case 'false':
      return 'never';
    case 'bool':
      return flagText(names.symbol(formula.symbol), formula.positive);
    case 'le':
      return differenceText(names, formula.x, formula.y, formula.c);
    case 'and':
      return joined(names, equalities(names, formula.items), ' and ');
    case 'or':
      return joined(names, formula.items, ' or ');
  }
}

/** One line per condition of a conjunction. */
export function conditionLines(names: Names, items: readonly Formula[]): string[] {
  return equalities(names, items).map((item) => (typeof item === 'string' ? item : formulaText(names, item)));
}

/** How much a reader must take in. */
export function sizeOf(formula: Formula): number {
  if (formula.kind !== 'and' && formula.kind !== 'or') return 1;
  return formula.items.reduce((sum, item) => sum + sizeOf(item), 0);
}

function joined(names: Names, items: readonly (Formula | string)[], word: string): string {
  return items
    .map((item) => {
      if (typeof item === 'string') return item;
      const text = formulaText(names, item);
      return item.kind === 'and' || item.kind === 'or' ? `(${text})` : text;
    })
    .join(word);
}

/** `a <= b and b <= a` is `a = b`. */
export function equalities(names: Names, items: readonly Formula[]): (Formula | string)[] {
  const out: (Formula | string)[] = [];
  const done = new Set<Formula>();
  for (const item of items) {
    if (done.has(item)) continue;
    const turned =
      item.kind === 'le' &&
      items.find(
        (other) => other.kind === 'le' && other.x === item.y && other.y === item.x && other.c === -item.c,
      );
    if (item.kind === 'le' && turned) {
      done.add(turned);
      out.push(differenceText(names, item.x, item.y, item.c).replace(' <= ', ' = ').replace(' >= ', ' = '));
    } else out.push(item);
  }
  return out;
}

function flagText(name: string, positive: boolean): string {
  const what = name.replace(/ is null$/, '');
  if (name.endsWith(' is null')) return positive ? `${what} is NULL` : `${what} is there`;
  if (name.endsWith(' not yet known'))
    return positive ? name : name.replace(' not yet known', ' already known');
  if (/^(matched|left row|right row)$/.test(name)) return positive ? 'there is a match' : 'there is no match';
  return positive ? `${name} is true` : `${name} is false`;
}

function differenceText(names: Names, x: number, y: number, c: number): string {
  const absolute = (value: number): string =>
    Math.abs(value) > 1e14
      ? timeText(value)
      : (names.analysis.context.literals().get(value) ?? String(value));
  if (y === 0) return `${names.symbol(x)} <= ${absolute(c)}`;
  if (x === 0) return `${names.symbol(y)} >= ${absolute(-c)}`;
  return `${names.symbol(x)} ${boundText(names.symbol(y), c)}`;
}

/** What something may be at most: `<= b`, `< b`, `<= b - 1 day`, `< b + 14 days`. */
export function boundText(bound: string, c: number): string {
  if (c === 0) return `<= ${bound}`;
  if (c === -1) return `< ${bound}`;
  // One microsecond less than a round span is a strict comparison.
  const strict = (c + 1) % 1_000_000 === 0;
  const by = strict ? c + 1 : c;
  return `${strict ? '<' : '<='} ${bound} ${by < 0 ? '-' : '+'} ${spanText(Math.abs(by))}`;
}
