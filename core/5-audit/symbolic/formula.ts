/**
 * Formulas over Booleans and difference constraints, in negation normal form. Built by {@link Formulas} only,
 * which shares equal ones: two formulas are the same when their ids are.
 */
export type Formula =
  | { readonly kind: 'true' | 'false'; readonly id: number }
  | { readonly kind: 'bool'; readonly id: number; readonly symbol: number; readonly positive: boolean }
  /** x - y <= c, over integers; symbol 0 is the constant zero. */
  | { readonly kind: 'le'; readonly id: number; readonly x: number; readonly y: number; readonly c: number }
  | { readonly kind: 'and' | 'or'; readonly id: number; readonly items: readonly Formula[] };

/**
 * Largest constant that differences are computed with exactly: the year 2103, in microseconds. Two of them and a
 * few thousand days stay below 2^53.
 */
export const LARGEST = 4.2e15;

export class Formulas {
  readonly true: Formula = { kind: 'true', id: 0 };
  readonly false: Formula = { kind: 'false', id: 1 };
  /** By symbol, twice: one place per sign. */
  readonly #bools: (Formula | undefined)[] = [];
  /** By x, then y, then c. */
  readonly #differences = new Map<number, Map<number, Map<number, Formula>>>();
  /** By a hash of kind and items; those that collide, in a list. */
  readonly #combined = new Map<number, Combination[]>();
  readonly #negations: (Formula | undefined)[] = [this.false, this.true];
  #next = 2;

  bool(symbol: number, positive = true): Formula {
    const place = symbol * 2 + (positive ? 1 : 0);
    const known = this.#bools[place];
    if (known !== undefined) return known;
    const made: Formula = { kind: 'bool', id: this.#next++, symbol, positive };
    this.#bools[place] = made;
    return made;
  }

  /** x - y <= c */
  le(x: number, y: number, c: number): Formula {
    if (x === y) return c >= 0 ? this.true : this.false;
    if (!Number.isSafeInteger(c) || Math.abs(c) > LARGEST)
      throw new RangeError(`difference ${c} is too large`);
    const ofX = made(this.#differences, x, () => new Map<number, Map<number, Formula>>());
    const ofY = made(ofX, y, () => new Map<number, Formula>());
    return made(ofY, c, () => ({ kind: 'le', id: this.#next++, x, y, c }));
  }

  and(...items: readonly Formula[]): Formula {
    return this.#combine('and', items, this.true, this.false);
  }

  or(...items: readonly Formula[]): Formula {
    return this.#combine('or', items, this.false, this.true);
  }

  implies(condition: Formula, consequence: Formula): Formula {
    return this.or(this.not(condition), consequence);
  }

  iff(a: Formula, b: Formula): Formula {
    if (a.id === b.id) return this.true;
    return this.and(this.implies(a, b), this.implies(b, a));
  }

  not(formula: Formula): Formula {
    const known = this.#negations[formula.id];
    if (known !== undefined) return known;
    const negated = this.#negate(formula);
    this.#negations[formula.id] = negated;
    this.#negations[negated.id] = formula;
    return negated;
  }

  #negate(formula: Formula): Formula {
    switch (formula.kind) {
      case 'true':
        return this.false;
      case 'false':
        return this.true;
      case 'bool':
        return this.bool(formula.symbol, !formula.positive);
      case 'le':
        return this.le(formula.y, formula.x, -formula.c - 1);
      case 'and':
        return this.or(...formula.items.map((item) => this.not(item)));
      case 'or':
        return this.and(...formula.items.map((item) => this.not(item)));
    }
  }

  #combine(kind: 'and' | 'or', items: readonly Formula[], unit: Formula, zero: Formula): Formula {
    const kept: Formula[] = [];
    /** Ids of what is kept, once that is more than is looked through quickly. */
    let ids: Set<number> | undefined;
    const isKept = (item: Formula): boolean => (ids === undefined ? kept.includes(item) : ids.has(item.id));
    const add = (item: Formula): boolean => {
      if (item.id === zero.id) return false;
      if (item.id === unit.id) return true;
      if (item.kind === kind) return item.items.every(add);
      if (isKept(item)) return true;
      const opposite = this.#negations[item.id];
      if (opposite !== undefined && isKept(opposite)) return false;
      kept.push(item);
      if (ids !== undefined) ids.add(item.id);
      else if (kept.length === FEW) ids = new Set(kept.map(({ id }) => id));
      return true;
    };
    if (!items.every(add)) return zero;
    const [first] = kept;
    if (first === undefined) return unit;
    return kept.length === 1 ? first : this.#share(kind, kept);
  }

  /** The one formula of these items, in whatever order they are given. */
  #share(kind: 'and' | 'or', items: readonly Formula[]): Formula {
    let hash = kind === 'and' ? 17 : 31;
    for (const { id } of items) hash = (hash + Math.imul(id ^ (id >>> 7), 0x9e3779b1)) | 0;
    const bucket = made(this.#combined, hash, () => [] as Combination[]);
    for (const known of bucket) if (known.kind === kind && isSame(known.items, items)) return known;
    const formula: Combination = { kind, id: this.#next++, items };
    bucket.push(formula);
    return formula;
  }
}

type Combination = Formula & { readonly kind: 'and' | 'or' };

const FEW = 8;

/** Neither list holds an item twice; mostly they have the same order. */
function isSame(a: readonly Formula[], b: readonly Formula[]): boolean {
  return a.length === b.length && a.every((item, index) => b[index] === item || b.includes(item));
}

function made<Key, Value>(map: Map<Key, Value>, key: Key, make: () => Value): Value {
  const known = map.get(key);
  if (known !== undefined) return known;
  const value = make();
  map.set(key, value);
  return value;
}
