import type { Value } from './values/value.ts';

/** Names visible at a point of a template. `if` opens no scope, as in Jinja; loops, macros and block sets do. */
export class Scope {
  #values: Map<string, Value> | undefined;

  constructor(readonly parent?: Scope) {}

  get(name: string): Value | undefined {
    let scope: Scope | undefined = this;
    while (scope !== undefined) {
      const found = scope.#values?.get(name);
      if (found !== undefined) return found;
      scope = scope.parent;
    }
    return undefined;
  }

  set(name: string, value: Value): void {
    this.#values ??= new Map();
    this.#values.set(name, value);
  }

  /** Every name visible from here. */
  *names(): Iterable<string> {
    if (this.#values) yield* this.#values.keys();
    if (this.parent) yield* this.parent.names();
  }
}
