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
  readonly #shared = new Map<string, Formula>();
  readonly #negations = new Map<number, Formula>([
    [0, this.false],
    [1, this.true],
  ]);
  #next = 2;

  bool(symbol: number, positive = true): Formula {
    return this.#share(`b${symbol}${positive ? '+' : '-'}`, (id) => ({ kind: 'bool', id, symbol, positive }));
  }

  /** x - y <= c */
  le(x: number, y: number, c: number): Formula {
    if (x === y) return c >= 0 ? this.true : this.false;
    if (!Number.isSafeInteger(c) || Math.abs(c) > LARGEST)
      throw new RangeError(`difference ${c} is too large`);
    return this.#share(`l${x},${y},${c}`, (id) => ({ kind: 'le', id, x, y, c }));
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
    const known = this.#negations.get(formula.id);
    if (known !== undefined) return known;
    const negated = this.#negate(formula);
    this.#negations.set(formula.id, negated);
    this.#negations.set(negated.id, formula);
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
    const kept = new Map<number, Formula>();
    const add = (item: Formula): boolean => {
      if (item.id === zero.id) return false;
      if (item.id === unit.id) return true;
      if (item.kind === kind) return item.items.every(add);
      const opposite = this.#negations.get(item.id);
      if (opposite !== undefined && kept.has(opposite.id)) return false;
      kept.set(item.id, item);
      return true;
    };
    if (!items.every(add)) return zero;
    const list = [...kept.values()];
    if (list.length === 0) return unit;
    if (list.length === 1) return list[0] as Formula;
    const ids = list.map(({ id }) => id).sort((a, b) => a - b);
    return this.#share(`${kind}${ids.join(',')}`, (id) => ({ kind, id, items: list }));
  }

  #share(key: string, make: (id: number) => Formula): Formula {
    const known = this.#shared.get(key);
    if (known !== undefined) return known;
    const made = make(this.#next++);
    this.#shared.set(key, made);
    return made;
  }
}
